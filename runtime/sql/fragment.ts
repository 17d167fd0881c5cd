/** A piece of SQL that knows whether it can be an operand as it stands. */
export type Fragment = {
  readonly text: string;
  /** A name, a literal or a call: needs no parentheses anywhere. */
  readonly tight: boolean;
  /** The operator of the outermost level, where the text is a chain that more of the same may follow. */
  readonly chain?: string;
  /** The same values before a cast that keeps them apart: groups are found by it, and only what they show is cast. */
  readonly uncast?: string;
  /** The same values in 64 bits, where they may be enough: see duckdb-functions/narrow-decimals.ts. */
  readonly narrow?: string;
};

export const tight = (text: string): Fragment => ({ text, tight: true });
export const loose = (text: string): Fragment => ({ text, tight: false });

/** The text as an operand of anything. */
export const operandText = (fragment: Fragment): string => (fragment.tight ? fragment.text : `(${fragment.text})`);

/** `left operator right`. A chain of one operator, which both dialects read from the left, needs no parentheses. */
export function infix(left: Fragment, operator: string, right: Fragment): Fragment {
  const start = left.chain === operator ? left.text : operandText(left);
  return { text: `${start} ${operator} ${operandText(right)}`, tight: false, chain: operator };
}

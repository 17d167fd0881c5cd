import type { Expression } from "../plan/expressions.ts";
import { type Column, makeColumn, operand } from "./column.ts";

declare const fields: unique symbol;

/**
 * Columns that one expression gives, for select: F holds them by name, and O their types in order. `alias` names them
 * all.
 */
export type Several<F = any, O extends readonly unknown[] = any> = {
  readonly [fields]: F;
  /** Other names, one for each column. */
  alias<const N extends readonly string[]>(...names: N): Several<Renamed<N, O>, O>;
};

// A conditional type, so that the editor shows the columns and not its name.
type Renamed<N extends readonly string[], O> = N extends unknown
  ? {
      [I in Exclude<keyof N, keyof (readonly unknown[])> as N[I] & string]: 0 extends 1 & O
        ? any
        : I extends keyof O
          ? O[I]
          : never;
    }
  : never;

/** Columns one by one, in a union. */
export type EachOf<C> = C extends { readonly [fields]: infer F }
  ? 0 extends 1 & F
    ? any
    : { [K in keyof F]: Column<F[K], K & string> }[keyof F]
  : C;

/** A generator's column: it may have several names. */
export function generated(expression: Expression): any {
  return makeColumn(expression, {
    alias: (name: string, ...more: readonly string[]) => {
      const own = expression.kind === "alias" ? expression.input : expression;
      const names = [name, ...more];
      return generated({ kind: "alias", input: own, name, ...(more.length > 0 && { names }) });
    },
  });
}

/** The same of a column. */
export const asGenerated = (column: Column<any, any>): any => generated(operand(column));

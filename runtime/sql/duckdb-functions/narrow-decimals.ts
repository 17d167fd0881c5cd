import type { Arg, Template, Templates } from "../dialect.ts";
import { type Fragment, infix, loose, tight } from "../fragment.ts";
import { aggregateTemplates } from "./aggregates.ts";
import { beside } from "./decimals.ts";
import { operatorTemplates } from "./operators.ts";

/** Behind the point; a number of 64 bits has 18 digits. */
const MOST_DIGITS_OF_FRACTION = 15;

/**
 * The same values, with a narrow form beside them where 64 bits may hold them: a product of DECIMAL(15, 2) may have 31
 * digits, and nearly none has more than 18. DuckDB fails where one does.
 */
const narrowed =
  (operator: "+" | "-" | "*"): Template =>
  (args, call) => {
    const exact = templateOf(operatorTemplates, names[operator])(args, call);
    const whole = typeof exact === "string" ? tight(exact) : exact;
    const narrow = narrowForm(operator, args[0], args[1], call.result.type);
    return narrow === undefined ? whole : { ...whole, narrow: narrow.text };
  };

const names = { "+": "add", "-": "subtract", "*": "multiply" } as const;

function narrowForm(operator: "+" | "-" | "*", left: Arg, right: Arg, to: Arg["type"]): Fragment | undefined {
  if (to.kind !== "decimal" || to.precision <= 18 || to.scale > MOST_DIGITS_OF_FRACTION) return undefined;
  const [a, b] = [narrowOperand(left), narrowOperand(right)];
  if (a === undefined || b === undefined) return undefined;
  const scale = operator === "*" ? a.scale + b.scale : Math.max(a.scale, b.scale);
  return scale === to.scale ? infix(a.fragment, operator, b.fragment) : undefined;
}

function narrowOperand(arg: Arg): { readonly fragment: Fragment; readonly scale: number } | undefined {
  const { type, fragment } = arg;
  if (type.kind !== "decimal") return undefined;
  if (fragment.narrow !== undefined) return { fragment: loose(fragment.narrow), scale: type.scale };
  return type.precision <= 18 ? { fragment: beside(arg), scale: type.scale } : undefined;
}

/** Aggregates whose result has the same type, whichever form they take. */
const ofNarrow =
  (name: "sum" | "avg"): Template =>
  (args, call) => {
    const [arg] = args;
    const { narrow } = arg.fragment;
    const taken =
      narrow === undefined ? arg : { ...arg, text: narrow, operand: `(${narrow})`, fragment: loose(narrow) };
    return templateOf(aggregateTemplates, name)([taken] as never, call);
  };

const templateOf = (templates: Templates, name: string) => templates[name] as Template;

/**
 * Sums of decimals at the speed of 64 bits, several times that of 128. What they do not hold makes the query fail, with
 * an error that isTooNarrow knows; the exact functions compute it.
 */
export const narrowDecimalTemplates: Templates = {
  add: narrowed("+"),
  subtract: narrowed("-"),
  multiply: narrowed("*"),
  sum: ofNarrow("sum"),
  avg: ofNarrow("avg"),
  mean: ofNarrow("avg"),
};

export const isTooNarrow = (error: unknown): boolean =>
  error instanceof Error && /Overflow in \w+ of DECIMAL\(18\)/.test(error.message);

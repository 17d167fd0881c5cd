import { operators } from "../../plan/functions/operators.ts";
import { functionEntry } from "../../plan/functions.ts";
import { parseType } from "../../plan/type-names.ts";
import type { SqlType } from "../../plan/types.ts";

/** What the table of functions calls a function of Spark's SQL, where it takes so many arguments in the same order. */
export function knownFunction(name: string, count: number): string | undefined {
  const known = KNOWN[name] ?? name;
  if (OTHERS.has(name) || (Object.hasOwn(operators, known) && !WORDS.has(known))) return undefined;
  const most = MOST[name] ?? functionEntry(known)?.most;
  return most === undefined || count > most ? undefined : known;
}

/** The library's kinds of operators, in the names of the table of functions. */
export const OPERATORS: { readonly [kind: string]: readonly [name: string, turned?: "not"] } = {
  add: ["add"],
  sub: ["subtract"],
  mul: ["multiply"],
  div: ["divide"],
  mod: ["modulo"],
  eq: ["eq"],
  neq: ["ne"],
  lt: ["lt"],
  lte: ["le"],
  gt: ["gt"],
  gte: ["ge"],
  and: ["and"],
  or: ["or"],
  not: ["not"],
  null_safe_eq: ["eqNullSafe"],
  null_safe_neq: ["eqNullSafe", "not"],
  concat: ["concat"],
  like: ["like"],
  i_like: ["ilike"],
  regexp_like: ["rlike"],
  bitwise_and: ["bitwiseAND"],
  bitwise_or: ["bitwiseOR"],
  bitwise_xor: ["bitwiseXOR"],
  bitwise_not: ["bitwise_not"],
};

/** Functions that have another name in the table of functions. */
const KNOWN: { readonly [name: string]: string } = {
  countDistinct: "countDistinct",
  endswith: "endsWith",
  map: "create_map",
  mod: "modulo",
  startswith: "startsWith",
};

/** Operators that are functions by the same name. */
const WORDS: ReadonlySet<string> = new Set(
  "like ilike rlike modulo concat contains endsWith startsWith isnan bitwise_not".split(" "),
);

/** In the table of functions, and none of Spark's SQL, or with other arguments there. */
const OTHERS: ReadonlySet<string> = new Set(
  "instant product timestamp_add timestamp_diff window session_window window_time extract bitwise_not orError shapeOfVariant toJsonAround".split(
    " ",
  ),
);

/** With more arguments, their order is another one. */
const MOST: { readonly [name: string]: number } = { trim: 1, ltrim: 1, rtrim: 1, array_sort: 1, sequence: 2 };

/** Types whose names are functions. */
export const CASTS: { readonly [name: string]: SqlType } = Object.fromEntries(
  "boolean tinyint smallint int bigint float double string binary date timestamp"
    .split(" ")
    .map((name) => [name, parseType(name)]),
);

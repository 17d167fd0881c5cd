import { QuernError } from "../../../runtime/errors.ts";

/** Errors are compared by kind: Spark's error class, without its subclass, or Quern's code, by the words for both. */
const KINDS: readonly (readonly [kind: string, codes: RegExp])[] = [
  [
    "overflow",
    /^(ARITHMETIC_OVERFLOW|BINARY_ARITHMETIC_OVERFLOW|CAST_OVERFLOW\w*|NUMERIC_VALUE_OUT_OF_RANGE|NUMERIC_OUT_OF_SUPPORTED_RANGE|DECIMAL_PRECISION_EXCEEDS\w*|OVERFLOW|DATETIME_OVERFLOW)$/,
  ],
  ["invalid text", /^(CAST_INVALID_INPUT|CONVERSION|CANNOT_PARSE_\w+|INVALID_DATETIME)$/],
  ["division by zero", /^(DIVIDE_BY_ZERO|REMAINDER_BY_ZERO)$/],
  ["index", /^INVALID_ARRAY_INDEX\w*|INVALID_INDEX_OF_ZERO$/],
];

export function kindOf(error: unknown): string {
  if (!(error instanceof QuernError)) return `BUG: ${(error as Error)?.stack ?? error}`;
  const code = error.code.split(".")[0] as string;
  // DuckDB has one error for all that a cast cannot do.
  if (code === "CONVERSION" && /out of range|overflow|out of the range/i.test(error.message)) return "overflow";
  return KINDS.find(([, codes]) => codes.test(code))?.[0] ?? code;
}

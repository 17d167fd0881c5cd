import { QuernError } from "../../../runtime/errors.ts";

/** Errors are compared by kind: Spark's error class, without its subclass, or Quern's code, by the words for both. */
const KINDS: readonly (readonly [kind: string, codes: RegExp])[] = [
  [
    "overflow",
    /^(ARITHMETIC_OVERFLOW|BINARY_ARITHMETIC_OVERFLOW|CAST_OVERFLOW\w*|NUMERIC_VALUE_OUT_OF_RANGE|NUMERIC_OUT_OF_SUPPORTED_RANGE|DECIMAL_PRECISION_EXCEEDS\w*|DATETIME_OVERFLOW)$/,
  ],
  ["invalid input", /^(CAST_INVALID_INPUT|CANNOT_PARSE_\w+|INVALID_DATETIME|DATETIME_FIELD_OUT_OF_BOUNDS)$/],
  ["division by zero", /^(DIVIDE_BY_ZERO|REMAINDER_BY_ZERO)$/],
  ["pattern", /^(BAD_PATTERN|INCONSISTENT_BEHAVIOR_CROSS_VERSION|INVALID_DATETIME_PATTERN)$/],
  ["index", /^INVALID_ARRAY_INDEX\w*|INVALID_INDEX_OF_ZERO$/],
];

export function kindOf(error: unknown): string {
  if (!(error instanceof QuernError)) return `BUG: ${(error as Error)?.stack ?? error}`;
  const code = error.code.split(".")[0] as string;
  if (/^requirement failed: Illegal sequence boundaries/.test(error.message)) return "ILLEGAL_SEQUENCE_BOUNDARIES";
  return KINDS.find(([, codes]) => codes.test(code))?.[0] ?? code;
}

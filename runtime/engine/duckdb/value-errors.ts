import { arithmeticErrors, castErrors } from "./number-errors.ts";
import { timeErrors } from "./time-errors.ts";
import type { Wording } from "./wording.ts";

export type ValueError = { readonly code: string; readonly message: string };

/**
 * What DuckDB says of a value at fault, with Spark's error condition and in a sentence that names the value and the way
 * out. `message` is DuckDB's, in one line and without its kind.
 */
export function valueError(message: string): ValueError | undefined {
  for (const [words, code, say] of WORDINGS) {
    const match = words.exec(message);
    if (match !== null) return { code, message: `[${code}] ${say(...match.slice(1).map((part) => part ?? ""))}` };
  }
  return undefined;
}

/** RE2's words for what it cannot read. */
const IN_PATTERN =
  "invalid escape sequence|invalid character class range|invalid character class|missing \\]|missing \\)|unexpected \\)|trailing \\\\|no argument for repetition operator|bad repetition operator|invalid perl operator|invalid UTF-8|invalid named capture group|pattern too large - compile failed";

const others: readonly Wording[] = [
  [
    /^(?:Pattern failed to parse, error: ')?invalid repetition size: (.*?)'?$/,
    "INVALID_PARAMETER_VALUE.PATTERN",
    (found) =>
      `The regular expression is not valid: ${found} (DuckDB repeats up to 1000 times, within repetitions too).`,
  ],
  [
    new RegExp(`^(?:Pattern failed to parse, error: ')?(${IN_PATTERN})(?:: (.*?))?'?$`),
    "INVALID_PARAMETER_VALUE.PATTERN",
    (what, found) =>
      `The regular expression is not valid: ${what}${found === "" ? "" : ` in "${found}"`}. A sign such as ( or [ stands for itself behind a backslash.`,
  ],
  [
    /^Map keys must be unique/,
    "DUPLICATED_MAP_KEY",
    () => "A map has the same key twice. Make its keys unique before the map is made.",
  ],
  [
    /^Map keys can not be NULL/,
    "NULL_MAP_KEY",
    () => "The key of a map is NULL. Give it another value by coalesce, or leave it out.",
  ],
  [
    /^The map key list does not align/,
    "INVALID_PARAMETER_VALUE",
    () => "map_from_arrays: the arrays of keys and of values have different lengths.",
  ],
  [
    /^More than one row returned by a subquery/,
    "SCALAR_SUBQUERY_TOO_MANY_ROWS",
    () => "A frame that is used as one value (scalar()) has more than one row. Aggregate it, or take one by limit(1).",
  ],
  [
    /^Lists larger than 2\^32 elements/,
    "COLLECTION_SIZE_LIMIT_EXCEEDED",
    () => "An array has more elements than fit into one.",
  ],
];

const WORDINGS: readonly Wording[] = [...castErrors, ...arithmeticErrors, ...timeErrors, ...others];

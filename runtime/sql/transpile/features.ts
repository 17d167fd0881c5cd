import { type Fields, partsOf } from "./tree.ts";

/** Says nothing about what a text means. */
const SILENT: ReadonlySet<string> = new Set(
  (
    "span trailing_comments left_comments operator_comments inferred_type leading_comments comments pre_alias_comments " +
    "double_colon_syntax original_name alias_explicit_as nesting_group kind_text start_side_text end_side_text no_parens " +
    "quoted explicit_asc use_plural curly_brace_syntax bracket_notation alias_first colon arrow_syntax for_syntax"
  ).split(" "),
);

/** Fields whose text chooses among meanings; others hold names and values of the user's. */
const CHOICES: ReadonlySet<string> = new Set([
  "data_type",
  "kind",
  "unit",
  "field",
  "literal_type",
  "position",
  "start",
  "end",
  "type",
]);

/**
 * What a node uses of its kind: "select.distinct", "cast.to.data_type=int", "function lower/1". Texts are translated only
 * if all that they use is known to give the same answer.
 */
export function featuresOf(kind: string, fields: Fields): string[] {
  if (kind === "function" || kind === "aggregate_function") {
    const count = (fields.args as unknown[]).length;
    const rest = { ...fields, name: undefined, args: undefined };
    return [`function ${String(fields.name).toLowerCase()}/${count}`, ...below("function", rest)];
  }
  return [kind, ...below(kind, fields)];
}

function below(path: string, fields: Fields): string[] {
  return Object.entries(fields).flatMap(([field, value]): string[] => {
    if (SILENT.has(field) || isNothing(value)) return [];
    const here = `${path}.${field}`;
    if (typeof value === "string" && CHOICES.has(field)) return [`${here}=${value}`];
    if (typeof value !== "object" || value === null) return [here];
    const parts = [value].flat(3).filter((each) => typeof each === "object" && each !== null);
    const inner = parts.flatMap((part) =>
      partsOf(part) === undefined && !isName(part) ? below(here, part as Fields) : [],
    );
    return [here, ...inner];
  });
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);

/** A name as the library keeps it. */
const isName = (value: object): boolean => "name" in value && "quoted" in value;

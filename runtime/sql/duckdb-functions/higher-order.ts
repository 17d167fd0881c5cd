import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../../plan/expressions.ts";
import { variableName } from "../../plan/variables.ts";
import { operandsFirst } from "../../plan/walk.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { duckdbVariableName } from "../duckdb-lambda.ts";
import { duckdbType, quoteName } from "../duckdb-literal.ts";
import { asResult, once, raise } from "./parts.ts";

/** `lambda x: body`, and what of it is needed by itself. */
type Lambda = Extract<Expression, { kind: "lambda" }>;

/** The body of a compiled lambda. */
const bodyOf = ({ text }: Arg): string => text.slice(text.indexOf(": ") + 2);

const depthOf = ({ expression }: Arg): number => (expression as Lambda).parameters[0]?.depth ?? 1;
const name = (letter: string, lambda: Arg) => quoteName(variableName(letter, depthOf(lambda)));

/** True where one is, else NULL where one is, else false; with `all`, the other way round. */
const quantified =
  (decides: boolean): Template =>
  ([list, condition]) => {
    const found = name("t", condition);
    const answers = `list_transform(${list.text}, ${condition.text})`;
    return `list_transform([${answers}], lambda ${found}: CASE WHEN list_contains(${found}, ${decides}) THEN ${decides} WHEN list_count(${found}) = len(${found}) THEN ${!decides} END)[1]`;
  };

/**
 * What stands around a reduction and is used in it. DuckDB would take it from other rows once the list of one of them has
 * ended, so that it goes with the elements, and stands in the step for itself, under its own name.
 */
function captured(merge: Arg): readonly string[] {
  const { parameters, body } = merge.expression as Lambda;
  const depth = parameters[0]?.depth ?? 1;
  const names = operandsFirst(body).flatMap((part) => {
    if (part.kind === "variable" && part.depth < depth) return [duckdbVariableName(part)];
    if (part.kind === "sql" || (part.kind === "column" && part.side !== undefined))
      throw new AnalysisError(
        "LAMBDA",
        `A callback of aggregate or reduce cannot use ${part.kind === "sql" ? `expr("${part.text}")` : `the column ${part.name} of a join's condition`} on DuckDB: add it as a column first.`,
      );
    return part.kind === "column" ? [quoteName(part.name)] : [];
  });
  const unique = new Map(names.map((text) => [text.toLowerCase(), text]));
  return [...unique.values()];
}

/** DuckDB reduces only to the type of the elements: so both are in a struct. */
const reduce: Template = ([list, start, merge, ...rest], call) => {
  const [s, e] = [name("s", merge), name("e", merge)];
  const type = duckdbType(start.type);
  const element = list.type.kind === "array" ? duckdbType(list.type.element) : "INTEGER";
  const x = name("x", merge);
  const around = captured(merge);
  const own = around.map((text, index) => `, 'c${index}': ${text}`).join("");
  const again = around.map((_, index) => `, 'c${index}': struct_extract(${e}, 'c${index}')`).join("");
  const result = around.reduce(
    (text, column, index) => `list_transform([struct_extract(${e}, 'c${index}')], lambda ${column}: ${text})[1]`,
    `CAST(${bodyOf(merge)} AS ${type})`,
  );
  const items = `list_transform(${list.text}, lambda ${x}: {'a': CAST(NULL AS ${type}), 'x': ${x}${own}})`;
  const step = `{'a': ${result}, 'x': struct_extract(${e}, 'x')${again}}`;
  const first = `{'a': CAST(${start.text} AS ${type}), 'x': CAST(NULL AS ${element})${own}}`;
  const reduced = `struct_extract(list_reduce(${items}, lambda ${s}, ${e}: ${step}, ${first}), 'a')`;
  const [finish] = rest;
  if (finish === undefined) return reduced;
  const finished = `list_transform([${reduced}], ${finish.text})[1]`;
  return list.nullable ? `CASE WHEN ${list.operand} IS NOT NULL THEN ${finished} END` : asResult(finished, call);
};

/**
 * By a callback that compares two elements, where DuckDB sorts by values alone: each element with its place, which is the
 * number of those that come before it. Equal ones stay in their order, as in Java.
 */
export function sortedBy(list: Arg, compare: Arg): string {
  const [x, i, e, s, p, r] = "xiespr".split("").map((letter) => name(letter, compare)) as [string, ...string[]];
  const failed = raise("[COMPARATOR_RETURNS_NULL] The callback of array_sort gave NULL for two elements.");
  const order = `list_transform([${bodyOf(compare)}], lambda ${r}: CASE WHEN ${r} IS NULL THEN ${failed} ELSE ${r} END)[1]`;
  const before = `list_transform([row(${x}, ${e})], lambda ${p}: ${order})[1] < CASE WHEN ${i} < ${s} THEN 1 ELSE 0 END`;
  return once(list, (all) => {
    const place = `len(list_filter(${all}, lambda ${x}, ${i}: CASE WHEN ${i} = ${s} THEN false ELSE ${before} END))`;
    const placed = `list_transform(${all}, lambda ${e}, ${s}: {'place': ${place}, 'item': ${e}})`;
    return `list_transform(list_sort(${placed}), lambda ${r}: struct_extract(${r}, 'item'))`;
  });
}

const zipWith: Template = ([left, right, item]) =>
  `CASE WHEN ${left.operand} IS NOT NULL AND ${right.operand} IS NOT NULL THEN list_transform(list_zip(${left.text}, ${right.text}), ${item.text}) END`;

const mapFilter: Template = ([map, condition]) =>
  `map_from_entries(list_filter(map_entries(${map.text}), ${condition.text}))`;

const entries = (lambda: Arg, key: string, value: string) =>
  `lambda ${name("e", lambda)}: {'key': ${key}, 'value': ${value}}`;

const transformKeys: Template = ([map, key]) => {
  const value = `struct_extract(${name("e", key)}, 'value')`;
  return `map_from_entries(list_transform(map_entries(${map.text}), ${entries(key, bodyOf(key), value)}))`;
};

const transformValues: Template = ([map, value]) => {
  const key = `struct_extract(${name("e", value)}, 'key')`;
  return `map_from_entries(list_transform(map_entries(${map.text}), ${entries(value, key, bodyOf(value))}))`;
};

/** The keys of the left map, and then those that only the right one has. */
const mapZipWith: Template = ([left, right, value]) => {
  const k = name("k", value);
  const own = `list_filter(map_keys(${right.text}), lambda ${k}: NOT list_contains(map_keys(${left.text}), ${k}))`;
  const keys = `list_concat(map_keys(${left.text}), ${own})`;
  const pairs = `list_transform(${keys}, lambda ${k}: {'key': ${k}, 'left': ${left.operand}[${k}], 'right': ${right.operand}[${k}]})`;
  const key = `struct_extract(${name("e", value)}, 'key')`;
  const zipped = `map_from_entries(list_transform(${pairs}, ${entries(value, key, bodyOf(value))}))`;
  return `CASE WHEN ${left.operand} IS NOT NULL AND ${right.operand} IS NOT NULL THEN ${zipped} END`;
};

export const higherOrderTemplates: Templates = {
  transform: ([list, item]) => `list_transform(${list.text}, ${item.text})`,
  filter: ([list, condition]) => `list_filter(${list.text}, ${condition.text})`,
  exists: quantified(true),
  forall: quantified(false),
  aggregate: reduce,
  reduce,
  zip_with: zipWith,
  map_filter: mapFilter,
  map_zip_with: mapZipWith,
  transform_keys: transformKeys,
  transform_values: transformValues,
};

import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";
import { sameType, widestOf } from "../numeric.ts";
import { typeName } from "../type-names.ts";
import type { Field, Schema, SqlType } from "../types.ts";
import { fieldNamed } from "./fields.ts";
import { call, caseOf, column, type Deriving, intLiteral, type RuleOf, textLiteral } from "./rule.ts";

/** The most rows that become columns: Spark's spark.sql.transposeMaxValues. */
export const mostTransposedRows = 500;

/** The rows that become columns, numbered in the order of the index; those without one are left out. */
export function numberedRows({ index }: RuleOf<"transpose">, { input, schema, make }: Deriving): Plan {
  const field = indexOf(index, schema);
  const key = column(field.name);
  const orderBy = [{ expression: key, descending: false, nulls: "first" } as const];
  const number: Expression = { kind: "window", call: call("row_number"), over: { partitionBy: [], orderBy } };
  const known = make({ kind: "filter", input, condition: call("isNotNull", key) });
  return make({ kind: "withColumns", input: known, columns: [{ name: NUMBER, expression: number }] });
}

/** Names of these columns, in order. */
export function transposedNames(rule: RuleOf<"transpose">, numbered: Plan, { schema, make }: Deriving): Plan {
  const { name } = indexOf(rule.index, schema);
  const text: Expression = { kind: "cast", input: column(name), type: { kind: "string" }, onError: "fail" };
  const columns: readonly Named[] = [
    { name: NUMBER, expression: column(NUMBER) },
    { name: "text", expression: text },
  ];
  const keys = [{ expression: column(NUMBER), descending: false, nulls: "first" } as const];
  const sorted = make({ kind: "sort", input: make({ kind: "project", input: numbered, columns }), keys });
  return make({ kind: "limit", input: sorted, count: mostTransposedRows + 1, offset: 0 });
}

/** A row for each column but the index, in their order: its name, and its values in the rows, one a column. */
export function deriveTranspose(
  { index }: RuleOf<"transpose">,
  numbered: Plan,
  names: readonly string[],
  { input, schema, make }: Deriving,
): Plan {
  const key = indexOf(index, schema);
  checkNames(names, key.name);
  const values = schema.filter((field) => field !== key);
  const type = commonType(values);
  if (values.length === 0) {
    const none = make({ kind: "limit", input, count: 0, offset: 0 });
    return make({
      kind: "project",
      input: none,
      columns: [{ name: KEY, expression: textLiteral("") }, ...names.map(noText)],
    });
  }
  const hasRows = names.length > 0;
  const rows = values.map(({ name, type: own }, place) => {
    const value = sameType(own, type) ? column(name) : cast(column(name), type);
    const fields = [as("place", intLiteral(place)), as("key", textLiteral(name))];
    return call("struct", ...fields, ...(hasRows ? [as("value", value)] : []));
  });
  const cells = make({
    kind: "project",
    // Where no row has an index, the names are there all the same.
    input: hasRows ? numbered : make({ kind: "range", start: 0n, end: 1n, step: 1n }),
    columns: [
      { name: NUMBER, expression: hasRows ? column(NUMBER) : intLiteral(0) },
      { name: ROW, expression: call("explode", call("array", ...rows)) },
    ],
  });
  const part = (name: string): Expression => ({ kind: "field", input: column(ROW), name });
  const here = (at: number) => caseOf([[call("eq", column(NUMBER), intLiteral(at + 1)), part("value")]]);
  const grouped = make({
    kind: "aggregate",
    input: cells,
    groups: [
      { name: ROW, expression: part("place") },
      // An element might be null, but a column's name is none.
      { name: KEY, expression: call("coalesce", part("key"), textLiteral("")) },
    ],
    aggregates: names.map((name, at) => ({ name, expression: call("first", here(at), IGNORE_NULLS) })),
  });
  const keys = [{ expression: column(ROW), descending: false, nulls: "first" } as const];
  return make({ kind: "drop", input: make({ kind: "sort", input: grouped, keys }), names: [ROW] });
}

/** By default the first column. */
function indexOf(name: string | undefined, schema: Schema): Field {
  const field = name === undefined ? (schema[0] as Field) : fieldNamed("transpose", schema, name);
  if (!["array", "map", "struct", "void"].includes(field.type.kind)) return field;
  throw new AnalysisError(
    "TRANSPOSE",
    `transpose: the values of "${field.name}" would be names of columns, and they are ${typeName(field.type)}: name another column.`,
  );
}

/** Text is never read as a number here. */
function commonType(values: readonly Field[]): SqlType {
  const kinds = new Set(values.map(({ type }) => type.kind).filter((kind) => kind !== "void"));
  const type = kinds.has("string") && kinds.size > 1 ? undefined : widestOf(values.map((field) => field.type));
  if (type !== undefined) return type;
  const list = values.map((field) => `${field.name} is ${typeName(field.type)}`).join(", ");
  throw new AnalysisError("TRANSPOSE", `transpose: the columns have no type in common: ${list}. Cast them first.`);
}

function checkNames(names: readonly string[], index: string): void {
  if (names.length > mostTransposedRows)
    throw new AnalysisError(
      "TRANSPOSE",
      `transpose: the frame has more than ${mostTransposedRows} rows, and each would be a column. Take fewer: limit(${mostTransposedRows}).`,
    );
  if (names.includes(""))
    throw new AnalysisError(
      "TRANSPOSE",
      `transpose: a column would have no name, since ${index} is an empty text in a row. Leave that row out, or name another column.`,
    );
  const seen = new Set([KEY]);
  for (const name of names) {
    if (seen.has(name.toLowerCase()))
      throw new AnalysisError(
        "TRANSPOSE",
        `transpose: two columns would be called "${name}", by the values of ${index}, and names differ by more than case. Make a column with a value of its own in each row, and name it: transpose("id").`,
      );
    seen.add(name.toLowerCase());
  }
}

const KEY = "key";
const NUMBER = "__quern_number";
const ROW = "__quern_row";
const IGNORE_NULLS: Expression = { kind: "literal", value: true, type: { kind: "boolean" } };

const as = (name: string, input: Expression): Expression => ({ kind: "alias", name, input });
const cast = (input: Expression, type: SqlType): Expression => ({ kind: "cast", input, type, onError: "fail" });
const noText = (name: string): Named => ({
  name,
  expression: { kind: "literal", value: null, type: { kind: "string" } },
});

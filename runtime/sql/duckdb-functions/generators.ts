import { stackedRows } from "../../plan/functions/generators.ts";
import type { SqlType } from "../../plan/types.ts";
import type { Arg, Call, Template, Templates, Unconverted } from "../dialect.ts";
import { duckdbType, quoteName } from "../duckdb-literal.ts";
import { once } from "./parts.ts";

/** Rows of a list; of an outer generator one row where there is no element. */
const unnested = (list: Unconverted, { name }: Call): string =>
  name.endsWith("_outer")
    ? `unnest(${once(list, (x) => `CASE WHEN len(${x}) > 0 THEN ${x} ELSE [NULL] END`)})`
    : `unnest(${list.text})`;

/** The elements of an array, the entries of a map. */
const elements = (list: Arg): Unconverted =>
  list.type.kind === "map" ? computed(list, `map_entries(${list.text})`) : list;

/** Something else than the column that it is made of. */
const computed = (list: Arg, text: string): Unconverted => ({
  ...list,
  text,
  operand: text,
  expression: { kind: "call", name: "", args: [] },
});

const explode: Template = ([list], call) => unnested(elements(list), call);

const posexplode: Template = ([list], call) => {
  const names = fieldsOf(call);
  const values =
    list.type.kind === "map" ? ["struct_extract(element, 'key')", "struct_extract(element, 'value')"] : ["element"];
  const packed = ["CAST(place - 1 AS INTEGER)", ...values].map((value, index) => `${names[index]} := ${value}`);
  return unnested(
    computed(list, `list_transform(${elements(list).text}, lambda element, place: struct_pack(${packed.join(", ")}))`),
    call,
  );
};

const stack: Template = ([count, ...values], call) => {
  const names = fieldsOf(call);
  const { fields } = call.result.type as SqlType & { kind: "struct" };
  const rows = Array.from({ length: stackedRows(count.expression) }, (_, row) => {
    const packed = names.map((name, at) => {
      const value =
        values[row * names.length + at]?.text ?? `CAST(NULL AS ${duckdbType(fields[at]?.type ?? { kind: "void" })})`;
      return `${name} := ${value}`;
    });
    return `struct_pack(${packed.join(", ")})`;
  });
  return `unnest([${rows.join(", ")}])`;
};

/** The names of the columns, which are the fields of what DuckDB unnests. */
const fieldsOf = ({ result }: Call): readonly string[] =>
  result.type.kind === "struct" ? result.type.fields.map(({ name }) => quoteName(name)) : [];

export const generatorTemplates: Templates = {
  explode,
  explode_outer: explode,
  inline: explode,
  inline_outer: explode,
  posexplode,
  posexplode_outer: posexplode,
  stack,
};

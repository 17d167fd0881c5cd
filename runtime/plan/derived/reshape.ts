import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";
import { widestOf } from "../numeric.ts";
import { findField } from "../scope.ts";
import { typeName } from "../type-names.ts";
import { fieldNamed, fieldsNamed } from "./fields.ts";
import { call, column, type Deriving, type RuleOf, textLiteral } from "./rule.ts";

/** A row for each column: its name and its value, beside the columns that stay. */
export function deriveUnpivot(rule: RuleOf<"unpivot">, { input, schema, make }: Deriving): Plan {
  const ids = fieldsNamed("unpivot", schema, rule.ids);
  const values =
    rule.subset?.map((name) => fieldNamed("unpivot", schema, name)) ?? schema.filter((field) => !ids.includes(field));
  if (values.length === 0) throw new AnalysisError("UNPIVOT", "unpivot: there is no column to make rows of.");
  const type = widestOf(values.map((field) => field.type));
  if (type === undefined)
    throw new AnalysisError(
      "UNPIVOT",
      `unpivot: the columns have no type in common: ${values.map((field) => `${field.name} is ${typeName(field.type)}`).join(", ")}. Cast them, or name those to take.`,
    );
  const rows = values.map(({ name }) =>
    call(
      "struct",
      alias("variable", textLiteral(name)),
      alias("value", { kind: "cast", input: column(name), type, onError: "fail" }),
    ),
  );
  const made = "__quern_row";
  const expanded = make({
    kind: "project",
    input,
    columns: [...ids.map(kept), { name: made, expression: call("explode", call("array", ...rows)) }],
  });
  const field = (name: string): Expression => ({ kind: "field", input: column(made), name });
  const columns = [
    ...ids.map(kept),
    // An element might be null, but a column's name is none.
    { name: rule.variable, expression: call("coalesce", field("variable"), textLiteral("")) },
    { name: rule.value, expression: field("value") },
  ];
  return make({ kind: "project", input: expanded, columns });
}

export function deriveToDF({ names }: RuleOf<"toDF">, { input, schema, make }: Deriving): Plan {
  if (names.length !== schema.length)
    throw new AnalysisError(
      "COLUMN_COUNT",
      `toDF has ${names.length} names, but the frame has ${schema.length} columns: ${schema.map(({ name }) => name).join(", ")}.`,
    );
  const columns = schema.map(
    (field, index): Named => ({ name: names[index] as string, expression: column(field.name) }),
  );
  return make({ kind: "project", input, columns });
}

/** One column of texts, each a row as JSON. */
export function deriveToJSON({ input, schema, make }: Deriving): Plan {
  const row = call("rowToJson", ...schema.map(({ name }) => column(name)));
  return make({ kind: "project", input, columns: [{ name: "value", expression: row }] });
}

/** The rows' numbers behind the other columns, from 0. */
export function deriveZipWithIndex({ name }: RuleOf<"zipWithIndex">, { input, schema, make }: Deriving): Plan {
  if (findField(schema, name) !== undefined)
    throw new AnalysisError(
      "DUPLICATE_COLUMN",
      `zipWithIndex: there is a column "${name}" already. Give the numbers another name: zipWithIndex("n").`,
    );
  return make({ kind: "withColumns", input, columns: [{ name, expression: call("rowIndex") }] });
}

const kept = ({ name }: { readonly name: string }): Named => ({ name, expression: column(name) });
const alias = (name: string, input: Expression): Expression => ({ kind: "alias", name, input });

import { types } from "node:util";
import { DataFrame } from "../dataframe/dataframe.ts";
import { knownSchema, lastCounts, makesRows } from "../dataframe/known-columns.ts";

type Plan = DataFrame["plan"];
type Schema = NonNullable<ReturnType<typeof knownSchema>>;

const columnsShown = 60;

/** A frame's columns, and how many rows it has, as far as that is known without running it. */
export function framePreview(value: unknown): string | undefined {
  if (types.isProxy(value) || !(value instanceof DataFrame)) return undefined;
  const schema = knownSchema(value.plan);
  if (schema === undefined) return "DataFrame, its columns are not known yet";
  const known = rowsOf(value.plan);
  const rows = known ?? lastCounts.get(value.plan);
  const counts = [
    `${schema.length} ${schema.length === 1 ? "column" : "columns"}`,
    ...(rows === undefined
      ? []
      : [
          `${rows.toLocaleString("en-US")} ${rows === 1 ? "row" : "rows"}${known === undefined ? " when last counted" : ""}`,
        ]),
  ];
  const more = schema.length - columnsShown;
  return [
    `DataFrame, ${counts.join(", ")}`,
    ...columnLines(schema.slice(0, columnsShown)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}

function columnLines(schema: Schema): string[] {
  const width = Math.max(...schema.map(({ name }) => name.length));
  return schema.map(({ name, type, nullable }) => {
    const nested = type.kind === "struct" ? ` { ${type.fields.map((field) => field.name).join(", ")} }` : "";
    return `  ${name.padEnd(width)}  ${type.kind}${nested}${nullable ? "" : ", never null"}`;
  });
}

/** Of data in memory and ranges, through steps that keep all rows. */
function rowsOf(plan: Plan): number | undefined {
  switch (plan.kind) {
    case "local":
      return plan.data.numRows;
    case "range": {
      const count = (plan.end - plan.start + plan.step - (plan.step > 0n ? 1n : -1n)) / plan.step;
      return count > 0n ? Number(count) : 0;
    }
    case "project":
    case "withColumns":
      return makesRows(plan) ? undefined : rowsOf(plan.input);
    case "rename":
    case "drop":
    case "sort":
      return rowsOf(plan.input);
    default:
      return undefined;
  }
}

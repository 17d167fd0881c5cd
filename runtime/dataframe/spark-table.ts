import { inspect } from "node:util";
import { Decimal } from "decimal.js";
import { intervalLiteral } from "../plan/interval-types.ts";
import type { SqlType } from "../plan/types.ts";
import { durationMicros, durationMonths } from "./literal.ts";
import type { Preview } from "./preview.ts";
import { rowsOf } from "./values.ts";
import type { Encoded } from "./variant/encoded.ts";
import { variantText } from "./variant/text.ts";

/** A table as Spark's `show` prints it, for plain scripts: notebooks have a richer one. */
export function sparkTable(preview: Preview): string {
  const { schema } = preview;
  const rows = cellsOf(preview);
  const widths = schema.map(({ name }, i) => Math.max(3, name.length, ...rows.map((row) => (row[i] as string).length)));
  const line = `+${widths.map((width) => "-".repeat(width)).join("+")}+`;
  const format = (cells: readonly string[]) =>
    `|${cells.map((cell, i) => cell.padStart(widths[i] as number)).join("|")}|`;
  return [
    line,
    format(schema.map(({ name }) => name)),
    line,
    ...rows.map(format),
    line,
    ...leftOut(preview, rows.length),
  ].join("\n");
}

/** Rows as Spark's `show` prints them when they are to be vertical. */
export function verticalRows(preview: Preview): string {
  const rows = cellsOf(preview);
  if (rows.length === 0) return "(0 rows)";
  const names = preview.schema.map(({ name }) => name);
  const width = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, text.length), 3);
  const [left, right] = [width(names), width(rows.flat())];
  const records = rows.flatMap((cells, index) => [
    `-RECORD ${index}`.padEnd(left + right + 5, "-"),
    ...cells.map((cell, at) => ` ${(names[at] as string).padEnd(left)} | ${cell.padEnd(right)} `),
  ]);
  return [...records, ...leftOut(preview, rows.length)].join("\n");
}

const leftOut = ({ more, total }: Preview, rows: number): string[] =>
  more ? [`only showing top ${rows} ${rows === 1 ? "row" : "rows"}${total === undefined ? "" : ` of ${total}`}`] : [];

function cellsOf({ schema, table, limit, timeZone, characters }: Preview): string[][] {
  const rows: string[][] = [];
  for (const batch of table.batches) {
    for (const row of rowsOf(batch, schema, { long: "bigint", time: "Temporal", variant: "encoded" })) {
      if (rows.length === limit) return rows;
      rows.push(schema.map(({ name, type }) => cellText(row[name], type, timeZone, characters)));
    }
  }
  return rows;
}

const longestCell = 60;

function cellText(value: unknown, type: SqlType, zone: string, longest = longestCell): string {
  const text = valueText(value, type, zone).replaceAll("\n", "\\n");
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function valueText(value: unknown, type: SqlType, zone: string): string {
  if (value === null || value === undefined) return "NULL";
  switch (type.kind) {
    case "timestamp":
      return (value as Temporal.Instant).toZonedDateTimeISO(zone).toPlainDateTime().toString().replace("T", " ");
    case "timestamp_ntz":
      return String(value).replace("T", " ");
    case "day_time_interval":
      return intervalLiteral(durationMicros(value as Temporal.Duration) ?? 0n, type);
    case "year_month_interval":
      return intervalLiteral(durationMonths(value as Temporal.Duration) ?? 0n, type);
    case "variant":
      return variantText((value as Encoded).node(), zone);
    case "array":
      return `[${(value as unknown[]).map((item) => valueText(item, type.element, zone)).join(", ")}]`;
    case "struct": {
      const fields = value as { readonly [name: string]: unknown };
      return `{${type.fields.map((field) => valueText(fields[field.name], field.type, zone)).join(", ")}}`;
    }
    case "map": {
      const entries = [...(value as Map<unknown, unknown>)];
      return `{${entries.map(([k, v]) => `${valueText(k, type.key, zone)} -> ${valueText(v, type.value, zone)}`).join(", ")}}`;
    }
    case "binary":
      return `[${Buffer.from(value as Uint8Array)
        .toString("hex")
        .toUpperCase()
        .replace(/..(?=.)/g, "$& ")}]`;
    case "decimal":
      return Decimal.isDecimal(value) ? value.toFixed(type.scale) : String(value);
    default:
      return typeof value === "object"
        ? String(value)
        : typeof value === "string"
          ? value
          : inspect(value).replace(/n$/, "");
  }
}

import { inspect } from "node:util";
import { Decimal } from "decimal.js";
import type { SqlType } from "../plan/types.ts";
import type { Preview } from "./preview.ts";
import { rowsOf } from "./values.ts";

/** A table as Spark's `show` prints it, for plain scripts: notebooks have a richer one. */
export function sparkTable({ schema, table, limit, total, more, timeZone }: Preview): string {
  const rows: string[][] = [];
  for (const batch of table.batches) {
    for (const row of rowsOf(batch, schema, { long: "bigint", time: "Temporal" })) {
      if (rows.length < limit) rows.push(schema.map(({ name, type }) => cellText(row[name], type, timeZone)));
    }
  }
  const widths = schema.map(({ name }, i) => Math.max(3, name.length, ...rows.map((row) => (row[i] as string).length)));
  const line = `+${widths.map((width) => "-".repeat(width)).join("+")}+`;
  const format = (cells: readonly string[]) =>
    `|${cells.map((cell, i) => cell.padStart(widths[i] as number)).join("|")}|`;
  const shown = more ? `only showing top ${rows.length} rows${total === undefined ? "" : ` of ${total}`}` : undefined;
  return [
    line,
    format(schema.map(({ name }) => name)),
    line,
    ...rows.map(format),
    line,
    ...(shown ? [shown] : []),
  ].join("\n");
}

const longestCell = 60;

function cellText(value: unknown, type: SqlType, zone: string): string {
  const text = valueText(value, type, zone).replaceAll("\n", "\\n");
  return text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text;
}

function valueText(value: unknown, type: SqlType, zone: string): string {
  if (value === null || value === undefined) return "NULL";
  switch (type.kind) {
    case "timestamp":
      return (value as Temporal.Instant).toZonedDateTimeISO(zone).toPlainDateTime().toString().replace("T", " ");
    case "timestamp_ntz":
      return String(value).replace("T", " ");
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

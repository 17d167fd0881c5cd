import { escapeHtml, style } from "../../display/html.ts";
import { display } from "../display-api.ts";

/** Shows rows of words in columns, as a table and as text. */
export async function showList(rows: readonly (readonly string[])[], heads?: readonly string[]): Promise<void> {
  const all = heads ? [heads, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, index) => Math.max(...all.map((row) => (row[index] ?? "").length)));
  const lines = all.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  "));
  const text = lines.map((line) => line.trimEnd()).join("\n");
  await display({ "text/html": table(rows, heads), "text/plain": text }, { raw: true });
}

function table(rows: readonly (readonly string[])[], heads: readonly string[] | undefined): string {
  const cellStyle = style({ "text-align": "left", padding: "1px 12px 1px 0", "vertical-align": "top" });
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell, index) => `<${tag}${cellStyle}>${index === 0 ? code(cell) : escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const head = heads ? `<thead>${row("th", heads)}</thead>` : "";
  return `<table>${head}<tbody>${rows.map((cells) => row("td", cells)).join("")}</tbody></table>`;
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

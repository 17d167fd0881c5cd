import { escapeHtml, plural, rule, style, title } from "./html.ts";
import type { Cell, TableColumn, TableView } from "./table-view.ts";
import { isRightToLeft, oneLine } from "./text.ts";

/**
 * A table as HTML that needs nothing around it: inline styles only, readable in light and dark pages, and as good when
 * a front end takes out scripts, style sheets and ids.
 */
export function renderTableHtml(view: TableView): string {
  const cut = view.hidden?.before;
  const row = (cells: readonly string[], gap: string) =>
    cut === undefined ? cells.join("") : [...cells.slice(0, cut), gap, ...cells.slice(cut)].join("");
  const names = row(view.columns.map(nameHtml), hiddenHtml(view));
  const types = row(view.columns.map(typeHtml), view.hidden ? `<th${style(typeStyle)}></th>` : "");
  const body = [...Array(view.rows).keys()].map(
    (index) => `<tr>${row(view.columns.map(cellHtml(index)), `<td${style(cellStyle("left"))}>…</td>`)}</tr>`,
  );
  return (
    `<div${style({ "max-width": "100%", "overflow-x": "auto" })}><table${style(tableStyle)}>` +
    `<thead><tr>${names}</tr><tr>${types}</tr></thead><tbody>${body.join("")}</tbody></table></div>` +
    `<div${style(footerStyle)}>${escapeHtml(view.footer)}</div>`
  );
}

const tableStyle = {
  "border-collapse": "collapse",
  "table-layout": "auto",
  margin: "2px 0 0 0",
  border: "none",
  "font-size": "13px",
  "line-height": "1.35",
  "font-variant-numeric": "tabular-nums",
};
const headStyle = { padding: "4px 14px 0 8px", border: "none", "white-space": "pre", "font-weight": "600" };
const typeStyle = {
  padding: "0 14px 5px 8px",
  border: "none",
  "border-bottom": `1px solid ${rule.strong}`,
  "white-space": "pre",
  "font-weight": "400",
  "font-size": "11px",
};
const cellStyle = (align: string) => ({
  "text-align": align,
  padding: "3px 14px 3px 8px",
  border: "none",
  "border-bottom": `1px solid ${rule.faint}`,
  "white-space": "pre",
});
const footerStyle = { "font-size": "12px", opacity: "0.65", padding: "5px 8px 2px 8px" };

function nameHtml(column: TableColumn): string {
  const name = oneLine(column.name);
  return `<th${style({ "text-align": column.align, ...headStyle })}${direction(name)}>${escapeHtml(name)}</th>`;
}

function typeHtml(column: TableColumn): string {
  const label = column.type.length > 32 ? `${column.type.slice(0, 31)}…` : column.type;
  const whole = label === column.type ? undefined : column.type;
  // The colour is set on the text, so that the line below keeps its own.
  const text = `<span${style({ opacity: "0.6" })}>${escapeHtml(oneLine(label))}</span>`;
  return `<th${style({ "text-align": column.align, ...typeStyle })}${title(whole)}>${text}</th>`;
}

function hiddenHtml(view: TableView): string {
  if (!view.hidden) return "";
  const text = `… ${plural(view.hidden.count, "more column")}`;
  return `<th${style({ "text-align": "left", ...headStyle, "font-weight": "400" })}><i${style({ opacity: "0.6" })}>${text}</i></th>`;
}

const cellHtml =
  (index: number) =>
  (column: TableColumn): string => {
    const cell = column.cells[index] as Cell;
    const text = escapeHtml(cell.text);
    const shown = cell.absent ? `<i${style({ opacity: "0.5" })}>${text}</i>` : text;
    return `<td${style(cellStyle(column.align))}${title(cell.full)}${direction(cell.text)}>${shown}</td>`;
  };

/** Keeps text that runs from right to left within its cell. */
const direction = (text: string) => (isRightToLeft(text) ? ' dir="auto"' : "");

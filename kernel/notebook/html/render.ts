import { type Cell, isCode, type Notebook } from "../nbformat.ts";
import { highlight } from "./code.ts";
import { escapeHtml } from "./escape.ts";
import { MarkdownRenderer, renderContents } from "./markdown.ts";
import { renderOutputs } from "./outputs.ts";
import { style } from "./style.ts";

export type HtmlOptions = {
  /** What the window is called. */
  readonly title: string;
};

/**
 * A notebook as one HTML file that shows all its cells and outputs by itself: it loads nothing and needs no script.
 * What outputs and authors wrote as HTML is put in as it is.
 */
export function renderHtml(notebook: Notebook, { title }: HtmlOptions): string {
  const markdown = new MarkdownRenderer();
  const isOurs = speaksTypeScript(notebook);
  const cells = notebook.cells.map((cell) => renderCell(cell, markdown, isOurs));
  return [
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="color-scheme" content="light dark">\n',
    `<title>${escapeHtml(title)}</title>\n<style>\n${style}</style>\n</head>\n<body>\n`,
    renderContents(markdown.headings),
    "<main>\n",
    ...cells,
    "</main>\n</body>\n</html>\n",
  ].join("");
}

/** Another language's code is shown without colours. */
function speaksTypeScript({ metadata }: Notebook): boolean {
  const info = metadata.language_info as { readonly name?: unknown } | undefined;
  const kernel = metadata.kernelspec as { readonly language?: unknown } | undefined;
  return /^(typescript|javascript)$/i.test(String(info?.name ?? kernel?.language ?? "typescript"));
}

function renderCell(cell: Cell, markdown: MarkdownRenderer, isOurs: boolean): string {
  if (!isCode(cell)) {
    if (cell.cell_type === "raw") return `<section class="cell raw"><pre>${escapeHtml(cell.source)}</pre></section>\n`;
    return `<section class="cell prose">${markdown.render(cell.source, cell.attachments)}</section>\n`;
  }
  const code = isOurs ? highlight(cell.source) : escapeHtml(cell.source);
  const count = cell.execution_count === null ? "" : `<span class="count">[${cell.execution_count}]</span>`;
  const input = cell.source === "" ? "" : `<pre class="input"><code>${code}</code></pre>\n`;
  const outputs = renderOutputs(cell.outputs, markdown);
  if (input === "" && outputs === "") return "";
  return `<section class="cell code">${count}\n${input}${outputs}</section>\n`;
}

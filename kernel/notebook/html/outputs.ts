import type { MimeBundle } from "../../../runtime/session/protocol.ts";
import type { Output } from "../nbformat.ts";
import { renderAnsi } from "./ansi.ts";
import { dataUri } from "./data-uri.ts";
import { escapeHtml } from "./escape.ts";
import type { MarkdownRenderer } from "./markdown.ts";
import { textOf } from "./text-of.ts";

/** What a cell showed, as HTML. */
export function renderOutputs(outputs: readonly Output[], markdown: MarkdownRenderer): string {
  return merged(outputs)
    .map((output) => renderOutput(output, markdown))
    .join("");
}

/** What was printed in pieces is one text: lines and colours go on from one piece to the next. */
function merged(outputs: readonly Output[]): readonly Output[] {
  const all: Output[] = [];
  let texts: string[] = [];
  for (const [index, output] of outputs.entries()) {
    if (output.output_type !== "stream") {
      all.push(output);
      continue;
    }
    texts.push(textOf(output.text));
    const next = outputs[index + 1];
    if (next?.output_type === "stream" && next.name === output.name) continue;
    all.push({ ...output, text: texts.join("") });
    texts = [];
  }
  return all;
}

function renderOutput(output: Output, markdown: MarkdownRenderer): string {
  switch (output.output_type) {
    case "stream":
      return preformatted(output.name === "stderr" ? "stderr" : "stdout", output.text);
    case "error": {
      const text = output.traceback.length > 0 ? output.traceback.join("\n") : `${output.ename}: ${output.evalue}`;
      return preformatted("error", text);
    }
    case "display_data":
    case "execute_result":
      return renderBundle(output.data, output.metadata, markdown);
  }
}

/** HTML drops a line break that follows the tag at once. */
const preformatted = (kind: string, text: string): string =>
  `<pre class="output ${kind}">${text.startsWith("\n") ? "\n" : ""}${renderAnsi(text)}</pre>\n`;

type Renderer = (value: unknown, bundle: MimeBundle, metadata: MimeBundle, markdown: MarkdownRenderer) => string;

const picture =
  (mime: string): Renderer =>
  (value, bundle, metadata) =>
    `<div class="output picture"><img src="${escapeHtml(dataUri(mime, value))}"${sizeOf(metadata, mime)} alt="${escapeHtml(textOf(bundle["text/plain"] ?? ""))}"></div>\n`;

const plain: Renderer = (value) => preformatted("plain", textOf(value));

/**
 * The best that a page without scripts can show comes first. The order is nbconvert's; but LaTeX, of which there is the
 * text alone, comes after pictures.
 */
const renderers: readonly (readonly [mime: string, Renderer])[] = [
  ["text/html", (value) => `<div class="output html">${textOf(value)}</div>\n`],
  [
    "text/markdown",
    (value, _bundle, _metadata, markdown) => `<div class="output prose">${markdown.render(textOf(value))}</div>\n`,
  ],
  ...["image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif"].map(
    (mime) => [mime, picture(mime)] as const,
  ),
  ["text/latex", plain],
  [
    "application/json",
    (value) => preformatted("plain", typeof value === "string" ? value : JSON.stringify(value, null, 2)),
  ],
  ["text/plain", plain],
];

function renderBundle(data: MimeBundle, metadata: MimeBundle, markdown: MarkdownRenderer): string {
  for (const [mime, render] of renderers) {
    if (data[mime] !== undefined) return render(data[mime], data, metadata, markdown);
  }
  const types = Object.keys(data);
  if (types.length === 0) return "";
  return `<p class="output nothing">An output of ${escapeHtml(types.join(", "))} is not shown here.</p>\n`;
}

/** Pictures of charts have twice the pixels; their size on the page stands in the metadata. */
function sizeOf(metadata: MimeBundle, mime: string): string {
  const { width, height } = (metadata[mime] ?? {}) as { readonly width?: unknown; readonly height?: unknown };
  const [w, h] = [Math.round(Number(width)), Math.round(Number(height))];
  // The ratio holds where the page is narrower than the picture.
  const ratio = w > 0 && h > 0 ? ` style="aspect-ratio:${w}/${h}"` : "";
  return `${w > 0 ? ` width="${w}"` : ""}${h > 0 ? ` height="${h}"` : ""}${ratio}`;
}

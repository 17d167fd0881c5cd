import { escapeHtml } from "./html.ts";

/** How a type says what it looks like; TypeScript and JavaScript kernels agree on this symbol. */
export const displaySymbol = Symbol.for("Jupyter.display");

/** Markup of one kind that displays itself. */
export class Markup {
  readonly mime: "text/html" | "text/markdown" | "image/svg+xml";
  readonly text: string;

  constructor(mime: Markup["mime"], text: string) {
    this.mime = mime;
    this.text = text;
  }

  [displaySymbol](): { [mime: string]: string } {
    return { [this.mime]: this.text, "text/plain": this.mime === "text/html" ? textOfHtml(this.text) : this.text };
  }

  toString(): string {
    return this.text;
  }
}

/**
 * HTML: html`<b>${name}</b>`. Values are escaped, unless they are html`…` or svg`…` themselves; arrays are joined;
 * null, undefined and false leave nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Markup {
  return new Markup("text/html", interleave(strings, values, markupText));
}

/** An SVG picture: svg`<svg …>…</svg>`. Values are escaped as in {@link html}. */
export function svg(strings: TemplateStringsArray, ...values: readonly unknown[]): Markup {
  return new Markup("image/svg+xml", interleave(strings, values, markupText).trim());
}

/**
 * Markdown: md`# ${title}`. Values are inserted as they are. The indentation that all lines share is taken off, so that
 * the text can be indented with the code.
 */
export function md(strings: TemplateStringsArray, ...values: readonly unknown[]): Markup {
  return new Markup("text/markdown", interleave(dedent(strings), values, plainText).trim());
}

function interleave(strings: readonly string[], values: readonly unknown[], text: (value: unknown) => string): string {
  return strings.map((part, index) => part + (index < values.length ? text(values[index]) : "")).join("");
}

function markupText(value: unknown): string {
  if (value instanceof Markup && value.mime !== "text/markdown") return value.text;
  return Array.isArray(value) ? value.map(markupText).join("") : escapeHtml(plainText(value));
}

function plainText(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  return Array.isArray(value) ? value.map(plainText).join("") : String(value);
}

function dedent(strings: readonly string[]): string[] {
  // Only a line that begins in the template itself counts, not one that a value brings.
  const indents = strings.flatMap((part, index) => {
    const matches = [...part.matchAll(/\n([ \t]*)(?=[^ \t\n]|$)/g)].map((match) => match[1] as string);
    // The white space before the closing backtick is no line.
    return index === strings.length - 1 && /\n[ \t]*$/.test(part) ? matches.slice(0, -1) : matches;
  });
  const shared = Math.min(...indents.map((indent) => indent.length));
  return Number.isFinite(shared)
    ? strings.map((part) => part.replace(new RegExp(`\n[ \t]{0,${shared}}`, "g"), "\n"))
    : [...strings];
}

/** What is left of HTML where there is only text. */
export function textOfHtml(markup: string): string {
  return markup
    .replace(/<(style|script)\b.*?<\/\1\s*>/gis, "")
    .replace(/<\/(p|div|tr|li|h[1-6]|table|ul|ol)>|<br\s*\/?>/gi, "\n")
    .replace(/<\/t[dh]>/gi, "\t")
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] as string)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const entities: { [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

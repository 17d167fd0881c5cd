import MarkdownIt from "markdown-it";
import type { TextCell } from "../nbformat.ts";
import { highlight } from "./code.ts";
import { dataUri } from "./data-uri.ts";
import { escapeHtml } from "./escape.ts";
import { keepMath } from "./math.ts";
import { taskLists } from "./task-lists.ts";

export type Heading = { readonly level: number; readonly text: string; readonly id: string };

type Attachments = NonNullable<TextCell["attachments"]>;

/** Renders the markdown of one notebook; it collects the headings, and gives each an id of its own. */
export class MarkdownRenderer {
  readonly headings: Heading[] = [];
  readonly #ids = new Set<string>();
  readonly #markdown = new MarkdownIt({
    // As in Jupyter: what the author writes as HTML is HTML.
    html: true,
    linkify: true,
    highlight: (code, language) => (/^(ts|js|typescript|javascript)$/i.test(language) ? highlight(code) : ""),
  });

  constructor() {
    // "main.ts" and "example.com" in a sentence are no links.
    this.#markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
    this.#markdown.use(keepMath).use(taskLists);
    this.#markdown.core.ruler.push("headings", ({ tokens }) => {
      for (const [index, token] of tokens.entries()) {
        if (token.type !== "heading_open") continue;
        const text = (tokens[index + 1]?.children ?? []).map(plainText).join("");
        token.attrSet("id", this.#add(Number(token.tag.slice(1)), text.trim()));
      }
    });
    this.#markdown.core.ruler.push("attachments", ({ tokens, env }) => {
      for (const image of tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === "image")) {
        const source = attached(String(image.attrGet("src") ?? ""), env.attachments as Attachments);
        if (source !== undefined) image.attrSet("src", source);
      }
    });
  }

  /** A cell's markdown as HTML. `attachments` are the pictures that it holds itself. */
  render(source: string, attachments: Attachments = {}): string {
    return this.#markdown.render(source.toWellFormed(), { attachments });
  }

  /** The id that Jupyter gives a heading, so that links to it work; a second one of the same text has a number. */
  #add(level: number, text: string): string {
    const base = text.replaceAll(" ", "-") || "section";
    let id = base;
    for (let count = 2; this.#ids.has(id); count += 1) id = `${base}-${count}`;
    this.#ids.add(id);
    this.headings.push({ level, text, id });
    return id;
  }
}

function plainText({ type, content }: { readonly type: string; readonly content: string }): string {
  if (type === "softbreak" || type === "hardbreak") return " ";
  return type === "html_inline" ? "" : content;
}

function attached(source: string, attachments: Attachments): string | undefined {
  if (!source.startsWith("attachment:")) return undefined;
  const [mime, data] = Object.entries(attachments[decoded(source.slice("attachment:".length))] ?? {})[0] ?? [];
  return mime === undefined ? undefined : dataUri(mime, data);
}

/** markdown-it writes addresses with %; the names of attachments have none. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The headings as a list of links; nothing where there is none to choose from. */
export function renderContents(headings: readonly Heading[]): string {
  if (headings.length < 2) return "";
  const top = Math.min(...headings.map(({ level }) => level));
  const items = headings.map(
    ({ level, text, id }) =>
      `<li class="level-${Math.min(level - top, 3)}"><a href="#${escapeHtml(encodeURIComponent(id))}">${escapeHtml(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="Contents"><ul>\n${items.join("\n")}\n</ul></nav>\n`;
}

import type { MarkdownIt } from "markdown-it";
import { escapeHtml } from "./escape.ts";

/**
 * `$…$` and `$$…$$` are shown as they are written, since markdown would take their `\\`, `_` and `*` for its own.
 * What a dollar is a price, as in "$5 or $6", is left to the text: by the rules that pandoc has.
 */
export function keepMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math", (state, silent) => {
    const formula = formulaAt(state.src, state.pos, state.posMax);
    if (formula === undefined) return false;
    if (!silent) state.push("math", "span", 0).content = formula;
    state.pos += formula.length;
    return true;
  });
  markdown.renderer.rules.math = (tokens, index) =>
    `<span class="math">${escapeHtml(tokens[index]?.content ?? "")}</span>`;
}

function formulaAt(text: string, start: number, end: number): string | undefined {
  if (text[start] !== "$") return undefined;
  const sign = text.startsWith("$$", start) ? "$$" : "$";
  const from = start + sign.length;
  if (sign === "$" && /\s/.test(text[from] ?? " ")) return undefined;
  for (let at = from; at < end; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text.startsWith(sign, at) && at > from && at + sign.length <= end) {
      if (sign === "$" && (/\s/.test(text[at - 1] ?? "") || /\d/.test(text[at + 1] ?? ""))) return undefined;
      return text.slice(start, at + sign.length);
    }
  }
  return undefined;
}

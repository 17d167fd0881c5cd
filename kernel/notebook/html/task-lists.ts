import type { MarkdownIt } from "markdown-it";

/** `- [ ] to do` and `- [x] done`. */
export function taskLists(markdown: MarkdownIt): void {
  markdown.core.ruler.after("inline", "task-lists", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const [first] = token.children ?? [];
      const item = tokens[index - 2];
      const mark = /^\[([ xX])\]\s/.exec(first?.content ?? "");
      if (!mark || first?.type !== "text" || item?.type !== "list_item_open") continue;
      item.attrJoin("class", "task");
      first.type = "html_inline";
      first.content = `<input type="checkbox" disabled${mark[1] === " " ? "" : " checked"}> ${markdown.utils.escapeHtml(first.content.slice(4))}`;
    }
  });
}

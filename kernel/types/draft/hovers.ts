import type { Hover, SignatureHelp } from "vscode-languageserver-protocol";
import type { MimeBundle } from "../../../runtime/session/protocol.ts";
import type { DraftModule } from "./draft-module.ts";
import { type Offer, withoutObjects } from "./items.ts";

/** A longer one is told without the columns of the frames in it. */
const longestSignature = 100;

type Server = {
  hover(offset: number): Promise<Hover | undefined>;
  signature(offset: number): Promise<SignatureHelp | undefined>;
};

/** The type and documentation of the name at the cursor; in a call's brackets, how it is called. */
export async function hoverAt(
  code: string,
  cursorUtf16: number,
  draft: DraftModule,
  server: Server,
): Promise<MimeBundle | undefined> {
  const before = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, cursorUtf16))?.[0] ?? "";
  const hasName = before !== "" || /^[\p{ID_Start}$_]/u.test(code.slice(cursorUtf16));
  const found = hasName ? await server.hover(draft.cursor - before.length) : undefined;
  const markdown = found ? hoverText(found) : signatureText(await server.signature(draft.cursor));
  return markdown === undefined ? undefined : { "text/plain": plainText(markdown), "text/markdown": markdown };
}

/** A column as printSchema tells it. */
export function columnHover({ text, signature }: Offer): MimeBundle {
  const told = `${text}: ${signature ?? "Column"}`;
  return { "text/plain": told, "text/markdown": `\`\`\`typescript\n${told}\n\`\`\`` };
}

function hoverText({ contents }: Hover): string | undefined {
  const text = typeof contents === "string" ? contents : "value" in contents ? contents.value : "";
  // Of a name that nothing has.
  if (/^```typescript\nany\n```\s*$/.test(text)) return undefined;
  const told = text.replace(/^```typescript\n\(method\)[\s\S]*?\n```/, withoutObjects);
  return withoutReceivers(tidy(told)).trim() || undefined;
}

/** `(method) DataFrame<{ … }>.filter(` without the columns, which would stand in it once for each way to call it. */
function withoutReceivers(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const head = /^\((?:method|property)\) [\w.]+(?=<)/.exec(line)?.[0];
      if (head === undefined) return line;
      let depth = 0;
      for (let at = head.length; at < line.length; at++) {
        if (line[at] === "<") depth++;
        else if (line[at] === ">" && line[at - 1] !== "=") depth--;
        // The class that DataFrame has some of its methods from is nothing to users.
        if (depth === 0) return head.replace(/ Rows$/, " DataFrame") + line.slice(at + 1);
      }
      return line;
    })
    .join("\n");
}

/** The signature that fits so far, the parameter that the cursor is in, and their documentation. */
function signatureText(help: SignatureHelp | undefined): string | undefined {
  const signature = help?.signatures[help.activeSignature ?? 0];
  if (help === undefined || signature === undefined) return undefined;
  const active = signature.activeParameter ?? help.activeParameter ?? 0;
  const parameter = signature.parameters?.[active];
  const label =
    typeof parameter?.label === "string" ? parameter.label : parameter && signature.label.slice(...parameter.label);
  const short = (signed: string) => (signed.length > longestSignature ? withoutObjects(signed) : signed);
  const others = help.signatures.length - 1;
  const parts = [
    `\`\`\`typescript\n${short(signature.label)}\n\`\`\``,
    label === undefined ? "" : `Parameter: \`${short(label)}\``,
    documentation(parameter?.documentation),
    documentation(signature.documentation),
    others > 0 ? `and ${others} more ${others === 1 ? "way" : "ways"} to call it` : "",
  ];
  return tidy(parts.filter((part) => part !== "").join("\n\n"));
}

const documentation = (text: { value: string } | string | undefined): string =>
  typeof text === "string" ? text : (text?.value ?? "");

/** Without the names of the modules that cells are. */
const tidy = (text: string): string =>
  text
    .replaceAll(/(typeof )?import\("[^"]*"\)\./g, "")
    // Where a name that the documentation mentions is declared.
    .replaceAll(/\[([^\]]+)\]\(file:[^)]*\)/g, "$1")
    .replaceAll(/^\(alias\) |^import \w+$\n?/gm, "");

/** Without the fences and marks. */
const plainText = (markdown: string): string =>
  markdown
    .replaceAll(/^```\w*\n?/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();

import type { CompletionItem } from "vscode-languageserver-protocol";
import { columnTest } from "../server/preloaded.ts";

/** Something that could stand at the cursor. */
export type Offer = {
  readonly text: string;
  readonly kind: string;
  /** The parameters and result of what is called, the type of the rest. */
  readonly signature?: string;
};

/** By the protocol's numbers, in the words that front ends have icons for. */
const kinds = new Map<number | undefined, string>([
  [2, "method"],
  [3, "function"],
  [4, "class"],
  [5, "property"],
  [6, "variable"],
  [7, "class"],
  [8, "interface"],
  [9, "module"],
  [10, "property"],
  [13, "enum"],
  [14, "keyword"],
  [17, "file"],
  [19, "folder"],
  [20, "enum"],
  [21, "constant"],
  [25, "type"],
]);

/** Names that other cells have declared are variables to the server, until it tells more of them. */
export function kindOf(item: CompletionItem, detail?: string): string {
  if (isColumn(detail)) return "column";
  return /^\(alias\) (function|class|interface|enum|type)\b/.exec(detail ?? "")?.[1] ?? kinds.get(item.kind) ?? "text";
}

/** What a cell does not have, whatever the declarations for Node say; and what is ours. */
const hidden = new Set([columnTest, "__esModule", "exports", "module", "gc", "quernCursor", "quernRow"]);
/** The inside of frames, which their classes need. */
const insideOfFrame = new Set(["plan", "context"]);

/**
 * Without what is not for users, and what would add an import elsewhere in the text; the labels are the names alone, where
 * the server has a question mark behind those that may be left out.
 */
export function shownItems(items: readonly CompletionItem[]): CompletionItem[] {
  const isFrame = items.some(({ label }) => label === "createOrReplaceTempView");
  const shown = items.filter(
    ({ label, insertText, additionalTextEdits, data }) =>
      label !== "" &&
      // Members named by symbols.
      !/^(?:\?\.)?\[(?!["'\d])/.test(insertText ?? "") &&
      !hidden.has(label) &&
      !/^(?:packed:|(?:\.\/)?quern-(?:run-|check|draft|preloaded|arrow))/.test(label) &&
      !(isFrame && insideOfFrame.has(label)) &&
      !additionalTextEdits &&
      (data as { autoImport?: unknown } | undefined)?.autoImport === undefined,
  );
  return shown.map((item) => {
    const { name } = (item.data ?? {}) as { name?: string };
    return item.label === `${name}?` ? { ...item, label: name as string } : item;
  });
}

const longestSignature = 160;

/** Of what the language server says about an item: what stands behind its name. */
export function signatureOf(label: string, detail: string | undefined): string | undefined {
  // Of several ways to call it, the first.
  const [first = ""] = detail?.split(/\n(?=\(\w+\) |function )/) ?? [];
  const line = first.replaceAll(/\s+/g, " ").replaceAll(/import\("[^"]*"\)\./g, "");
  const [, sqlType, isNullable] = /: Column<(?:Sql\.)?(\w+)(?:<.*?>)?( \| null)?, /.exec(line) ?? [];
  if (line.startsWith("(property)") && sqlType !== undefined) return isNullable ? `${sqlType} | null` : sqlType;
  const named = line
    .replace(/^\(\w+\) /, "")
    .replace(/ import \S+$/, "")
    .replace(/^(?:const|let|var|function|class|interface|type|enum) /, "");
  const begin = behindName(named, label);
  if (begin === undefined) return undefined;
  const text = withoutObjects(named.slice(begin).replace(/^: /, ""));
  return text.length > longestSignature ? `${text.slice(0, longestSignature - 1)}…` : text;
}

/** Beside the methods of a column that is a struct, its fields. */
export const isField = ({ kind }: CompletionItem): boolean => kind === 5 || kind === 10;

/** Whether it is a column of a frame. */
export const isColumn = (detail: string | undefined): boolean => /^\(property\) [\s\S]*?: Column</.test(detail ?? "");

/** Of a member that `(method) Array<number>.at(…)` tells: those of the class, `<number>`. */
export function typeArgumentsOf(label: string, detail: string): string | undefined {
  const end = behindName(detail, label);
  return end === undefined ? undefined : /<.*>(?=\.$)/s.exec(detail.slice(0, end - label.length))?.[0];
}

/** `Type<…>.name<T>(`: the first place, outside brackets, where the name ends. */
function behindName(text: string, name: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (depth === 0 && text.startsWith(name, at) && !/[\w$]/.test(text[at - 1] ?? " ")) {
      const end = at + name.length;
      if (/^(?:[(:<?]|$)/.test(text.slice(end))) return end;
    }
    if ("<({[".includes(sign)) depth++;
    else if (">)}]".includes(sign) && text[at - 1] !== "=") depth--;
  }
  return undefined;
}

/** `{ origin: String; … }` is long, and the columns are known. */
export function withoutObjects(text: string): string {
  let before: string;
  let now = text;
  do {
    before = now;
    now = now.replaceAll(/\{\s[^{}]*\s\}/g, "{…}");
  } while (now !== before);
  return now;
}

import type { CompletionItem } from "vscode-languageserver-protocol";
import { readMagics } from "../../../runtime/syntax/magics.ts";
import { preloaded } from "../../language/known-names.ts";
import { columnsAt, columnsOfCall } from "./column-strings.ts";
import { type CursorContext, contextAt, type Key } from "./cursor.ts";
import type { Details } from "./details.ts";
import { isField, kindOf, type Offer, shownItems, signatureOf } from "./items.ts";
import { isLocalAt } from "./locals.ts";
import { entriesAt, localModuleOffers, packageOffers, pathOffers } from "./paths.ts";
import { sqlKind } from "./sql-completions.ts";
import { completeSql } from "./sql-text.ts";

/** What could stand in the place of `startUtf16` to `endUtf16`. */
export type Offers = { readonly matches: readonly Offer[]; readonly startUtf16: number; readonly endUtf16: number };

/** What completion asks of the types of a session. */
export type Asked = {
  readonly folder: string;
  /** The language server's items for a text that is being typed. */
  items(code: string, cursorUtf16: number): Promise<readonly CompletionItem[]>;
  /** What it says of some of those that it gave last, as far as there is time. */
  details(items: readonly CompletionItem[], where?: "scope"): Promise<Details>;
  /** Live names, with their kinds. */
  names(): readonly Offer[];
  isFrame(name: string): boolean;
  /** When the session has told which of its variables are frames. */
  settled(): Promise<unknown>;
  /** Names that earlier cells gave to tables. */
  tables(): Iterable<string>;
};

/** Undefined where the types know nothing of the place, and the live values may. */
export async function offersAt(code: string, cursorUtf16: number, asked: Asked): Promise<Offers | undefined> {
  const { magics } = readMagics(code, (name) => asked.names().some(({ text }) => text === name));
  const [magic] = magics;
  const line = magics.find(({ kind, start, end }) => kind !== "cell" && start < cursorUtf16 && cursorUtf16 <= end);
  if (line && (line.kind === "shell" || line.name === "cd" || line.name === "load")) {
    const typed = /\s(\S*)$/.exec(code.slice(line.start, cursorUtf16))?.[1];
    if (typed === undefined) return none(cursorUtf16);
    const found = (await entriesAt(asked.folder, typed)).filter(({ kind }) => kind === "folder" || line.name !== "cd");
    return { matches: found.sort(byText), startUtf16: cursorUtf16 - typed.length, endUtf16: cursorUtf16 };
  }
  if (magic?.kind === "cell" && magic.name === "sql" && cursorUtf16 > magic.end) {
    const text = { before: code.slice(magic.end, cursorUtf16), after: code.slice(cursorUtf16), code: "" };
    return completeSql(text, cursorUtf16, asked);
  }
  // What another magic's text is, it knows itself.
  if (magic?.kind === "cell" && magic.name !== "time" && cursorUtf16 > magic.end) return none(cursorUtf16);
  const context = contextAt(code, cursorUtf16);
  if (context.where === "comment") return none(cursorUtf16);
  if (context.where === "code") return offersInCode(code, cursorUtf16, context, asked);
  return offersInText(code, cursorUtf16, context, asked);
}

/** Whether the cursor stands in text that names columns, rather than in TypeScript. */
export function isInText(code: string, cursorUtf16: number): boolean {
  const [magic] = readMagics(code, () => false).magics;
  if (magic?.kind === "cell" && cursorUtf16 > magic.end) return magic.name === "sql";
  const { where } = contextAt(code, cursorUtf16);
  return where !== "code" && where !== "comment";
}

const none = (cursor: number): Offers => ({ matches: [], startUtf16: cursor, endUtf16: cursor });

async function offersInText(
  code: string,
  cursor: number,
  context: CursorContext,
  asked: Asked,
): Promise<Offers | undefined> {
  const at = { startUtf16: context.textStart, endUtf16: cursor };
  const sql = sqlKind(context);
  if (sql !== undefined) {
    const text = { before: code.slice(context.begin, cursor), after: restOf(code, cursor, context.quote) };
    const { matches, ...range } = await completeSql({ ...text, code, context, sql }, cursor, asked);
    return { matches: matches.map((offer) => ({ ...offer, text: escaped(offer.text, context.quote) })), ...range };
  }
  if (context.where === "template") return none(cursor);
  const reader = pathMethod(context);
  if (reader !== undefined) return { matches: await pathOffers(asked.folder, context.text, reader), ...at };
  if (context.isModule) return moduleOffers(code, cursor, context, asked);
  if (context.key) {
    const place = { startUtf16: context.textStart - 1, endUtf16: code[cursor] === context.quote ? cursor + 1 : cursor };
    const keys = await keyOffers(code, place, context.key, asked);
    const texts = keys.map((key) => ({ ...key, text: escaped(unquoted(key.text), context.quote) }));
    return { matches: beginning(context.text, texts.sort(byText)), ...at };
  }
  const columns = await columnsAt(code, context, asked);
  const offers = columns ?? (await described(shownItems(await asked.items(code, cursor)), asked, labelOf));
  if (offers.length === 0 && isKey.test(code.slice(0, context.textStart)) && !isLocalAt(code, cursor)) return undefined;
  const fitting = offers.map((offer) => ({ ...offer, text: escaped(offer.text, context.quote) }));
  return { matches: beginning(context.text, fitting), ...at };
}

const unquoted = (key: string): string => (key.startsWith('"') ? (JSON.parse(key) as string) : key);

/** `row["`: where the types know no keys, the value may. */
const isKey = /[\p{ID_Continue}$)\]]\s*(?:\?\.)?\[\s*["']$/u;

/** The rest of a string, without what closes it. */
function restOf(code: string, cursor: number, quote: string): string {
  const end = code.indexOf(quote, cursor);
  return code.slice(cursor, end < 0 ? undefined : end);
}

/** As it stands in a string with this quote. */
export const escaped = (text: string, quote: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll(quote, `\\${quote}`);

const readers = new Set(["parquet", "csv", "json", "load", "text", "save"]);

/** The format that a path within `read.…("` or `write.…("` has. */
function pathMethod({ calls: [call] }: CursorContext): string | undefined {
  const [own, ...before] = call?.names ?? [];
  if (!own || !call?.isDirect || own.dotAt === undefined || !readers.has(own.name)) return undefined;
  return before.some(({ name }) => name === "read" || name === "write") ? own.name : undefined;
}

async function moduleOffers(code: string, cursor: number, context: CursorContext, asked: Asked): Promise<Offers> {
  const { text, textStart } = context;
  if (/^[./]/.test(text)) {
    return { matches: await localModuleOffers(asked.folder, text), startUtf16: textStart, endUtf16: cursor };
  }
  const [items, packages] = await Promise.all([asked.items(code, cursor), packageOffers(asked.folder)]);
  const modules = shownItems(items).map((item): Offer => ({ text: item.label, kind: kindOf(item) }));
  // Of a file within a package, the server gives what stands behind the last slash.
  const isWhole = !text.includes("/") || [...modules, ...packages].some((offer) => offer.text.startsWith(text));
  const startUtf16 = isWhole ? textStart : textStart + text.lastIndexOf("/") + 1;
  const begun = code.slice(startUtf16, cursor);
  const names = new Set(modules.map((offer) => offer.text));
  // Built-in modules have two names; the one with `node:` says what they are.
  const shown = modules.filter(
    ({ text: name, kind }) =>
      (begun !== "" || !names.has(`node:${name}`)) && (!isWhole || kind === "module") && name !== "node",
  );
  const all = unique([...shown, ...(isWhole ? packages : [])]);
  return { matches: beginning(begun, all.sort(byText)), startUtf16, endUtf16: cursor };
}

async function offersInCode(
  code: string,
  cursor: number,
  context: CursorContext,
  asked: Asked,
): Promise<Offers | undefined> {
  const before = code.slice(0, cursor);
  const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.exec(before)?.[0] ?? "";
  const startUtf16 = cursor - word.length;
  // Within a number.
  if (/(?<![\p{ID_Continue}$])\d[\p{ID_Continue}.]*$/u.test(before)) return none(cursor);
  const at = { startUtf16, endUtf16: cursor };
  const { key } = context;
  if (key) return { matches: beginning(word, await keyOffers(code, at, key, asked)), ...at };
  const items = shownItems(await asked.items(code, cursor));
  const dot = /(\?\.|(?<!\.)\.)\s*$/.exec(before.slice(0, startUtf16));
  if (dot !== null) {
    if (items.length === 0) return undefined;
    return memberOffers(items, { word, ...at, dotAt: dot.index, dot: dot[1] ?? "." }, asked);
  }
  const offers = await offersOf(items, word, asked);
  return { matches: beginning(word, offers), ...at };
}

/** Names in scope, or keys. */
async function offersOf(items: readonly CompletionItem[], word: string, asked: Asked): Promise<Offer[]> {
  const isOfScope = items.some(({ label, kind }) => label === "undefined" || (kind === 14 && label === "function"));
  if (isOfScope) return namesInScope(items, word, asked);
  return (await described(fitting(word, items), asked, labelOf)).sort(byText);
}

/** Where anything fits that is an object, the members of all kinds of them would be offered as keys. */
const ofBuiltIns = new Set(["bind", "asc_nulls_first", "copyWithin", "charCodeAt", "toFixed"]);

async function keyOffers(
  code: string,
  { startUtf16, endUtf16 }: { readonly startUtf16: number; readonly endUtf16: number },
  { call, parameterAt }: Key,
  asked: Asked,
): Promise<Offer[]> {
  const before = code.slice(0, startUtf16);
  if (parameterAt === undefined && call.names[0]?.name === "withColumns")
    return (await columnsOfCall(code, call, asked)) ?? [];
  // What is typed of a key fits nothing until it is whole, and the call's type would be that of a mistake.
  let items = shownItems(await asked.items(before + code.slice(endUtf16), startUtf16));
  if (items.some(({ label }) => ofBuiltIns.has(label))) {
    if (parameterAt === undefined) return [];
    const callback = `${code.slice(0, parameterAt)}(quernRow) => quernRow.`;
    items = shownItems(await asked.items(callback, callback.length));
  }
  const word = code.slice(startUtf16, endUtf16);
  return offersOf(items, /^["']/.test(word) ? "" : word, asked);
}

const labelOf = ({ label }: CompletionItem): string => label;

/** A name that is none (`my col`) stands in brackets. */
const isBracketed = (item: CompletionItem): boolean => /^(?:\?\.)?\[/.test(item.insertText ?? "");

/** `dot` is what stands in front of it, a point or `?.`. */
type Member = { word: string; startUtf16: number; endUtf16: number; dotAt: number; dot: string };

async function memberOffers(items: readonly CompletionItem[], at: Member, asked: Asked): Promise<Offers> {
  const { word, startUtf16, endUtf16, dotAt, dot } = at;
  const isColumn = items.some(({ label }) => label === "asc_nulls_first");
  // The fields of a struct go before what a column has.
  const rank = (item: CompletionItem) => Number(isColumn && !isField(item));
  const all = fitting(word, items).toSorted((a, b) => rank(a) - rank(b) || compare(a.label, b.label));
  const plain = all.filter((item) => !isBracketed(item));
  if (plain.length > 0 && (word !== "" || plain.length === all.length)) {
    return { matches: beginning(word, await described(plain, asked, labelOf)), startUtf16, endUtf16 };
  }
  // Brackets take the place of the dot: so does what is offered beside them.
  const inBrackets = (name: string) => `${dot === "." ? "" : dot}[${JSON.stringify(name)}]`;
  const text = (item: CompletionItem) => (isBracketed(item) ? inBrackets(item.label) : `${dot}${item.label}`);
  return { matches: await described(all, asked, text), startUtf16: dotAt, endUtf16 };
}

/** All names: the user's own first, then what is preloaded, what is Node's, and words. */
async function namesInScope(items: readonly CompletionItem[], word: string, asked: Asked): Promise<Offer[]> {
  const found = await described(fitting(word, items), asked, labelOf, "scope");
  const ownKinds = new Map(asked.names().map((offer) => [offer.text, offer]));
  const preloadedKinds = new Map(preloaded.map((offer) => [offer.text, offer.kind]));
  const local = new Set(items.filter(({ sortText }) => (sortText ?? "") < "15").map(({ label }) => label));
  const rank = ({ text, kind }: Offer): number => {
    if (kind === "keyword") return 4;
    if (ownKinds.has(text) || local.has(text)) return text.startsWith("_") ? 3 : 0;
    return preloadedKinds.has(text) ? 1 : text.startsWith("_") ? 3 : 2;
  };
  const known = found.map((offer) => ({ ...offer, kind: preloadedKinds.get(offer.text) ?? offer.kind }));
  return unique([...known, ...ownKinds.values()]).sort((a, b) => rank(a) - rank(b) || byText(a, b));
}

/** Items as offers, those first whose details are told. */
async function described(
  items: readonly CompletionItem[],
  asked: Asked,
  textOf: (item: CompletionItem) => string,
  where?: "scope",
): Promise<Offer[]> {
  const { texts, areColumns } = await asked.details(items, where);
  return items.map((item, index) => {
    const detail = texts[index];
    const signature = signatureOf(item.label, detail);
    const known = kindOf(item, detail);
    // Beside columns there are methods alone.
    const kind = areColumns && known === "property" ? "column" : known;
    return { text: textOf(item), kind, ...(signature !== undefined && { signature }) };
  });
}

/** What begins as the word does; where nothing does, in whatever case. */
function fitting(word: string, items: readonly CompletionItem[]): CompletionItem[] {
  const exact = items.filter(({ label }) => label.startsWith(word));
  return exact.length > 0 ? exact : items.filter(({ label }) => label.toLowerCase().startsWith(word.toLowerCase()));
}

export function beginning(word: string, offers: readonly Offer[]): Offer[] {
  const exact = offers.filter(({ text }) => text.startsWith(word));
  return exact.length > 0 ? exact : offers.filter(({ text }) => text.toLowerCase().startsWith(word.toLowerCase()));
}

const compare = (a: string, b: string): number =>
  Number(a.startsWith("_")) - Number(b.startsWith("_")) || (a < b ? -1 : a > b ? 1 : 0);

const byText = (a: Offer, b: Offer): number => compare(a.text, b.text);

function unique(offers: readonly Offer[]): Offer[] {
  const first = new Map<string, Offer>();
  for (const offer of offers) if (!first.has(offer.text)) first.set(offer.text, offer);
  return [...first.values()];
}

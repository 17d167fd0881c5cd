const sources =
  /\b(?:from|join)\s+(?:(\(\s*\))|"([^"]+)"|\$\{\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*\}|([\p{L}_][\p{L}\p{N}_$.]*))(?:\s+(?:as\s+)?([\p{L}_][\p{L}\p{N}_$]*))?/giu;
const noAliases = new Set(
  "where group order having limit join left right inner outer full cross on using union select natural qualify".split(
    " ",
  ),
);

/** What SQL text reads where the cursor stands, by the name it has there; a query in brackets by its text. */
export function tablesRead(before: string, after: string): ReadonlyMap<string, string> {
  const whole = before + after;
  const text = withoutTexts(whole);
  const [begin, end] = queryAround(text, before.length);
  const common = commonTables(text, whole);
  const [all] = [...common.values()].slice(-1);
  const tables = new Map<string, string>();
  const query = withoutBrackets(text.slice(begin, end));
  for (const found of query.matchAll(sources)) {
    const [match, brackets, quoted, frame, plain, alias] = found;
    const at = begin + found.index + match.indexOf("(");
    const inner = brackets && `${all ?? ""} select * from ${whole.slice(at, at + brackets.length)}`;
    const name = quoted ?? frame ?? plain ?? "";
    const isAlias = alias !== undefined && !noAliases.has(alias.toLowerCase());
    const begun = common.get(name);
    tables.set(isAlias ? alias : name, inner ?? (begun === undefined ? name : `${begun} select * from ${name}`));
  }
  return tables;
}

/** As long as it was. */
const blank = (text: string): string => " ".repeat(text.length);
/** Without strings and comments. */
export const withoutTexts = (sql: string): string =>
  sql.replaceAll(/'[^']*'|--[^\n]*(?=\n|$)|\/\*[\s\S]*?\*\//g, blank);

/** Nothing is left between brackets that are closed. */
function withoutBrackets(sql: string): string {
  let text = sql;
  for (let at = text.indexOf("("); at >= 0; at = text.indexOf("(", at + 1)) {
    const end = closing(text, at);
    if (end !== undefined) text = text.slice(0, at + 1) + blank(text.slice(at + 1, end)) + text.slice(end);
  }
  return text;
}

/** The innermost query in brackets that the cursor is in, or all of the text. */
function queryAround(text: string, cursor: number): readonly [number, number] {
  let depth = 0;
  for (let at = cursor - 1; at >= 0; at--) {
    if (text[at] === ")") depth++;
    if (text[at] !== "(" || depth-- > 0) continue;
    depth = 0;
    if (/^\s*(?:select|with|from)\b/i.test(text.slice(at + 1))) return [at + 1, closing(text, at) ?? text.length];
  }
  return [0, text.length];
}

/** Where the bracket is closed that is open at a place. */
function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  return undefined;
}

/** What `with` names, each with the text that it is declared in. */
function commonTables(text: string, whole: string): ReadonlyMap<string, string> {
  const tables = new Map<string, string>();
  const [head] = /^\s*with\s+(?:recursive\s+)?/i.exec(text) ?? [];
  const named = /([\p{L}_][\p{L}\p{N}_$]*)\s*(?:\([^()]*\)\s*)?as\s+(?:(?:not\s+)?materialized\s+)?\(/iuy;
  const comma = /\)\s*,\s*/y;
  for (let at = head?.length; at !== undefined; ) {
    named.lastIndex = at;
    const [, name] = named.exec(text) ?? [];
    const end = name === undefined ? undefined : closing(text, named.lastIndex - 1);
    if (name === undefined || end === undefined) break;
    tables.set(name, whole.slice(0, end + 1));
    comma.lastIndex = end;
    at = comma.test(text) ? comma.lastIndex : undefined;
  }
  return tables;
}

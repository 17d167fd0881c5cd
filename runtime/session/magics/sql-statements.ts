/** A statement in a text; `start` is its place there. */
export type SqlStatement = { readonly text: string; readonly start: number };

/** Strings, names in quotes, comments, and what else there is up to a semicolon. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;|[^'"$;/-]+|[\s\S]/g;

/** The statements of a text; what is a comment alone is none. */
export function statementsIn(text: string): SqlStatement[] {
  const statements: SqlStatement[] = [];
  let start = 0;
  let hasCode = false;
  const end = (at: number) => {
    if (hasCode) statements.push({ text: text.slice(start, at), start });
    hasCode = false;
  };
  for (const { 0: part, index } of text.matchAll(token)) {
    if (part === ";") {
      end(index);
      start = index + 1;
    } else hasCode ||= part.trim() !== "" && !/^(?:--|\/\*)/.test(part);
  }
  end(text.length);
  return statements;
}

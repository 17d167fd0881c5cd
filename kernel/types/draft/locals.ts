import { type Placed, placed } from "./cursor.ts";

const path =
  /(?<![\p{ID_Continue}$.])([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:\s*\??\.\s*[\p{ID_Start}$_][\p{ID_Continue}$]*|(?:\?\.)?\[[^[\]]*\])*(?:\s*\??\.\s*|\s*(?:\?\.)?\[\s*(?:"[^"\n]*|'[^'\n]*))?$/u;

/**
 * Whether the name at the cursor, or that whose member stands there, is a parameter or a variable of the text itself, so
 * that the session's variable of this name is another. The text need not be whole.
 */
export function isLocalAt(code: string, cursorUtf16: number): boolean {
  const rest = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursorUtf16))?.[0] ?? "";
  const [, name] = path.exec(code.slice(0, cursorUtf16) + rest) ?? [];
  if (name === undefined) return false;
  const tokens = placed(code);
  return tokens.some(({ value, at }, index) => {
    if (value !== name || at > cursorUtf16) return false;
    const end = scopeEnd(tokens, index);
    return end !== undefined && cursorUtf16 <= (tokens[end]?.at ?? Number.POSITIVE_INFINITY);
  });
}

const declaring = new Set(["const", "let", "var", "function", "class"]);
const statements = new Set(["if", "while", "for", "switch", "with"]);

/** Where the scope ends of what a name declares at its place; undefined where it declares nothing. */
function scopeEnd(tokens: readonly Placed[], index: number): number | undefined {
  const before = tokens[index - 1]?.value ?? "";
  if (declaring.has(before)) return declarationEnd(tokens, index);
  if (tokens[index + 1]?.value === "=>") return bodyEnd(tokens, index + 2);
  if (!/^(?:[([{,:]|\.\.\.)$/.test(before)) return undefined;
  for (
    let at = opening(tokens, index - 1, 1);
    /^[[{]$/.test(tokens[at]?.value ?? "");
    at = opening(tokens, at - 1, 1)
  ) {
    if (declaring.has(tokens[at - 1]?.value ?? "")) return declarationEnd(tokens, closing(tokens, at + 1) + 1);
  }
  // A parameter, or a part of one.
  let close = closing(tokens, index);
  while (close < tokens.length && tokens[close]?.value !== ")") close = closing(tokens, close + 1);
  if (close >= tokens.length) return undefined;
  const named = tokens[opening(tokens, close) - 1];
  if (tokens[close + 1]?.value === "=>") return bodyEnd(tokens, close + 2);
  const isFunction = named?.type === "IdentifierName" && !statements.has(named.value);
  return isFunction && tokens[close + 1]?.value === "{" ? bodyEnd(tokens, close + 1) : undefined;
}

/** Of what is declared in the head of a loop, the end of its body. */
function declarationEnd(tokens: readonly Placed[], begin: number): number {
  const end = closing(tokens, begin);
  if (tokens[end]?.value !== ")") return end;
  const head = opening(tokens, end);
  const isLoop = tokens[head - 1]?.value === "for" || tokens[head - 2]?.value === "for";
  return isLoop ? bodyEnd(tokens, end + 1) : end;
}

/** The end of a block; of an expression, what stands behind it. */
function bodyEnd(tokens: readonly Placed[], begin: number): number {
  if (tokens[begin]?.value === "{") return closing(tokens, begin + 1);
  let depth = 0;
  for (let at = begin; at < tokens.length; at++) {
    depth += depthOf(tokens[at]);
    if (depth < 0 || (depth === 0 && /^[,;]$/.test(tokens[at]?.value ?? ""))) return at;
  }
  return tokens.length;
}

const depthOf = ({ type, value }: Placed = tokenOfNothing): number =>
  type === "TemplateHead" ? 1 : type === "TemplateTail" ? -1 : type !== "Punctuator" ? 0 : signs(value);
const tokenOfNothing = { type: "WhiteSpace", value: "", at: 0 } as const;
const signs = (value: string): number => (/^[([{]$/.test(value) ? 1 : /^[)\]}]$/.test(value) ? -1 : 0);

/** What closes the brackets around a place. */
function closing(tokens: readonly Placed[], begin: number): number {
  let depth = 0;
  for (let at = begin; at < tokens.length; at++) {
    depth += depthOf(tokens[at]);
    if (depth < 0) return at;
  }
  return tokens.length;
}

/** What opens the bracket that closes there, or where `open` of them are to be found before, the one around the place. */
function opening(tokens: readonly Placed[], close: number, open = 0): number {
  let depth = -open;
  for (let at = close; at >= 0; at--) {
    depth += depthOf(tokens[at]);
    if (depth === 0) return at;
  }
  return open === 0 ? 0 : -1;
}

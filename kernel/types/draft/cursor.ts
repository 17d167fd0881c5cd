import jsTokens, { type Token } from "js-tokens";

/** What stands around the cursor, read off the text before it: the cell need not be whole. Offsets are UTF-16. */
export type CursorContext = {
  readonly where: "code" | "string" | "template" | "comment";
  /** Of a string or template: where its text begins, behind the quote. */
  readonly textStart: number;
  /** What stands in the string before the cursor, behind the last `${…}`. */
  readonly text: string;
  /** Where the whole template begins; of strings, textStart. */
  readonly begin: number;
  readonly quote: string;
  /** The name in front of a template: `sql`. */
  readonly tag?: Callee | undefined;
  /** The calls around the cursor, the innermost first. */
  readonly calls: readonly Call[];
  /** Where a key, perhaps in quotes, is typed of an object that is a call's argument. */
  readonly key?: Key | undefined;
  /** The cursor stands behind `import`, `from`, or within `import(` or `require(`. */
  readonly isModule: boolean;
  /** What closes all that is open at the cursor. */
  readonly closers: string;
};

/** `a.b("c").d` as names with the places of the dots in front of them, the last first. */
export type Callee = { readonly names: readonly { readonly name: string; readonly dotAt: number | undefined }[] };

export type Call = Callee & {
  /** Which argument the cursor is in, from 0. */
  readonly argument: number;
  /** Where that argument begins, behind the bracket or the comma. */
  readonly argumentAt: number;
  /** Nothing but brackets of arrays stand between the cursor and the argument. */
  readonly isDirect: boolean;
};

export type Key = {
  readonly call: Call;
  /** Of `map(({ `, which may become a callback that takes its parameter apart: where the second bracket is. */
  readonly parameterAt?: number;
};

export type Placed = Token & { readonly at: number };
/** `isAccess` is that of `row["name"]`. */
type Open = {
  readonly sign: string;
  readonly token: number;
  readonly isAccess: boolean;
  commas: number;
  /** Behind the bracket, or the last comma. */
  partAt: number;
};

export function contextAt(code: string, cursorUtf16: number): CursorContext {
  const tokens = placed(code.slice(0, cursorUtf16));
  const opens = openBrackets(tokens);
  const last = tokens.at(-1);
  const inside = last ? insideOf(last, cursorUtf16) : undefined;
  const head = inside ? tokens.length - 1 : tokens.length;
  const templateHead = inside?.where === "template" ? templateStart(tokens, opens) : undefined;
  // The tail of a template has closed its own substitution.
  const closers = [...opens.map(({ sign }) => closing[sign] ?? "")].reverse().join("");
  return {
    where: inside?.where ?? "code",
    textStart: inside?.textStart ?? cursorUtf16,
    text: inside ? code.slice(inside.textStart, cursorUtf16) : "",
    begin: templateHead === undefined ? (inside?.textStart ?? cursorUtf16) : (tokens[templateHead]?.at ?? 0) + 1,
    quote: inside?.quote ?? "",
    tag: templateHead === undefined ? undefined : calleeBefore(tokens, templateHead),
    calls: callsAround(tokens, opens),
    key: !inside || inside.where === "string" ? keyAt(tokens, opens, cursorUtf16) : undefined,
    isModule: inside?.where === "string" && isModuleName(tokens, head),
    closers: (inside?.where === "comment" ? "" : (inside?.quote ?? "")) + closers,
  };
}

/** All names that stand in a text, whatever they mean there. */
export function namesIn(code: string): Set<string> {
  const names = new Set<string>();
  for (const { type, value } of jsTokens(code)) if (type === "IdentifierName") names.add(value);
  return names;
}

const declaring = new Set(["const", "let", "var", "function", "class", "enum", "type", "interface", "namespace"]);

/** Names that a text declares at its top, as far as that can be told without its grammar. */
export function declaredIn(code: string): Set<string> {
  const names = new Set<string>();
  const tokens = placed(code);
  let depth = 0;
  for (const [index, { value, type }] of tokens.entries()) {
    if (type === "Punctuator" && "([{".includes(value)) depth++;
    else if (type === "Punctuator" && ")]}".includes(value)) depth--;
    if (depth > 0 || type !== "IdentifierName" || !declaring.has(value)) continue;
    const next = tokens[index + 1]?.value === "*" ? index + 2 : index + 1;
    const name = tokens[next];
    if (name?.type === "IdentifierName") names.add(name.value);
    else if (name?.value === "{" || name?.value === "[") for (const own of patternNames(tokens, next)) names.add(own);
  }
  return names;
}

function* patternNames(tokens: readonly Placed[], open: number): Generator<string> {
  for (let index = open + 1; index < tokens.length && !")]}".includes(tokens[index]?.value ?? ""); index++) {
    const isName = tokens[index]?.type === "IdentifierName" && tokens[index + 1]?.value !== ":";
    if (isName) yield tokens[index]?.value ?? "";
  }
}

export function placed(text: string): Placed[] {
  const tokens: Placed[] = [];
  let at = 0;
  for (const token of jsTokens(text)) {
    const isSpace = token.type === "WhiteSpace" || token.type === "LineTerminatorSequence";
    // A comment counts where the cursor is in it.
    const isPassed = token.type.endsWith("Comment") && at + token.value.length < text.length;
    if (!isSpace && !isPassed) tokens.push({ ...token, at });
    at += token.value.length;
  }
  return tokens;
}

function insideOf(last: Placed, cursor: number) {
  const isAtEnd = last.at + last.value.length === cursor;
  switch (last.type) {
    case "SingleLineComment":
      return isAtEnd ? { where: "comment" as const, textStart: cursor, quote: "" } : undefined;
    case "MultiLineComment":
      return last.closed ? undefined : { where: "comment" as const, textStart: cursor, quote: "" };
    case "RegularExpressionLiteral":
      // Nothing is named in there either.
      return last.closed || !isAtEnd ? undefined : { where: "comment" as const, textStart: cursor, quote: "" };
    case "StringLiteral":
      if (last.closed || !isAtEnd) return undefined;
      return { where: "string" as const, textStart: last.at + 1, quote: last.value[0] ?? "" };
    case "NoSubstitutionTemplate":
    case "TemplateTail":
      return last.closed ? undefined : { where: "template" as const, textStart: last.at + 1, quote: "`" };
    default:
      return undefined;
  }
}

const closing: { readonly [sign: string]: string } = { "(": ")", "[": "]", "{": "}", "`": "}`" };

function openBrackets(tokens: readonly Placed[]): Open[] {
  const opens: Open[] = [];
  for (const [token, { type, value, at }] of tokens.entries()) {
    const partAt = at + 1;
    if (type === "TemplateHead") opens.push({ sign: "`", token, isAccess: false, commas: 0, partAt });
    else if (type === "TemplateTail") opens.pop();
    else if (type !== "Punctuator") continue;
    else if (value === "(" || value === "[" || value === "{") {
      const before = tokens[token - 1];
      const isAccess =
        value === "[" && (before?.type === "IdentifierName" || /^(?:[)\]]|\?\.)$/.test(before?.value ?? ""));
      opens.push({ sign: value, token, isAccess, commas: 0, partAt });
    } else if (value === ")" || value === "]" || value === "}") opens.pop();
    else if (value === ",") {
      const around = opens.at(-1);
      if (!around) continue;
      around.commas++;
      around.partAt = partAt;
    }
  }
  return opens;
}

/** Where the template begins whose text the cursor is in. */
function templateStart(tokens: readonly Placed[], opens: readonly Open[]): number {
  let at = tokens.length - 1;
  let depth = tokens[at]?.type === "TemplateTail" ? 1 : 0;
  while (depth > 0 && at > (opens.at(-1)?.token ?? -1) + 1) {
    at--;
    if (tokens[at]?.type === "TemplateTail") depth++;
    if (tokens[at]?.type === "TemplateHead") depth--;
  }
  return at;
}

function callsAround(tokens: readonly Placed[], opens: readonly Open[]): Call[] {
  const calls: Call[] = [];
  let isDirect = true;
  for (const { sign, token, isAccess, commas, partAt } of opens.toReversed()) {
    if (sign === "(") {
      const callee = calleeBefore(tokens, token);
      if (callee) calls.push({ ...callee, argument: commas, argumentAt: partAt, isDirect });
    }
    if (sign !== "[" || isAccess) isDirect = false;
  }
  return calls;
}

function keyAt(tokens: readonly Placed[], opens: readonly Open[], cursor: number): Key | undefined {
  const last = tokens.at(-1);
  const isOpenText = last?.type === "StringLiteral" && !last.closed;
  const isTyped = isOpenText || (last?.type === "IdentifierName" && last.at + last.value.length === cursor);
  const before = tokens.at(isTyped ? -2 : -1);
  const [object, outer, around] = opens.toReversed();
  if (object?.sign !== "{" || outer?.sign !== "(" || !/^[{,]$/.test(before?.value ?? "")) return undefined;
  // Of a block, an arrow stands in front.
  if (!/^[(,]$/.test(tokens[object.token - 1]?.value ?? "")) return undefined;
  const [call] = callsAround(tokens, opens.slice(0, -1));
  if (call === undefined) return undefined;
  const isParameter = around?.sign === "(" && /^[(,]$/.test(tokens[outer.token - 1]?.value ?? "");
  return isParameter ? { call, parameterAt: (tokens[outer.token] as Placed).at } : { call };
}

/** Statements with brackets, and no calls. */
const words = new Set(["if", "while", "for", "switch", "catch", "function", "return", "typeof", "await", "of", "in"]);

/** The chain of names that ends before a token. */
function calleeBefore(tokens: readonly Placed[], end: number): Callee | undefined {
  const names: { name: string; dotAt: number | undefined }[] = [];
  let at = end - 1;
  for (;;) {
    at = beforeTypeArguments(tokens, at);
    const token = tokens[at];
    if (token?.value === ")" || token?.value === "]") {
      at = opening(tokens, at) - 1;
      continue;
    }
    if (token?.value === "!" && names.length > 0) {
      at--;
      continue;
    }
    if (token?.type !== "IdentifierName" || words.has(token.value)) break;
    const dot = tokens[at - 1];
    const hasDot = dot?.value === "." || dot?.value === "?.";
    names.push({ name: token.value, dotAt: hasDot ? dot.at : undefined });
    if (!hasDot) break;
    at -= 2;
  }
  return names.length === 0 ? undefined : { names };
}

function opening(tokens: readonly Placed[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const { type, value } = tokens[at] as Placed;
    if (type !== "Punctuator") continue;
    if (value === ")" || value === "]" || value === "}") depth++;
    else if (value === "(" || value === "[" || value === "{") depth--;
    if (depth === 0) return at;
  }
  return 0;
}

/** Of `parquet<T>(`. */
function beforeTypeArguments(tokens: readonly Placed[], at: number): number {
  if (!/^>+$/.test(tokens[at]?.value ?? "")) return at;
  let depth = 0;
  for (let begin = at; begin >= 0; begin--) {
    const value = tokens[begin]?.value ?? "";
    depth += /^>+$/.test(value) ? value.length : value === "<" ? -1 : 0;
    if (depth === 0) return begin - 1;
  }
  return at;
}

function isModuleName(tokens: readonly Placed[], string: number): boolean {
  const before = tokens[string - 1]?.value;
  if (before === "from" || before === "import") return true;
  const word = tokens[string - 2]?.value;
  return before === "(" && (word === "import" || word === "require");
}

/**
 * DuckDB's text of an expression as a person would write it: without its inner functions, the qualifiers of columns,
 * casts that only keep a type, and parentheses that precedence makes needless; `#0` is what `nameOf` calls it.
 */
export function readable(text: string, nameOf: NameOf = () => undefined): string {
  // Nobody reads a generated expression of many pages, and its depth would be that of this recursion.
  if (text.length > LONGEST || (text.match(/[([]/g)?.length ?? 0) > MOST_BRACKETS) return text;
  const [nodes] = parse(tokens(text.replace(/( FILTER \(WHERE .*\)) Filter: .*$/s, "$1")), 0, nameOf);
  return print(unwrap(simplify(nodes)));
}

const LONGEST = 5000;
const MOST_BRACKETS = 500;

/** A token, or what stands between brackets. */
type Node = string | { readonly open: "(" | "["; readonly items: readonly Node[] };

const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|#\[[\d.]+\]|#\d+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[\p{L}_][\p{L}\p{N}_$]*|[<>!]=|<>|\|\||!?~~\*?|\/\/|::|\S/gsu;

const tokens = (text: string): readonly string[] => text.match(TOKEN) ?? [];

function parse(list: readonly string[], start: number, nameOf: NameOf): readonly [Node[], number] {
  const nodes: Node[] = [];
  let at = start;
  for (; at < list.length; at++) {
    const token = list[at] as string;
    if (token === ")" || token === "]") break;
    if (token === "(" || token === "[") {
      const [items, end] = parse(list, at + 1, nameOf);
      nodes.push({ open: token, items });
      at = end;
    } else if (/^#\d+$/.test(token)) nodes.push(referred(token, nameOf));
    else nodes.push(/^#\[/.test(token) ? "…" : token);
  }
  return [nodes, at];
}

/** The text of a column that DuckDB names by its position; undefined where it cannot be told. */
export type NameOf = (position: number) => string | undefined;

/** The text of an input is an expression itself; the parentheses are taken off again where they are not needed. */
function referred(position: string, nameOf: NameOf): Node {
  const text = nameOf(Number(position.slice(1)));
  if (text === undefined || text.length > LONGEST / 10) return "…";
  const list = tokens(text);
  return list.length === 1 ? text : { open: "(", items: parse(list, 0, nameOf)[0] };
}

function simplify(nodes: readonly Node[]): readonly Node[] {
  const found: Node[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as Node;
    if (typeof node !== "string") {
      found.push({ open: node.open, items: simplify(node.items) });
      continue;
    }
    const guarded = node === "CASE" ? guardedValue(nodes, at) : undefined;
    if (guarded !== undefined) {
      found.push({ open: "(", items: simplify(guarded.value) });
      at = guarded.end;
      continue;
    }
    const next = nodes[at + 1];
    if (next === "." && isName(node) && typeof nodes[at + 2] === "string" && isName(nodes[at + 2] as string)) at++;
    else if (node === "optional" && next === ":") at++;
    else if (typeof next === "object" && next.open === "(" && isName(node) && !isOperator(node)) {
      found.push(...call(unquoted(node), simplify(next.items)));
      at++;
    } else found.push(SPOKEN[node] ?? unquoted(node));
  }
  return found;
}

/**
 * The value that a check of ours lets through: `CASE WHEN divisor = 0 THEN error('[DIVIDE_BY_ZERO] …') ELSE value END`.
 * Undefined for any other CASE.
 */
function guardedValue(nodes: readonly Node[], start: number): { value: readonly Node[]; end: number } | undefined {
  const places: { [word: string]: number } = {};
  let depth = 0;
  for (let at = start; at < nodes.length; at++) {
    const word = nodes[at];
    if (word === "CASE") depth++;
    else if (depth === 1 && (word === "THEN" || word === "ELSE")) places[word] ??= at;
    if (word !== "END" || --depth > 0) continue;
    const { THEN: then = 0, ELSE: otherwise = 0 } = places;
    const isCheck = then > 0 && otherwise > 0 && isRaised(nodes.slice(then + 1, otherwise));
    return isCheck ? { value: nodes.slice(otherwise + 1, at), end: at } : undefined;
  }
  return undefined;
}

/** `error('[CODE] …')`, which DuckDB casts to the type of the value. */
function isRaised(nodes: readonly Node[]): boolean {
  const [name, group, ...rest] = unwrap(nodes);
  if (typeof name !== "string" || typeof group !== "object" || rest.length > 0) return false;
  if (name === "CAST") return isRaised(group.items.slice(0, group.items.lastIndexOf("AS")));
  const [message] = flatten(group.items);
  return unquoted(name) === "error" && typeof message === "string" && /^'\[[A-Z_]+\] /.test(message);
}

/** A function with its arguments, or what it comes down to. */
function call(name: string, items: readonly Node[]): readonly Node[] {
  if (name.startsWith("__internal_")) {
    const comma = items.indexOf(",");
    return [{ open: "(", items: comma < 0 ? items : items.slice(0, comma) }];
  }
  if (name === "CAST" && isKept(items)) return [{ open: "(", items: items.slice(0, items.lastIndexOf("AS")) }];
  if (name === "count_star") return ["count", { open: "(", items: ["*"] }];
  const shown = FUNCTIONS[name] ?? (/^[A-Z_]+$/.test(name) && !KEYWORDS.includes(name) ? name.toLowerCase() : name);
  return [shown, { open: "(", items }];
}

/** `hour(date) AS INTEGER`: a cast of what is a whole number already. */
function isKept(items: readonly Node[]): boolean {
  const as = items.lastIndexOf("AS");
  const [name] = unwrap(items.slice(0, as));
  if (as < 0 || items.length !== as + 2 || !["INTEGER", "BIGINT"].includes(String(items[as + 1]))) return false;
  const operand = unwrap(items.slice(0, as));
  const isCall = operand.length === 2 || (operand.length === 4 && operand[2] === "OVER");
  return isCall && typeof name === "string" && WHOLE.includes(name);
}

/** What stands between parentheses that enclose all of it. */
function unwrap(nodes: readonly Node[]): readonly Node[] {
  const [only] = nodes;
  if (nodes.length !== 1 || typeof only !== "object" || only.open !== "(" || only.items.includes(",")) return nodes;
  return unwrap(only.items);
}

function print(nodes: readonly Node[]): string {
  let text = "";
  const flat = flatten(nodes);
  flat.forEach((node, at) => {
    const before = flat[at - 1];
    const isTight =
      before === undefined ||
      node === "," ||
      node === ":" ||
      node === "::" ||
      before === "::" ||
      (typeof node === "object" && isOperand(before) && !isSpaced(before)) ||
      (isSign(before) && !isOperand(flat[at - 2]));
    text += `${isTight ? "" : " "}${typeof node === "string" ? node : bracketed(node)}`;
  });
  return text;
}

const bracketed = ({ open, items }: Exclude<Node, string>): string =>
  `${open}${print(items)}${open === "(" ? ")" : "]"}`;

/** Takes off the parentheses that say nothing which precedence does not say. */
function flatten(nodes: readonly Node[]): readonly Node[] {
  const open = nodes.map((node, at) =>
    typeof node === "object" && node.open === "(" && !isCallee(nodes[at - 1]) ? unwrap(node.items) : undefined,
  );
  return nodes.flatMap((node, at): readonly Node[] => {
    const items = open[at];
    if (items === undefined || items.includes(",")) return [node];
    const inner = flatten(items);
    return isNeedless(inner, nodes[at - 1], nodes[at + 1]) ? inner : [{ open: "(", items: inner }];
  });
}

function isNeedless(inner: readonly Node[], before: Node | undefined, after: Node | undefined): boolean {
  const operators = inner.filter((node, at) => isOperator(node) && !(isSign(node) && at === 0));
  if (operators.length === 0) return inner.length === 1 || !isSign(inner[0] ?? "") || rank(before) === 0;
  if (operators.includes("BETWEEN")) return rank(before) + rank(after) === 0;
  const lowest = Math.min(...operators.map(rank));
  const isChain = (around: Node | undefined) =>
    operators.every((node) => node === around) && CHAINS.includes(String(around));
  const before_ = rank(before) < lowest || isChain(before);
  const isLeft = lowest === COMPARISON ? rank(after) < lowest : rank(after) <= lowest;
  return before_ && (isLeft || isChain(after));
}

/** How tightly an operator binds; 0 for what is none. */
function rank(node: Node | undefined): number {
  if (typeof node !== "string" || !isOperator(node)) return 0;
  const found = RANKS.findIndex((operators) => operators.includes(node.replace(/^NOT (?=.)/, "")));
  return found < 0 ? COMPARISON + 1 : found;
}

const RANKS: readonly (readonly string[])[] = [
  ["WHEN", "THEN", "ELSE", "CASE", "END", "AS", "BY", "WHERE", "ASC", "DESC"],
  ["OR"],
  ["AND"],
  ["NOT"],
  ["=", "<", ">", "<=", ">=", "!=", "<>", "LIKE", "ILIKE", "IS", "IN", "BETWEEN"],
  ["||"],
  ["+", "-"],
  ["*", "/", "//", "%"],
];
const COMPARISON = 4;
const CHAINS: readonly string[] = ["AND", "OR", "+", "*", "||"];

const isName = (text: string): boolean => /^["\p{L}_]/u.test(text);
const isSign = (node: Node): boolean => node === "-" || node === "+";
const isOperator = (node: Node): boolean =>
  typeof node === "string" &&
  (RANKS.flat().includes(node.replace(/^NOT (?=.)/, "")) || /^[^\p{L}\p{N}\s"'#_,.…:]+$/u.test(node));
const isOperand = (node: Node | undefined): boolean => node !== undefined && node !== "," && !isOperator(node);
/** Whether brackets that follow belong to it. */
const isCallee = (node: Node | undefined): boolean =>
  typeof node === "string" && isName(node) && (!isOperator(node) || node === "IN");
const isSpaced = (node: Node): boolean => typeof node === "string" && KEYWORDS.includes(node) && node !== "CAST";

/** Lower-case names are quoted by DuckDB where they are words of SQL: `"hour"(date)`. */
const unquoted = (token: string): string => (/^"[a-z_][a-z0-9_]*"$/.test(token) ? token.slice(1, -1) : token);

const SPOKEN: { readonly [operator: string]: string } = {
  "~~": "LIKE",
  "!~~": "NOT LIKE",
  "~~*": "ILIKE",
  "!~~*": "NOT ILIKE",
};
const FUNCTIONS: { readonly [name: string]: string } = { sum_no_overflow: "sum", prefix: "starts_with" };
const KEYWORDS: readonly string[] = ["CAST", "TRY_CAST", "IN", "OVER", "FILTER", "EXISTS", "INTERVAL"];

/** Functions whose result is a whole number, whatever type DuckDB gives it. */
const WHOLE: readonly string[] = [
  ...["year", "quarter", "month", "week", "weekofyear", "day", "dayofmonth", "dayofweek", "isodow", "dayofyear"],
  ...["hour", "minute", "second", "length", "len", "instr", "datediff", "date_diff", "ceil", "floor", "sign"],
  ...["count", "sum", "row_number", "rank", "dense_rank", "ntile"],
];

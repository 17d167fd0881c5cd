/** Digits between separators: as many as there are, or exactly so many where the format begins them with 0. */
type Digits = { readonly count: number; readonly isExact: boolean };
export type Group = { readonly kind: "group"; readonly parts: readonly (Digits | ",")[] };
export type FormatToken =
  | Group
  | { readonly kind: "." | "$" | "S" | "MI" | "<" | ">" }
  | { readonly kind: "other"; readonly sign: string };

export type NumberFormat = {
  readonly text: string;
  readonly tokens: readonly FormatToken[];
  /** Digits before and behind the point. */
  readonly whole: number;
  readonly fraction: number;
};

/** A format such as "S999,999.00" or "$99.9PR"; a text that says what is wrong with it. */
export function numberFormat(given: string): NumberFormat | string {
  const text = given.toUpperCase();
  const tokens = grouped(tokensOf(text));
  const problem = problemOf(text, tokens);
  if (problem !== undefined) return problem;
  const point = tokens.findIndex(({ kind }) => kind === ".");
  const end = point < 0 ? tokens.length : point;
  return { text, tokens, whole: digitsIn(tokens.slice(0, end)), fraction: digitsIn(tokens.slice(end)) };
}

export const isDigits = (part: Digits | ","): part is Digits => part !== ",";

const digitsIn = (tokens: readonly FormatToken[]): number =>
  tokens.reduce(
    (sum, token) =>
      token.kind === "group" ? sum + token.parts.filter(isDigits).reduce((all, { count }) => all + count, 0) : sum,
    0,
  );

type Part = Exclude<FormatToken, Group> | Digits | ",";

function tokensOf(text: string): Part[] {
  const tokens: Part[] = [];
  let isBehindPoint = false;
  for (const [token] of text.matchAll(/[09]+|[.D]|[,G]|\$|S|MI|PR|./gs)) {
    if (/^[09]/.test(token)) tokens.push({ count: token.length, isExact: token.startsWith("0") && !isBehindPoint });
    else if (token === "." || token === "D") {
      tokens.push({ kind: "." });
      isBehindPoint = true;
    } else if (token === "," || token === "G") tokens.push(",");
    else if (token === "PR") {
      tokens.unshift({ kind: "<" });
      tokens.push({ kind: ">" });
    } else if (token === "$" || token === "S" || token === "MI") tokens.push({ kind: token });
    else tokens.push({ kind: "other", sign: token });
  }
  return tokens;
}

function grouped(parts: readonly Part[]): FormatToken[] {
  const tokens: FormatToken[] = [];
  let group: (Digits | ",")[] = [];
  const end = () => {
    if (group.length > 0) tokens.push({ kind: "group", parts: group });
    group = [];
  };
  for (const part of parts) {
    if (part === "," || "count" in part) group.push(part);
    else {
      end();
      tokens.push(part);
    }
  }
  end();
  return tokens;
}

function problemOf(text: string, tokens: readonly FormatToken[]): string | undefined {
  const kinds = tokens.map(({ kind }) => kind);
  const [dollar, point, digits] = [kinds.indexOf("$"), kinds.indexOf("."), kinds.indexOf("group")];
  if (text === "") return "it is empty";
  if (digits < 0) return "it has no digits (0 or 9)";
  if (digits < dollar) return "the $ stands behind digits";
  if (point >= 0 && point < dollar) return "the $ stands behind the point";
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "group") continue;
    const { parts } = token;
    const isBefore = point < 0 || index < point;
    const hasLone = parts.some(
      (part, i) => part === "," && (i === 0 || i === parts.length - 1 || parts[i - 1] === ","),
    );
    if (isBefore ? hasLone : parts.includes(",")) return "a separator of thousands stands without digits around it";
  }
  for (const kind of [".", "S", "MI", "$", ">"])
    if (kinds.filter((one) => one === kind).length > 1) return `${kind === ">" ? "PR" : kind} stands there twice`;
  let at = 0;
  for (const allowed of ORDER) if (at < kinds.length && allowed.includes(kinds[at] as string)) at += 1;
  const left = tokens[at];
  if (left === undefined) return undefined;
  return `${left.kind === "other" ? left.sign : left.kind} is out of place`;
}

const ORDER = [["<"], ["MI", "S"], ["$"], ["group"], ["."], ["group"], ["$"], ["MI", "S", ">"]];

import { createRequire } from "node:module";
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];
type Tokenize = typeof import("js-tokens").default;

/** A part of the code that is drawn in a style; parts without are not listed. */
export type Span = { readonly start: number; readonly end: number; readonly style: Style };

// Loaded with the first key.
let tokenize: Tokenize | undefined;

/** What of the code is drawn how; unfinished code too. */
export function highlight(code: string): Span[] {
  if (code.length > mostHighlighted) return [];
  tokenize ??= createRequire(import.meta.url)("js-tokens") as Tokenize;
  const spans: Span[] = [];
  let start = 0;
  let isMember = false;
  for (const { type, value } of tokenize(code)) {
    const end = start + value.length;
    const style = type === "IdentifierName" ? styleOfName(value, isMember) : styles[type];
    if (style !== undefined) spans.push({ start, end, style });
    if (type !== "WhiteSpace" && type !== "LineTerminatorSequence") isMember = value === "." || value === "?.";
    start = end;
  }
  return spans;
}

/** The part of the code from `start` to `end` as it is drawn; `show` makes of the text what the terminal can show. */
export function paint(
  code: string,
  spans: readonly Span[],
  start: number,
  end: number,
  show: (text: string) => string,
) {
  let painted = "";
  let at = start;
  for (const span of spans) {
    if (span.end <= start) continue;
    if (span.start >= end) break;
    const from = Math.max(span.start, start);
    const to = Math.min(span.end, end);
    painted += show(code.slice(at, from)) + styled(span.style, show(code.slice(from, to)));
    at = to;
  }
  return painted + show(code.slice(at, end));
}

/** In this style whatever the process's own stdout is: who calls has decided that there are colours. */
export const styled = (style: Style, text: string): string => styleText(style, text, { validateStream: false });

/** Every key draws anew: text that is longer than any cell that is typed stays plain. */
const mostHighlighted = 50_000;

const styles: { readonly [type: string]: Style } = {
  StringLiteral: "green",
  NoSubstitutionTemplate: "green",
  TemplateHead: "green",
  TemplateMiddle: "green",
  TemplateTail: "green",
  RegularExpressionLiteral: "red",
  NumericLiteral: "yellow",
  SingleLineComment: "gray",
  MultiLineComment: "gray",
};

function styleOfName(name: string, isMember: boolean): Style | undefined {
  if (isMember) return undefined;
  if (keywords.has(name)) return "magenta";
  return constants.has(name) ? "yellow" : undefined;
}

const keywords = new Set(
  `abstract as async await break case catch class const continue debugger declare default delete do else enum export
  extends finally for from function if implements import in instanceof interface is keyof let namespace new of
  override private protected public readonly return satisfies static super switch this throw try type typeof using var
  void while yield`.split(/\s+/),
);
const constants = new Set(["true", "false", "null", "undefined", "NaN", "Infinity"]);

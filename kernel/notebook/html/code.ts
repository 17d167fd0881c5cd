import jsTokens, { type Token } from "js-tokens";
import { escapeHtml } from "./escape.ts";

/** TypeScript or JavaScript as HTML, its tokens in spans with the classes of style.ts. */
export function highlight(code: string): string {
  const tokens = [...jsTokens(code)];
  const solid = tokens.filter(({ type }) => !/^(WhiteSpace|LineTerminatorSequence|\w+Comment)$/.test(type));
  const parts: string[] = [];
  let index = 0;
  for (const token of tokens) {
    const isSolid = token === solid[index];
    const kind = kindOf(token, solid[index - 1]?.value, solid[index + 1]?.value);
    if (isSolid) index += 1;
    const text = escapeHtml(token.value);
    parts.push(kind === undefined ? text : `<span class="${kind}">${text}</span>`);
  }
  return parts.join("");
}

function kindOf({ type, value }: Token, before: string | undefined, after: string | undefined): string | undefined {
  switch (type) {
    case "StringLiteral":
    case "NoSubstitutionTemplate":
    case "TemplateHead":
    case "TemplateMiddle":
    case "TemplateTail":
    case "RegularExpressionLiteral":
      return "s";
    case "MultiLineComment":
    case "SingleLineComment":
    case "HashbangComment":
      return "c";
    case "NumericLiteral":
      return "n";
    case "IdentifierName":
      return nameKind(value, before, after);
    default:
      return undefined;
  }
}

function nameKind(name: string, before: string | undefined, after: string | undefined): string | undefined {
  if (before === "." || before === "?.") return undefined;
  if (keywords.has(name)) return "k";
  // These are words of the language in some places, and names like any other elsewhere.
  if (types.has(name)) return after !== undefined && /^([:.(]|\?\.)$/.test(after) ? undefined : "k";
  if (modifiers.has(name)) {
    return after === undefined || /^([=.,):;?\]}]|=>|\?\.)$/.test(after) || (after === "(" && name !== "async")
      ? undefined
      : "k";
  }
  if (constants.has(name)) return "n";
  return /^\p{Lu}/u.test(name) ? "t" : undefined;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const keywords = words(
  "await break case catch class const continue debugger default delete do else enum export extends finally for " +
    "function if implements import in instanceof interface let new private protected public return static super " +
    "switch this throw try typeof var void while with yield",
);

const types = words("any bigint boolean never number object string symbol unknown");

const modifiers = words("abstract as async declare from infer is keyof namespace of readonly satisfies type using");

const constants = words("true false null undefined NaN Infinity");

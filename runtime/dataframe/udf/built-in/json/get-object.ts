import { JsonParser } from "./parser.ts";
import type { Step } from "./path.ts";
import { JsonError, plainLeniency, Token } from "./tokens.ts";
import { type Astral, copied } from "./write.ts";

/** How what is found is written: bare text, JSON, or JSON with arrays dissolved in the one around. */
type Style = "raw" | "quoted" | "flat";

/** What a path leads to: text as it is, all else as JSON; null where it leads to nothing, or the text is no JSON. */
export function getJsonObject(json: string, path: readonly Step[] | undefined): string | null {
  if (path === undefined) return null;
  try {
    const parser = new JsonParser(json, plainLeniency);
    const found = new Values("escaped", " ");
    parser.next();
    return find(parser, found, "raw", path, 0) && found.text.isWellFormed() ? found.text : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

/** Values one behind the other. */
class Values {
  text = "";
  readonly astral: Astral;
  readonly #separator: string;
  #isEmpty = true;

  constructor(astral: Astral, separator: "," | " " = ",") {
    this.astral = astral;
    this.#separator = separator;
  }

  add(value: string): void {
    this.text += this.#isEmpty ? value : `${this.#separator}${value}`;
    this.#isEmpty = false;
  }
}

/**
 * Whether something was found. Hive's meaning of `[*]`, which is Spark's: of an array in which one value is found, that value
 * alone; two of them in a row dissolve the inner arrays.
 */
function find(parser: JsonParser, into: Values, style: Style, path: readonly Step[], at: number): boolean {
  const step = path[at];
  const { token } = parser;
  if (step === undefined) {
    if (token === Token.STRING && style === "raw") {
      into.add(parser.string);
      return true;
    }
    if (token !== Token.START_ARRAY || style !== "flat") {
      into.add(copied(parser, into.astral));
      return true;
    }
    return ofElements(parser, () => find(parser, into, style, path, at)) > 0;
  }
  if (token === Token.START_OBJECT && step.kind === "name") return inObject(parser, into, style, path, at, step.name);
  if (token === Token.START_ARRAY && step.kind === "any index") return inArray(parser, into, style, path, at);
  if (token === Token.START_ARRAY && step.kind === "index") {
    const inner = path[at + 1]?.kind === "any index" ? "quoted" : style;
    return atIndex(parser, step.index, () => find(parser, into, inner, path, at + 1));
  }
  parser.skip();
  return false;
}

function inObject(
  parser: JsonParser,
  into: Values,
  style: Style,
  path: readonly Step[],
  at: number,
  name: string,
): boolean {
  let isFound = false;
  while (parser.next() !== Token.END_OBJECT) {
    const isWanted = !isFound && parser.name === name;
    const token = parser.next();
    if (!isWanted) parser.skip();
    else if (token !== Token.NULL) isFound = find(parser, into, style, path, at + 1);
  }
  return isFound;
}

function inArray(parser: JsonParser, into: Values, style: Style, path: readonly Step[], at: number): boolean {
  if (path[at + 1]?.kind === "any index") {
    const inner = new Values(into.astral);
    const found = ofElements(parser, () => find(parser, inner, "flat", path, at + 2));
    into.add(`[${inner.text}]`);
    return found > 0;
  }
  const inner = new Values(style === "quoted" ? into.astral : "plain");
  const found = ofElements(parser, () => find(parser, inner, style === "raw" ? "quoted" : style, path, at + 1));
  if (style === "quoted" || found > 1) into.add(`[${inner.text}]`);
  else if (found === 1) into.add(inner.text);
  return found > 0;
}

/** In how many elements something is found. */
function ofElements(parser: JsonParser, find: () => boolean): number {
  let count = 0;
  while (parser.next() !== Token.END_ARRAY) if (find()) count += 1;
  return count;
}

function atIndex(parser: JsonParser, index: number, find: () => boolean): boolean {
  for (let i = 0; parser.next() !== Token.END_ARRAY; i++) {
    if (i < index) {
      parser.skip();
      continue;
    }
    const isFound = find();
    while (parser.next() !== Token.END_ARRAY) parser.skip();
    return isFound;
  }
  return false;
}

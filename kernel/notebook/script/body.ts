import { commentMagic, magicLine, textCell, uncommentMagic } from "./magics.ts";
import { isMarker, type Marker, type MarkerFields } from "./marker.ts";

type CellType = Marker["type"];
type Body = { readonly lines: readonly string[]; readonly fields: MarkerFields };

/** A cell's text as lines of a script, and what its marker must say for it to be read back as it is. */
export function printBody(type: CellType, source: string): Body {
  const text = legibleText(type, source);
  const fields = text === source ? {} : text === withoutCarriageReturns(source) ? { newline: "\r\n" } : { source };
  if (text === "") return { lines: [], fields };
  const magic = type === "code" ? textCell(text) : undefined;
  if (magic) return { lines: magic.lines.map(comment).map(escapeMarker), fields: { ...fields, ...magic.fields } };
  const lines = text.split("\n");
  return { lines: lines.map(type === "code" ? commentMagic : comment).map(escapeMarker), fields };
}

/** A cell's text from its lines in a script. Throws NoComment for a line of text that is none. */
export function parseBody(type: CellType, lines: readonly string[], fields: MarkerFields): string {
  const { newline, source } = fields;
  const plain = lines.map(unescapeMarker);
  const magic = type === "code" ? magicLine(fields, lines) : undefined;
  const text = (
    magic !== undefined ? [magic, ...uncomment(plain)] : type === "code" ? plain.map(uncommentMagic) : uncomment(plain)
  ).join("\n");
  // What was edited in the script since it was written is what counts.
  if (typeof source === "string" && legibleText(type, source) === text) return source;
  return newline === "\r\n" ? text.replaceAll("\n", newline) : text;
}

/** A line that is no comment, where only comments can be; `index` is its place in the cell. */
export class NoComment extends Error {
  readonly index: number;
  constructor(index: number) {
    super("not a comment");
    this.index = index;
  }
}

/** The text in what lines of a script can hold: a `\r` survives no editor, and U+2028 would end a comment. */
const legibleText = (type: CellType, text: string): string =>
  text.replace(type === "code" ? /\r\n?/g : /\r\n?|[\u2028\u2029]/g, "\n").toWellFormed();

/** The text with `\n` for `\r\n`, if all of its lines end so. */
const withoutCarriageReturns = (text: string): string | undefined =>
  /\r(?!\n)|(?<!\r)\n/.test(text) ? undefined : text.replaceAll("\r\n", "\n");

const comment = (line: string): string => (line === "" ? "//" : `// ${line}`);

function uncomment(lines: readonly string[]): readonly string[] {
  const block = /^\s*\/\*+\s?((?:[^*]|\*(?!\/))*?)\s*\*\/\s*$/.exec(lines.join("\n"));
  if (block?.[1] !== undefined) return block[1].split("\n");
  return lines.map((line, index) => {
    const text = /^\s*\/\/ ?(.*)$/s.exec(line)?.[1];
    if (text === undefined && line.trim() !== "") throw new NoComment(index);
    return text ?? "";
  });
}

// A line of a cell that looks like a marker gets one comment more in the script; so does one that looks like that.
const escapeMarker = (line: string): string =>
  isMarker(withOneComment(line)) ? line.replace(/^\s*/, (indent) => `${indent}// `) : line;

function unescapeMarker(line: string): string {
  const less = line.replace(/^(\s*)\/\/ (?=\/\/)/, "$1");
  return less !== line && isMarker(withOneComment(less)) ? less : line;
}

const withOneComment = (line: string): string => line.replace(/^(\s*)(?:\/\/ (?=\/\/))*/, "$1");

import { magicNames, takesCode } from "../../../runtime/syntax/magic-names.ts";
import type { MarkerFields } from "./marker.ts";

// As Jupytext has it: in a script magics are comments, so that it stays TypeScript; the text of a cell magic is one, too,
// and the magic stands in the marker, `// %% language="sql" magic_args="--save late"`.

const names = [...new Set([...magicNames.line, ...magicNames.cell])].join("|");
// A comment that looks like a magic gets one sign of comment more.
const magic = new RegExp(`^(?:// )*%%?(?:${names})(?![^\\s?])`);
const commented = new RegExp(`^// (?=(?:// )*%%?(?:${names})(?![^\\s?]))`);

export const commentMagic = (line: string): string => (magic.test(line) ? `// ${line}` : line);
export const uncommentMagic = (line: string): string => line.replace(commented, "");

/** A cell whose text is a cell magic's: what its marker says of it, and the lines of the text. */
export type TextCell = { readonly fields: MarkerFields; readonly lines: readonly string[] };

export function textCell(source: string): TextCell | undefined {
  const [first = "", ...lines] = source.split("\n");
  const [, name = "", args] = /^%%([a-z]+)(?: (.+))?$/.exec(first) ?? [];
  // They end a comment in the middle of a line.
  if (/[\u2028\u2029]/.test(source)) return undefined;
  if (takesCode.has(name) || !(magicNames.cell as readonly string[]).includes(name)) return undefined;
  return { fields: { language: name, ...(args === undefined ? {} : { magic_args: args }) }, lines };
}

/** The line of a cell magic that a marker tells of; undefined where these words are the cell's own metadata. */
export function magicLine({ language, magic_args: args }: MarkerFields, lines: readonly string[]): string | undefined {
  if (!lines.every((line) => /^\s*(?:\/\/|$)/.test(line))) return undefined;
  if (typeof language !== "string" || !/^[A-Za-z]\w*$/.test(language)) return undefined;
  return typeof args === "string" && args !== "" ? `%%${language} ${args}` : `%%${language}`;
}

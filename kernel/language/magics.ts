import type { Completion } from "../../runtime/session/protocol.ts";
import { magicArguments, magicNames } from "../../runtime/syntax/magic-names.ts";

type Magics = { readonly matches: Completion[]; readonly startUtf16: number; readonly endUtf16: number };

/** The magics whose beginning stands before the cursor, in the first column of a line; those of a cell in the first line. */
export function completeMagic(code: string, cursorUtf16: number): Magics | undefined {
  const before = code.slice(0, cursorUtf16);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const [, magic = "", word = ""] = /^%(\w+) +(\w*)$/.exec(line) ?? [];
  if (Object.hasOwn(magicArguments, magic)) {
    const matches = (magicArguments[magic] as readonly string[]).filter((argument) => argument.startsWith(word));
    const found = matches.map((text) => ({ text, kind: "magic" }));
    return { matches: found, startUtf16: cursorUtf16 - word.length, endUtf16: cursorUtf16 };
  }
  const [begun] = /^%{1,2}\w*$/.exec(line) ?? [];
  if (begun === undefined) return undefined;
  const isFirst = before.trim() === begun;
  const names = [...magicNames.line.map((name) => `%${name}`), ...magicNames.cell.map((name) => `%%${name}`)];
  const matches = names
    .filter((name) => name.startsWith(begun) && (isFirst || !name.startsWith("%%")))
    .map((text) => ({ text, kind: "magic" }));
  return matches.length === 0 ? undefined : { matches, startUtf16: cursorUtf16 - begun.length, endUtf16: cursorUtf16 };
}

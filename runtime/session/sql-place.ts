import type { Excerpt } from "../errors.ts";
import { type Position, positionAt } from "../syntax/code-frame.ts";
import { offsetAt } from "./source-map.ts";

/**
 * Where a mistake in SQL text stands in a source, behind the call that the text was given to. Of the line that the engine
 * shows as much is looked for as stands there: values and frames that were put in (`${limit}`) do not. Undefined where it
 * stands nowhere, or could be at two places.
 */
export function placeOfExcerpt({ text, at }: Excerpt, source: string, call: Position): Position | undefined {
  const from = offsetAt(source, call);
  const stands = (begin: number, end: number) => source.includes(text.slice(begin, end), from);
  const word = /^(?:[\p{L}\p{N}_$]+|.)/u.exec(text.slice(at))?.[0] ?? "";
  let [begin, end] = [at, at + word.length];
  if (word === "" || !stands(begin, end)) return undefined;
  while (end < text.length && stands(begin, end + 1)) end++;
  while (begin > 0 && stands(begin - 1, end)) begin--;
  const [place, another] = placesOf(text.slice(begin, end), source, from);
  return place === undefined || another !== undefined ? undefined : positionAt(source, place + at - begin);
}

/** A single word is not looked for within others. */
function* placesOf(piece: string, source: string, from: number): Generator<number> {
  const inWord = String.raw`[\p{L}\p{N}_$]`;
  const escaped = RegExp.escape(piece);
  const isWord = new RegExp(`^${inWord}+$`, "u").test(piece);
  const sought = new RegExp(isWord ? `(?<!${inWord})${escaped}(?!${inWord})` : escaped, "gu");
  sought.lastIndex = from;
  for (let match = sought.exec(source); match !== null; match = sought.exec(source)) yield match.index;
}

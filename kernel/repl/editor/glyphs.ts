import { createRequire } from "node:module";

/** What is drawn for a piece of text that the cursor passes in one step. */
export type Glyph = { readonly shown: string; readonly columns: number; readonly lengthUtf16: number };

/** Tabs have one width wherever they stand: what is edited is code. */
const tab: Glyph = { shown: "    ", columns: 4, lengthUtf16: 1 };

/** The glyphs of one line of text, combining marks with what they combine with. Control characters are made visible. */
export function glyphsOf(text: string): Glyph[] {
  if (/^[\t\x20-\x7e]*$/.test(text)) {
    return Array.from(text, (shown) => (shown === "\t" ? tab : { shown, columns: 1, lengthUtf16: 1 }));
  }
  return Array.from(segmenter().segment(text), ({ segment }) => glyphOf(segment));
}

/** Where the glyph begins that ends at the cursor; line breaks are glyphs too. */
export const glyphBefore = (text: string, cursor: number): number => cursor - lastLength(text.slice(0, cursor));

/** Where the glyph ends that begins at the cursor. */
export function glyphAfter(text: string, cursor: number): number {
  const [next] = segmenter().segment(text.slice(cursor, cursor + longestGlyph));
  return cursor + (next?.segment.length ?? 0);
}

const longestGlyph = 64;

function lastLength(before: string): number {
  let length = 0;
  for (const { segment } of segmenter().segment(before.slice(-longestGlyph))) length = segment.length;
  return length;
}

function glyphOf(segment: string): Glyph {
  if (segment === "\t") return tab;
  const code = segment.codePointAt(0) ?? 0;
  if (code < 0x20) return { shown: String.fromCharCode(0x2400 + code), columns: 1, lengthUtf16: segment.length };
  if (code === 0x7f) return { shown: "\u2421", columns: 1, lengthUtf16: 1 };
  const columns = segment.length === 1 && code < 0x7f ? 1 : widthOf(segment);
  // What has no width of its own, a joiner or a direction mark, would be lost to the eye.
  return { shown: columns === 0 ? "\ufffd" : segment, columns: Math.max(1, columns), lengthUtf16: segment.length };
}

// Both are loaded by the first text that is not ASCII.
let segmenterOfGraphemes: Intl.Segmenter | undefined;
let stringWidth: ((text: string) => number) | undefined;

function segmenter(): Intl.Segmenter {
  segmenterOfGraphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenterOfGraphemes;
}

/** Columns of a text without control characters. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  stringWidth ??= (createRequire(import.meta.url)("string-width") as { default: (text: string) => number }).default;
  return stringWidth(text);
}

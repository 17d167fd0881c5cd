/** Text from data, made safe to stand in one line of a table: no character in it can move what stands around it. */
export function oneLine(text: string): string {
  // The test is cheap, and most text needs nothing.
  if (!unsafe.test(text)) return text.isWellFormed() ? text : text.toWellFormed();
  return text.toWellFormed().replace(unsafeAll, (character) => {
    if (character === "\n") return "↵";
    if (character === "\t") return "⇥";
    const code = character.codePointAt(0) as number;
    // Control characters have pictures of their own: ␀ ␛.
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "␡";
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

// C0 and C1 controls, line and paragraph separators, marks that change the direction of what follows, and invisible
// spaces. The joiner U+200D stays: it builds emoji.
const unsafeClass =
  "[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060\\u2066-\\u2069\\ufeff]";
const unsafe = new RegExp(unsafeClass);
const unsafeAll = new RegExp(unsafeClass, "g");

/** Text of several lines, made safe to print: no character in it is a command to the terminal. */
export const printable = (text: string): string => text.replace(/[^\n\t]+/g, oneLine);

export function isRightToLeft(text: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text);
}

/** Cuts text to at most `limit` user-perceived characters, with an ellipsis as the last of them. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Look at no more than could matter: a cell may hold megabytes.
  const head = text.slice(0, limit * 16);
  if (/^[\x20-\x7e]*$/.test(head)) return `${head.slice(0, limit - 1)}…`;
  // Made when needed: it takes tens of milliseconds.
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  const segments = [...graphemes.segment(head)];
  if (segments.length <= limit && head.length === text.length) return text;
  const kept = segments.slice(0, limit - 1).map(({ segment }) => segment);
  return `${kept.join("")}…`;
}

let graphemes: Intl.Segmenter | undefined;

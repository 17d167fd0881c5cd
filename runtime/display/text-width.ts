import stringWidth from "string-width";

/** The columns that text takes in a terminal. */
export const textWidth = (text: string): number => stringWidth(text);

/** Cuts text to at most so many columns of a terminal, with an ellipsis in the last of them. */
export function cutToWidth(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  if (columns <= 1) return "…".slice(0, Math.max(0, columns));
  return `${headOfWidth(text, columns - 1)}…`;
}

/** The longest beginning of text that takes no more than so many columns. */
function headOfWidth(text: string, columns: number): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.slice(0, columns);
  // Made when needed: it takes tens of milliseconds.
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  let end = 0;
  let width = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += textWidth(segment);
    if (width > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

let graphemes: Intl.Segmenter | undefined;

/**
 * Breaks one line of text at its spaces into lines of at most so many columns; a word that is longer is broken where it
 * has to be.
 */
export function wrapText(text: string, columns: number): string[] {
  if (textWidth(text) <= columns) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<= )(?=[^ ])/)) {
    if (textWidth((line + word).trimEnd()) <= columns) {
      line += word;
      continue;
    }
    // A word that fits no line begins on this one.
    if (textWidth(word.trimEnd()) > columns) line += word;
    else {
      if (line.trimEnd() !== "") lines.push(line.trimEnd());
      line = word;
    }
    while (textWidth(line.trimEnd()) > columns) {
      // At least one character, or there would be no end.
      const head = headOfWidth(line, columns) || ([...line][0] as string);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trimEnd() !== "") lines.push(line.trimEnd());
  return lines;
}

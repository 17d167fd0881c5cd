import { stripVTControlCharacters } from "node:util";
import { widthOf } from "./glyphs.ts";

/** The terminal as the region uses it. */
export type TerminalOutput = {
  write(text: string): unknown;
  readonly columns: number;
  readonly rows: number;
};

/** What stands below the output: rows as they are drawn, and where the cursor is in them. */
export type Picture = {
  readonly rows: readonly DrawnRow[];
  readonly cursor: { readonly row: number; readonly before: string };
};

export type DrawnRow = {
  readonly text: string;
  /** The terminal has come here by itself, since the row before is full. */
  readonly isContinuation: boolean;
};

/**
 * A terminal that shows what cells write and, below it, what is typed. Whatever writes to the terminal writes through it:
 * what is typed is taken away, the text is written where the output had ended, and what is typed is drawn again.
 */
export type Region = {
  /** Output of cells, above what is typed. */
  write(text: string): void;
  /** In the place of what was drawn before; nothing is drawn without a picture. */
  draw(picture: Picture | undefined): void;
  /** What is drawn becomes output, with the cursor in its last row; the next begins below it. */
  keep(): void;
  /** The terminal has another width: what is drawn has been wrapped anew by it, so that its cursor is in this row. */
  rewrapped(cursorRow: number): void;
  /** The next output begins at the left edge. */
  endLine(): void;
  clearScreen(): void;
};

const up = (rows: number) => (rows > 0 ? `\u001b[${rows}A` : "");
const toColumn = (column: number) => (column > 0 ? `\u001b[${column + 1}G` : "\r");
const clearBelow = "\u001b[J";
/**
 * From the start of a line on. Not in one piece: in the first row of the screen tmux would take it for clearing the
 * screen, and keep in its history what was there, which comes back when the window grows.
 */
const clearFromLine = `\u001b[K\u001b7\u001b[B${clearBelow}\u001b8`;
const cursorForward = RegExp(`${"\u001b"}\\[(\\d{0,4})C`, "g");

/** `redraw` is asked to draw again after output, once for all that comes together. */
export function createRegion(output: TerminalOutput, redraw: () => void): Region {
  /** The row of the cursor in what is drawn, from its first. */
  let cursorRow: number | undefined;
  /** Where the output ended: what it wrote in its last line. */
  let partialLine = "";
  let isRedrawDue = false;

  const outputColumn = () => {
    const spaced = partialLine.replace(cursorForward, (_, columns) => " ".repeat(columns || 1));
    const width = widthOf(stripVTControlCharacters(spaced).replace(/\p{Cc}/gu, ""));
    return width === 0 ? 0 : ((width - 1) % output.columns) + 1;
  };

  /** Takes away what is drawn; the cursor is then where the output ended. */
  const erase = (): string => {
    if (cursorRow === undefined) return "";
    const column = outputColumn();
    const erased = `${up(cursorRow)}\r${clearFromLine}${column > 0 ? up(1) + toColumn(column) : ""}`;
    cursorRow = undefined;
    return erased;
  };

  return {
    write(text) {
      const wasDrawn = cursorRow !== undefined;
      output.write(erase() + text);
      const lastBreak = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
      partialLine = lastBreak < 0 ? partialLine + text : text.slice(lastBreak + 1);
      if (!wasDrawn || isRedrawDue) return;
      isRedrawDue = true;
      setImmediate(() => {
        isRedrawDue = false;
        redraw();
      });
    },
    draw(picture) {
      const erased = erase();
      if (!picture) return void (erased !== "" && output.write(erased));
      const { rows, cursor } = picture;
      const lines = rows.map(({ text, isContinuation }, index) => (index === 0 || isContinuation ? "" : "\r\n") + text);
      // Behind a full row the terminal goes on in the next one only with the next character.
      const last = rows.at(-1);
      const forced = last?.isContinuation && last.text === "" ? " " : "";
      // The text before the cursor is written once more: so the cursor stands right whatever width the terminal gives to
      // its characters.
      const back = `${up(rows.length - 1 - cursor.row)}\r${cursor.before}`;
      output.write(`${erased}${outputColumn() > 0 ? "\r\n" : ""}${lines.join("")}${forced}${back}`);
      cursorRow = cursor.row;
    },
    keep() {
      if (cursorRow === undefined) return;
      output.write("\r\n");
      cursorRow = undefined;
      partialLine = "";
    },
    rewrapped(row) {
      if (cursorRow !== undefined) cursorRow = row;
    },
    endLine() {
      if (partialLine === "") return;
      output.write(`${erase()}${outputColumn() > 0 ? "\r\n" : ""}`);
      partialLine = "";
    },
    clearScreen() {
      cursorRow = undefined;
      partialLine = "";
      output.write(`\u001b[H${clearBelow}`);
    },
  };
}

import { cursorDown, cursorForward, cursorUp, eraseDown, eraseEndLine } from "ansi-escapes";
import { moved } from "./measure.ts";
import { asLines, writerTo } from "./output.ts";
import { fittedProgress } from "./progress.ts";
import { createRecent } from "./recent.ts";
import type { Output } from "./screen.ts";
import type { Block, Surface } from "./surface.ts";

/**
 * A terminal. What is updated is drawn again in place, with all that follows it, while it can still be on the screen;
 * else it is shown below. Bars of progress stand below everything: other output takes them away, and their next state
 * brings them back. Each event is one write.
 */
export function createTerminal(output: Output): Surface {
  const write = writerTo(output);
  const columns = () => output.columns ?? 80;
  const height = () => output.rows || 24;
  const recent = createRecent(height);
  const bars = new Map<string, string>();
  let drawn: { readonly text: string; readonly column: number } | undefined;
  let clearsNext = false;

  /**
   * Takes away the line of the cursor and `rows` above it. Not in one piece from the start: where that is the first of
   * the screen, tmux would take it for clearing the screen, and keep what was there in its history.
   */
  const erase = (rows: number) => {
    const above = Math.min(rows, height() - 1);
    if (above <= 0) return `\r${eraseEndLine}`;
    return `${cursorUp(above)}\r${eraseEndLine}${cursorDown(1)}${eraseDown}${cursorUp(1)}`;
  };

  const withoutBars = (): string => {
    if (!drawn) return "";
    const { text, column } = drawn;
    drawn = undefined;
    const rows = moved(text, columns(), column)?.rows;
    if (rows === undefined) return "\n";
    // The line that the program has begun stays.
    return column === 0 ? erase(rows) : `${cursorUp(rows)}\r${cursorForward(column)}${eraseDown}`;
  };

  const withBars = (): string => {
    const column = recent.inLine() ? recent.column(columns()) : 0;
    // At the end of a full row the cursor has a state that cannot be brought back.
    if (column === undefined || column === columns() || bars.size === 0) return "";
    const lines = [...bars.values()].slice(-(height() - 2)).map((text) => fittedProgress(text, columns()));
    const text = (column > 0 ? "\n" : "") + lines.join("\n");
    drawn = { text, column };
    return text;
  };

  const cleared = (): string => {
    if (recent.isEmpty()) return "";
    const rows = recent.rowsBelow(0, columns());
    const pictures = recent.eraseFrom(0);
    const keeps = recent.inLine() ? "\n" : "";
    recent.forget();
    return rows === undefined ? keeps : pictures + erase(rows);
  };

  /** What goes before anything new. */
  const before = (): string => {
    const text = withoutBars() + (clearsNext ? cleared() : "");
    clearsNext = false;
    return text;
  };

  const ended = (block: Block): Block => (block.picture ? block : { text: asLines(block.text) });

  const add = (given: Block, id?: string): string => {
    const block = ended(given);
    // Within a line there is no place for a block that may come to be more.
    if (block.text === "" && (id === undefined || recent.inLine())) return "";
    const lineEnd = recent.inLine() ? "\n" : "";
    recent.stream(lineEnd);
    recent.block(block, id);
    return lineEnd + block.text;
  };

  return {
    stream(text) {
      if (text === "") return;
      const first = before();
      recent.stream(text);
      write(first + text);
    },
    block: (block, id) => write(before() + add(block, id)),
    update(id, block) {
      const first = before();
      const index = recent.find(id);
      const rows = index === -1 ? undefined : recent.rowsBelow(index, columns());
      if (rows === undefined || rows >= height()) return write(first + add(block, id));
      const away = recent.eraseFrom(index) + erase(rows);
      recent.replace(index, ended(block));
      write(first + away + recent.textFrom(index));
    },
    progress(id, text) {
      bars.set(id, text);
      write(withoutBars() + withBars());
    },
    endProgress(id, text) {
      bars.delete(id);
      write(before() + add({ text }) + withBars());
    },
    clear(wait) {
      if (wait) clearsNext = true;
      else write(withoutBars() + cleared());
    },
    endCell() {
      write(withoutBars() + (recent.inLine() ? "\n" : ""));
      bars.clear();
      recent.forget();
    },
  };
}

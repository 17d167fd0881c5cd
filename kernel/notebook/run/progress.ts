import { stripVTControlCharacters, styleText } from "node:util";
import { widthOf } from "../../terminal/width.ts";
import type { Cell } from "../nbformat.ts";
import { durationText, wholeSecondsText } from "./duration.ts";

/** What a person, or a log, is told about the cells of a run. */
export type Progress = {
  /** The cell `number` of all that are run, counted from 1: its execution count. */
  begin(number: number, cell: Cell): void;
  end(outcome: string): void;
  /** Output of the cell goes through here: it is written above the line that is updated in place. */
  write(text: string): void;
  /** A sentence of its own. */
  say(sentence: string): void;
};

export type Terminal = {
  write(text: string): unknown;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly isTTY?: boolean | undefined;
};

/** A cell that runs for so long is named in a log before its end, so that one which hangs can be found. */
const namedAfterMs = 5000;
const redrawMs = 1000;
const clearLine = "\r\u001b[2K";

/**
 * On a terminal the line of the running cell stands below its output, with the time, and is replaced by one that stays
 * when the cell has ended. In a log each cell is one line at its end; one that prints is named above what it prints.
 */
export function createProgress(terminal: Terminal, total: number, colors: boolean): Progress {
  return terminal.isTTY ? onTerminal(terminal, total, colors) : inLog(terminal, total);
}

function onTerminal(terminal: Terminal, total: number, colors: boolean): Progress {
  const dim = (text: string) => (colors ? styleText("gray", text, { validateStream: false }) : text);
  let title = "";
  let startedAtMs = 0;
  let isAtLineStart = true;
  let isDrawn = false;
  let timer: NodeJS.Timeout | undefined;

  const elapsedMs = () => performance.now() - startedAtMs;
  const erase = () => {
    if (isDrawn) terminal.write(clearLine);
    isDrawn = false;
  };
  const draw = () => {
    // In the middle of a line that the cell is printing there is no room.
    if (title === "" || !isAtLineStart) return;
    const time = elapsedMs() < redrawMs ? "" : `  ${wholeSecondsText(elapsedMs())}`;
    terminal.write(`${isDrawn ? clearLine : ""}${dim(fit(title, time, terminal.columns))}`);
    isDrawn = true;
  };
  const write = (text: string) => {
    if (text === "") return;
    erase();
    terminal.write(text);
    // Colours may follow the end of the line.
    isAtLineStart = stripVTControlCharacters(text.slice(-100)).endsWith("\n");
    draw();
  };

  return {
    begin(number, cell) {
      title = titleOf(number, total, cell);
      startedAtMs = performance.now();
      draw();
      timer = setInterval(draw, redrawMs).unref();
    },
    end(outcome) {
      clearInterval(timer);
      erase();
      const time = `  ${outcome}${durationText(elapsedMs())}`;
      // The screen has come to the start of a line.
      terminal.write(`${dim(fit(title, time, terminal.columns))}\n`);
      isAtLineStart = true;
      title = "";
    },
    write,
    say: (sentence) => write(`${isAtLineStart ? "" : "\n"}${sentence}\n`),
  };
}

function inLog(terminal: Terminal, total: number): Progress {
  let title = "";
  let startedAtMs = 0;
  let isNamed = false;
  let isAtLineStart = true;
  let timer: NodeJS.Timeout | undefined;

  const lineStart = () => (isAtLineStart ? "" : "\n");
  const line = (text: string) => {
    terminal.write(`${lineStart()}${text}\n`);
    isAtLineStart = true;
  };
  const name = () => {
    if (title !== "" && !isNamed) line(title);
    isNamed = true;
  };

  return {
    begin(number, cell) {
      title = titleOf(number, total, cell);
      startedAtMs = performance.now();
      isNamed = false;
      timer = setTimeout(name, namedAfterMs).unref();
    },
    end(outcome) {
      clearTimeout(timer);
      const [counter = ""] = title.split(" ", 1);
      line(`${isNamed ? `${counter} ` : `${title}  `}${outcome}${durationText(performance.now() - startedAtMs)}`);
      title = "";
    },
    write(text) {
      if (text === "") return;
      name();
      terminal.write(text);
      isAtLineStart = text.endsWith("\n");
    },
    say: line,
  };
}

const longestTitle = 100;

/** "[3/12] const late = flights.filter(f => f.delay.gt(0))" */
function titleOf(number: number, total: number, { source }: Cell): string {
  const first = source.split("\n").find((line) => line.trim() !== "") ?? "";
  // What a terminal would take for a command of its own has no place in a title.
  const shown = first.trim().replaceAll(/\p{Cc}/gu, " ");
  const counter = `[${number}/${total}]`;
  return `${counter} ${[...shown].length > longestTitle ? `${[...shown].slice(0, longestTitle - 1).join("")}…` : shown}`;
}

/** The title is cut so that both stand on one line, or updating in place would leave lines behind. */
function fit(title: string, time: string, columns = 80): string {
  const room = columns - 1 - widthOf(time);
  if (widthOf(title) <= room) return title + time;
  let cut = "";
  let width = 1;
  for (const { segment } of graphemes.segment(title)) {
    width += widthOf(segment);
    if (width > room) break;
    cut += segment;
  }
  return `${cut}…${time}`;
}

const graphemes = new Intl.Segmenter();

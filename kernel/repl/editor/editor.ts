import type { WriteStream } from "node:tty";
import { completed, listing } from "./completing.ts";
import { createEntries, type Entries } from "./entries.ts";
import { glyphAfter, glyphBefore } from "./glyphs.ts";
import { lineEnd, lineStart, placeAbove, placeBelow } from "./lines.ts";
import type { Listener, Mode } from "./listener.ts";
import { chordOf, type Key, Readline, type ReadlineOptions } from "./readline.ts";
import { createRegion, type Region, type TerminalOutput } from "./region.ts";
import { createSearch, type Search } from "./search.ts";
import { pictureOf, type View } from "./view.ts";

export type EditorOptions = {
  readonly input: ReadlineOptions["input"];
  readonly output: WriteStream;
  readonly colors: boolean;
};

type Bindings = { readonly [chord: string]: (key: Key) => unknown };

const pasteBegins = "\u001b[?2004h";
const pasteEnds = "\u001b[?2004l";

/**
 * What is typed, below what cells write: node:readline's editor for texts of many lines. Whatever else writes to the
 * terminal has to write through `region`.
 */
export class LineEditor extends Readline {
  readonly region: Region;
  readonly entries: Entries = createEntries();
  /** Drawn above what is typed: what waits to be run. */
  above: readonly string[] = [];
  readonly #output: TerminalOutput;
  readonly #listener: Listener;
  readonly #colors: boolean;
  #mode: Mode;
  #below: readonly string[] = [];
  #search: Search | undefined;
  #paste: string[] | undefined;
  #wasHinted = false;
  #isQuiet = false;
  #lastKey = "";

  constructor({ input, output, colors }: EditorOptions, mode: Mode, listener: Listener) {
    super({ input, output, terminal: true });
    this.#output = sized(output);
    this.#colors = colors;
    this.#mode = mode;
    this.#listener = listener;
    this.region = createRegion(this.#output, () => this._refreshLine());
    this.on("SIGCONT", () => {
      output.write(pasteBegins);
      this.resume();
    });
    this.on("close", () => output.write(pasteEnds));
    this.#hearUnmarkedPastes(input);
    // It listens to resizes itself, and draws then: ours has to come first.
    output.prependListener("resize", () => this.region.rewrapped(this.#picture()?.cursor.row ?? 0));
    output.write(pasteBegins);
    this._refreshLine();
  }

  get mode(): Mode {
    return this.#mode;
  }

  set mode(mode: Mode) {
    this.#mode = mode;
    this._refreshLine();
  }

  /** Puts another text into the editor. */
  replace(text: string, cursor: number = text.length): void {
    this.line = text;
    this.cursor = cursor;
    this._refreshLine();
  }

  /** Says something below what is typed, until the next key. */
  hint(...lines: string[]): void {
    this.#below = lines;
    this._refreshLine();
  }

  /** What is typed becomes output, and the editor is empty. */
  commit(): string {
    const code = this.line;
    this.#below = [];
    this.#search = undefined;
    this.cursor = code.length;
    this.region.draw(this.#picture(Number.POSITIVE_INFINITY));
    this.region.keep();
    this.#quietly(() => this._line());
    return code;
  }

  /** The editor is gone, and what was typed stays to be seen. */
  end(): void {
    if (this.closed) return;
    this.commit();
    this.close();
  }

  override _ttyWrite(text: string | undefined, key: Key = {}): void {
    if (this.closed) return;
    if (key.name === "paste-start") {
      this.#endSearch();
      this.#paste = [];
    } else if (key.name === "paste-end") {
      const pasted = this.#paste?.join("").replace(/\r\n?/g, "\n") ?? "";
      this.#paste = undefined;
      this.#press(() => this._insertString(pasted.replace(/\n$/, "")), "paste");
    } else if (this.#paste) {
      this.#paste.push(key.sequence ?? text ?? "");
    } else if (!this.#pressInSearch(text, key)) {
      this.#press(() => this.#act(text, key), chordOf(key));
    }
  }

  /** Node makes keys of a chunk between these two listeners. */
  #hearUnmarkedPastes(input: ReadlineOptions["input"]): void {
    let isPasted = false;
    const before = (chunk: Buffer | string) => {
      isPasted = !this.#paste && !this.#search && this.#mode.kind === "code" && isUnmarkedPaste(String(chunk));
      if (isPasted) this.#paste = [];
    };
    const after = (chunk: Buffer | string) => {
      if (!isPasted) return;
      isPasted = false;
      this._ttyWrite(undefined, { name: "paste-end" });
      // Nobody but the text itself says that it is to be run.
      if (/[\r\n]$/.test(String(chunk))) this._ttyWrite("\r", { name: "return", sequence: "\r" });
    };
    input.prependListener("data", before);
    input.on("data", after);
    this.on("close", () => input.off("data", before).off("data", after));
  }

  #press(act: () => void, chord: string): void {
    this.#wasHinted = this.#below.length > 0;
    this.#below = [];
    if (this.#wasHinted) this._refreshLine();
    act();
    this.#lastKey = chord;
  }

  #pressInSearch(text: string | undefined, key: Key): boolean {
    const search = this.#search;
    if (!search) return false;
    if (search.press(text, key)) {
      this._refreshLine();
      return true;
    }
    const isGivenUp = ["escape", "ctrl-c", "ctrl-g"].includes(chordOf(key));
    if (isGivenUp) this.#search = undefined;
    else this.#endSearch();
    this._refreshLine();
    return isGivenUp;
  }

  /** What has been found is what is edited. */
  #endSearch(): void {
    const search = this.#search;
    this.#search = undefined;
    if (search) this.replace(search.text, search.cursor);
  }

  #act(text: string | undefined, key: Key): void {
    const { kind } = this.#mode;
    const chord = chordOf(key);
    const bound = this.#keys[chord] ?? (kind === "code" ? this.#codeKeys[chord] : undefined);
    // The kill ring would give a secret back.
    if (kind === "secret" && /^ctrl-[ukwy]$/.test(chord)) this.replace("");
    else if (bound) bound(key);
    else super._ttyWrite(text, key);
  }

  readonly #keys: Bindings = {
    return: () => this.#enter(),
    enter: () => this.#lastKey !== "return" && this.#enter(),
    "meta-return": () => this._insertString("\n"),
    "ctrl-c": () => this.#interrupt(),
    "ctrl-d": () => (this.line === "" ? this.#listener.leave() : this._deleteRight()),
    "ctrl-l": () => {
      this.region.clearScreen();
      this._refreshLine();
    },
    "ctrl-z": (key) => {
      this.#output.write(pasteEnds);
      super._ttyWrite(undefined, key);
    },
    up: () => this.#moveTo(placeAbove(this.line, this.cursor), () => this._historyPrev()),
    down: () => this.#moveTo(placeBelow(this.line, this.cursor), () => this._historyNext()),
    left: () => this.#moveTo(glyphBefore(this.line, this.cursor)),
    right: () => this.#moveTo(glyphAfter(this.line, this.cursor)),
    home: () => this.#moveTo(lineStart(this.line, this.cursor)),
    end: () => this.#moveTo(lineEnd(this.line, this.cursor)),
    "ctrl-a": () => this.#moveTo(lineStart(this.line, this.cursor)),
    "ctrl-e": () => this.#moveTo(lineEnd(this.line, this.cursor)),
  };

  readonly #codeKeys: Bindings = {
    tab: () => this.#complete(),
    "ctrl-r": (key) => this.#beginSearch(key),
    "ctrl-s": (key) => this.#beginSearch(key),
    "}": () => this.#insertClosing("}"),
    "]": () => this.#insertClosing("]"),
    ")": () => this.#insertClosing(")"),
  };

  #beginSearch(key: Key): void {
    this.#search = createSearch(this.entries, this.line, key);
    this._refreshLine();
  }

  #interrupt(): void {
    const wasEmpty = this.line === "";
    // While a cell runs, it is what is meant, and what is typed ahead stays.
    if (!this.#mode.hidesEmpty && !wasEmpty && this.#mode.kind === "code") this.commit();
    this.entries.rest();
    this.#listener.interrupt(wasEmpty, this.#wasHinted && this.#lastKey === "ctrl-c");
    this._refreshLine();
  }

  #enter(): void {
    const next = this.#mode.kind === "code" ? this.#listener.enter(this.line, this.cursor) : "submit";
    if (next === "submit") this.#listener.submit(this.line);
    else this._insertString(`\n${next.indent}`);
  }

  /** Where only an indent stands before it, it stands below what it closes. */
  #insertClosing(bracket: string): void {
    const before = this.line.slice(lineStart(this.line, this.cursor), this.cursor);
    if (/^ {2,}$/.test(before)) for (const _ of "  ") this.#quietly(() => super._deleteLeft());
    this._insertString(bracket);
  }

  async #complete(): Promise<void> {
    const { line, cursor } = this;
    if (/(^|\n)[ \t]*$/.test(line.slice(0, cursor))) {
      this._insertString("  ");
      return;
    }
    const isSecond = this.#lastKey === "tab";
    const completions = await this.#listener.complete(line, cursor);
    // Typed on meanwhile.
    if (this.closed || this.line !== line || this.cursor !== cursor) return;
    const text = completed(line, completions);
    if (text !== undefined) {
      const { startUtf16, endUtf16 } = completions;
      this._moveCursor(endUtf16 - cursor);
      while (this.cursor > startUtf16) this.#quietly(() => super._deleteLeft());
      this._insertString(text);
    } else if (isSecond) {
      this.hint(...listing(completions.matches, this.#output.columns, Math.floor(this.#output.rows / 2)));
    }
  }

  #moveTo(place: number | undefined, otherwise = () => {}): void {
    if (place === undefined) otherwise();
    else this._moveCursor(place - this.cursor);
  }

  override _historyPrev(): void {
    if (this.#mode.kind !== "code") return;
    const older = this.entries.older(this.line);
    if (older !== undefined) this.replace(older);
  }

  override _historyNext(): void {
    if (this.#mode.kind !== "code") return;
    const newer = this.entries.newer(this.line);
    if (newer !== undefined) this.replace(newer);
  }

  override _moveCursor(by: number): void {
    this.cursor = Math.min(Math.max(0, this.cursor + by), this.line.length);
    this._refreshLine();
  }

  override _insertString(text: string): void {
    this.#quietly(() => super._insertString(text));
    this._refreshLine();
  }

  /** Node's deletes one code point. */
  override _deleteLeft(): void {
    const start = glyphBefore(this.line, this.cursor);
    while (this.cursor > start) this.#quietly(() => super._deleteLeft());
    this._refreshLine();
  }

  override _deleteRight(): void {
    const rest = this.line.length - glyphAfter(this.line, this.cursor);
    while (this.line.length > rest && this.cursor < this.line.length) this.#quietly(() => super._deleteRight());
    this._refreshLine();
  }

  /** What Node's `_line` asks at the end of a text: there is no history of Node's. */
  override _addHistory(): string {
    return this.line;
  }

  override _onLine(): void {}

  /** Node's would draw by its own idea of what stands on the screen. */
  #quietly(edit: () => void): void {
    this.#isQuiet = true;
    edit();
    this.#isQuiet = false;
  }

  override _writeToOutput(): void {}

  override _refreshLine(): void {
    if (!this.#isQuiet && !this.closed) this.region.draw(this.#picture());
  }

  #picture(height: number = this.#output.rows) {
    if (this.#mode.hidesEmpty && this.line === "" && this.above.length === 0 && this.#below.length === 0)
      return undefined;
    const search = this.#search;
    const view: View = {
      ...this.#mode,
      ...(search ? { prompts: { first: search.label, next: "" }, kind: "code" } : {}),
      text: search?.text ?? this.line,
      cursor: search?.cursor ?? this.cursor,
      above: this.above,
      below: this.#below,
      colors: this.#colors,
    };
    return pictureOf(view, this.#output.columns, height);
  }
}

/**
 * Lines that come in one piece were not typed, but pasted by what does not mark it (an old terminal, tmux paste-buffer).
 * Keys come one by one; a machine that is busy may see an Enter together with what is beside it, so it takes three lines,
 * or an indented second one. Keys that are no text are never pasted.
 */
const isUnmarkedPaste = (text: string): boolean =>
  /^[^\r\n]+[\r\n]+([ \t]|[^\r\n]+[\r\n]+[^\r\n])/.test(text) && !/[^\P{Cc}\t\r\n]/u.test(text);

/** A terminal that does not know its size says 0. */
const sized = (output: WriteStream): TerminalOutput => ({
  write: (text) => output.write(text),
  get columns() {
    return output.columns || 80;
  },
  get rows() {
    return output.rows || 24;
  },
});

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, resolve } from "node:path";
import type { Cells } from "./cells.ts";

/** What a command of the REPL works on. */
export type CommandContext = {
  readonly cells: Cells;
  /** Shows a text to the user. */
  say(text: string): void;
  /** Runs cells in order until one fails. */
  runAll(codes: readonly string[]): Promise<void>;
  clearScreen(): void;
  leave(): void;
  /** The files that this session has written. */
  readonly saved: Set<string>;
};

type Command = {
  readonly argument?: string;
  readonly summary: string;
  readonly run: (argument: string, context: CommandContext) => Promise<void> | void;
};

export const commands: { readonly [name: string]: Command } = {
  help: { summary: "what can be typed here", run: (_, { say }) => say(helpText()) },
  load: { argument: "FILE", summary: "run the cells of a script or a notebook (.ts, .ipynb)", run: load },
  save: {
    argument: "FILE",
    summary: "write this session's cells into a notebook (.ipynb) or a script (.ts)",
    run: save,
  },
  clear: { summary: "clear the screen", run: (_, { clearScreen }) => clearScreen() },
  exit: { summary: "leave", run: (_, { leave }) => leave() },
};

export type Wanted = { readonly name: string; readonly argument: string };

/** The command that a line is, known or not; undefined for code. */
export function commandIn(line: string): Wanted | undefined {
  const match = /^\s*\.([A-Za-z]\w*)(?:[ \t]+([^\n]*))?$/.exec(line.trimEnd());
  return match ? { name: match[1] as string, argument: (match[2] ?? "").trim() } : undefined;
}

/** Throws an Error with a sentence for the user. */
export async function runCommand({ name, argument }: Wanted, context: CommandContext): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(await unknown(name));
  await command.run(argument, context);
}

async function unknown(name: string): Promise<string> {
  const { closest, distance } = await import("fastest-levenshtein");
  const nearest = closest(name, Object.keys(commands));
  const suggestion =
    distance(name, nearest) <= Math.min(2, Math.ceil(name.length / 2)) ? ` Did you mean ".${nearest}"?` : "";
  return `There is no command ".${name}".${suggestion} ".help" lists them.`;
}

async function load(argument: string, { runAll }: CommandContext): Promise<void> {
  const path = pathIn(argument, "load", "job.ts");
  const { cellsOfFile } = await import("./source.ts");
  await runAll(cellsOfFile(path));
}

async function save(argument: string, { cells, say, saved }: CommandContext): Promise<void> {
  const [, force, file = ""] = /^(--force(?:\s+|$))?(.*)$/s.exec(argument) ?? [];
  const path = pathIn(file, "save", "work.ipynb");
  const notebook = cells.notebook();
  const { length } = notebook.cells;
  if (length === 0) return say("There are no cells yet: nothing is saved.");
  // Work of hours may be in it, and a name is quickly typed.
  if (!force && !saved.has(path) && existsSync(path)) {
    throw new Error(`${path} exists already, and is not of this session: .save --force ${file} replaces it.`);
  }
  const { writeNotebook } = await import("../notebook/write.ts");
  await writeNotebook(path, notebook);
  saved.add(path);
  say(`Saved ${length} ${length === 1 ? "cell" : "cells"} to ${path}`);
}

/** As it may be typed: in quotes, with ~ for the home folder. */
function pathIn(argument: string, command: string, example: string): string {
  const path = argument.replace(/^(["'])(.*)\1$/, "$2").replace(/^~(?=$|[\\/])/, homedir());
  if (path === "" || basename(path) === "") throw new Error(`.${command} needs a file: .${command} ${example}`);
  return resolve(path);
}

function helpText(): string {
  const lines = Object.entries(commands).map(([name, { argument = "", summary }]) =>
    `  ${`.${name} ${argument}`.padEnd(14)}${summary}`.trimEnd(),
  );
  return `${lines.join("\n")}
  ${"name?".padEnd(14)}what a name stands for

  Enter runs what is complete, and else begins another line; Alt-Enter always does the latter.
  Tab completes. Up, Down and Ctrl-R find earlier cells, of the notebooks too.
  Ctrl-C ends the running cell, or clears what is typed. Ctrl-D leaves.`;
}

import { type Magic, readMagics } from "../../syntax/magics.ts";
import { CellSyntaxError, parse } from "../../syntax/parse.ts";
import { storedName } from "../names.ts";
import type { Run } from "../run.ts";
import type { Written } from "../source-map.ts";
import { runShell } from "./shell.ts";
import { cellMagics, lineMagics } from "./table.ts";
import { startTiming } from "./time.ts";
import { unknownMagic } from "./unknown.ts";
import { writeCalls } from "./write-calls.ts";

/** A cell with magics, ready to be run. */
export type PreparedMagics = {
  readonly written: Written;
  readonly helpers: MagicHelpers;
  /** To be called when the cell's value has been shown. */
  readonly shown: () => void;
};

/** What the code of a cell calls where its magics stood; see write-calls.ts. */
export type MagicHelpers = {
  readonly magic: (index: number) => Promise<unknown>;
  readonly begin: (index: number) => void;
  readonly end: <T>(index: number, value?: T) => T | undefined;
};

/** Undefined for a cell that has none after all. A magic that is none is a CellSyntaxError, before anything runs. */
export function prepareMagics(code: string, run: Run, helpers: string): PreparedMagics | undefined {
  const cell = readMagics(code, isName);
  if (cell.magics.length === 0) return undefined;
  for (const magic of cell.magics) check(magic);
  // Without the calls, so that a mistake is at its place.
  const program = parse(cell.code, "ts");
  const [first] = cell.magics;
  const isTimed = first?.kind === "cell" && first.name === "time";
  const timings = new Map<number, (value?: unknown) => void>();
  const whole = isTimed ? startTiming(run) : () => {};
  return {
    written: writeCalls(cell, program, helpers),
    helpers: {
      async magic(index) {
        const { life } = run;
        const value = await call(cell.magics[index] as Magic, code, run);
        // Nothing goes on behind what was interrupted.
        return life.stopped ? new Promise<never>(() => {}) : value;
      },
      begin: (index) => void timings.set(index, startTiming(run)),
      end(index, value) {
        timings.get(index)?.(value);
        return value;
      },
    },
    shown: whole,
  };
}

const isName = (name: string): boolean => Object.hasOwn(globalThis, storedName(name)) || name in globalThis;

function check({ kind, name, start, end }: Magic): void {
  const signs = kind === "line" ? "%" : "%%";
  const isKnown = kind === "shell" || Object.hasOwn(kind === "line" ? lineMagics : cellMagics, name);
  if (isKnown && kind !== "misplaced") return;
  const message = isKnown
    ? `%%${name} takes the whole cell: it is to be the cell's first line`
    : unknownMagic(signs + name, lineMagics, cellMagics);
  throw new CellSyntaxError(message, start, kind === "cell" ? start + signs.length + name.length : end);
}

function call({ kind, name, argument, body }: Magic, code: string, run: Run): unknown {
  if (kind === "shell") return runShell(run, argument);
  const common = { run, body, bodyStart: code.length - body.length };
  if (argument === "?") return lineMagics.help?.run({ ...common, argument: name });
  return (kind === "cell" ? cellMagics : lineMagics)[name]?.run({ ...common, argument });
}

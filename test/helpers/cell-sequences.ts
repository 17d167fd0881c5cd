import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import type { Session } from "../../kernel/session/supervisor.ts";
import { openSession } from "../../kernel/types/checked-session.ts";
import type { RunOutcome } from "../../runtime/session/protocol.ts";
import { tempFolder } from "./temp-folder.ts";
import "./patience.ts";

/**
 * A cell and all that it shows, in order: what it prints, its result as text, its error. Without, it must end well, whatever it
 * shows. An error of the check is written `line:column TS2339 message`, without number where it is Quern's own; one of the run as
 * `Name: message`. In an expectation, `…` stands for any text. Cells with the same id are one, edited.
 */
export type Step = readonly [code: string, shows?: string, cellId?: string];
export type Sequences = { readonly [title: string]: readonly Step[] };

const entry = join(import.meta.dirname, "../../runtime/session/main.ts");

/** A test for each sequence of cells. They share a session, which is reset before each; `files` are there for all. */
export function sequences(group: string, rows: Sequences, files: { readonly [name: string]: string } = {}): void {
  describe(group, () => {
    let cells: CheckedCells;
    before(() => {
      cells = checkedCells(files);
    });
    after(() => cells[Symbol.asyncDispose]());
    for (const [title, steps] of Object.entries(rows)) {
      test(title, { timeout: 180_000 }, async () => {
        await cells.reset();
        for (const [index, [code, expected, cellId]] of steps.entries()) {
          const { shown, status } = await cells.run(code, undefined, cellId);
          if (expected !== undefined) assertShows(shown, expected, index + 1);
          else assert.equal(status, "ok", `cell [${index + 1}] ${shown}`);
        }
      });
    }
  });
}

function assertShows(shown: string, expected: string, cell: number): void {
  const parts = expected.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!new RegExp(`^${parts.join("[^]*")}$`).test(shown)) assert.equal(shown, expected, `cell [${cell}]`);
}

/** A session whose cells are checked, as front ends have it. */
export type CheckedCells = AsyncDisposable & {
  readonly session: Session;
  /** `whenHeard` is called when the cell shows something first. */
  run(
    code: string,
    whenHeard?: () => void,
    cellId?: string,
  ): Promise<{ readonly shown: string; readonly status: RunOutcome["status"] }>;
  /** No names, cells are counted from 1, and the mode is "error". */
  reset(): Promise<void>;
};

export function checkedCells(files: { readonly [name: string]: string } = {}): CheckedCells {
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder.path, dirname(name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
  let shown = "";
  let heard = () => {};
  let runs = 0;
  let executionCount = 0;
  const session = openSession(
    { entry, execPath: process.execPath, env: process.env, cwd: folder.path, log: () => {} },
    (event) => {
      if (event.type === "stream") shown += event.text;
      if ((event.type === "result" || event.type === "display") && !isProgress(event))
        shown += `${event.data["text/plain"]}\n`;
      heard();
    },
  );
  session.start();
  const run: CheckedCells["run"] = async (code, whenHeard = () => {}, cellId) => {
    shown = "";
    heard = () => {
      heard = () => {};
      whenHeard();
    };
    executionCount += 1;
    runs += 1;
    const outcome = await session.run({
      run: runs,
      executionCount,
      code,
      ...(cellId !== undefined && { cellId }),
      silent: false,
      allowStdin: false,
      userExpressions: {},
    });
    const all = [shown, ...(outcome.status === "error" ? [errorText(outcome)] : [])].filter((text) => text !== "");
    return { shown: stripVTControlCharacters(all.join("")).trimEnd(), status: outcome.status };
  };
  return {
    session,
    run,
    async reset() {
      await run("%reset\n%check error");
      executionCount = 0;
    },
    async [Symbol.asyncDispose]() {
      await session.stop();
      folder[Symbol.dispose]();
    },
  };
}

/** The bar of an action that takes its time, as any may on a busy machine. */
const isProgress = (event: object): boolean =>
  "displayId" in event && `${event.displayId}`.startsWith("quern-progress-");

function errorText({ ename, evalue, traceback }: Extract<RunOutcome, { status: "error" }>): string {
  if (ename !== "TypeCheckError") return `${ename}: ${evalue}`;
  const text = stripVTControlCharacters(traceback.join("\n"));
  const problems = text.matchAll(/^TypeCheckError: (.*?)(?: \(TS(\d+)\))?\n {4}at cell \[\d+\]:(\d+:\d+)$/gms);
  const more = /^and \d+ more$/m.exec(text) ?? [];
  return [
    ...Array.from(problems, ([, message, code, at]) => `${at} ${code ? `TS${code} ` : ""}${message}`),
    ...more,
  ].join("\n");
}

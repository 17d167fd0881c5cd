import type { Diagnostic } from "vscode-languageserver-protocol";
import { CellSyntaxError } from "../../runtime/syntax/parse.ts";
import { type CellModule, cellModule } from "./cell-module.ts";
import { type CellFacts, factsOf } from "./facts.ts";
import type { Position } from "./lines.ts";
import { createLiveNames } from "./live-names.ts";
import type { CheckMode } from "./policy.ts";
import type { Problem } from "./problem.ts";
import { problemsOf } from "./problems.ts";
import { openWorkspace } from "./workspace.ts";

/** What is known of the types of a session's cells. */
export type Types = {
  mode: CheckMode;
  /** Starts the language server, so that it is warm when the first cell comes. */
  start(): void;
  /** What is wrong with a cell, before it runs. */
  check(code: string): Promise<Checked>;
  /** The cell has run: what follows sees its declarations. */
  ran(
    run: { readonly run: number; readonly executionCount: number },
    cell: Checked,
    outcome: "ok" | "failed",
    isLive: (name: string) => boolean,
  ): void;
  /** What the session says of its variables. */
  learn(frames: { readonly [name: string]: string | null }, extra: readonly string[]): void;
  /** The session has ended, and with it all names. */
  forget(): void;
  stop(): void;
};

export type Checked = {
  readonly problems: readonly Problem[];
  /** Why the cell was not checked. */
  readonly unchecked?: string;
  readonly module?: CellModule;
};

const nothing: Checked = { problems: [] };

/** A cell waits for its check no longer than this, and while the server starts no longer than that. */
const patienceMs = 3000;
const patienceAtStartMs = 10_000;

export function openTypes(folder: string, mode: CheckMode, log: (line: string) => void): Types {
  const workspace = openWorkspace(folder, log);
  const live = createLiveNames();
  let isWarm = false;
  /** Cells are checked one after the other, in one document. */
  let last: Promise<unknown> = Promise.resolve();

  const diagnose = async (module: CellModule): Promise<readonly Diagnostic[]> => {
    const server = await workspace.server();
    workspace.put(workspace.check, module.text);
    const found = await server.diagnostics(workspace.check);
    isWarm = true;
    return found;
  };

  const completionsAt = async (position: Position) => {
    const server = await workspace.server();
    return (await server.completions(workspace.check, position)).map(({ label }) => label);
  };

  const checkNow = async (facts: CellFacts, code: string): Promise<Checked> => {
    const module = cellModule(code, facts, live);
    const found = await within(isWarm ? patienceMs : patienceAtStartMs, diagnose(module));
    if ("problem" in found) return { problems: [], module, unchecked: found.problem };
    return { module, problems: await problemsOf(found.value, { module, code, mode: types.mode, live }, completionsAt) };
  };

  const types: Types = {
    mode,
    start() {
      if (types.mode === "off") return;
      workspace
        .server()
        .then((server) => server.diagnostics(workspace.check))
        .then(() => {
          isWarm = true;
        })
        .catch(() => {});
    },
    async check(code) {
      if (types.mode === "off") return nothing;
      let facts: CellFacts;
      try {
        facts = factsOf(code);
      } catch (error) {
        // The session tells it, with the place.
        if (error instanceof CellSyntaxError) return nothing;
        throw error;
      }
      const checking = last.then(() => checkNow(facts, code));
      last = checking.catch(() => {});
      return checking;
    },
    ran({ run, executionCount }, { module }, outcome, isLive) {
      if (module === undefined) return;
      const { facts } = module;
      if (facts.values.size === 0 && facts.types.size === 0) return;
      const { uri, specifier } = workspace.moduleOf(run);
      workspace.put(uri, module.text);
      live.declare({ module: specifier, cell: `cell [${executionCount}]` }, facts, outcome, isLive);
    },
    learn: live.learn,
    forget() {
      live.clear();
      workspace.clear();
    },
    stop: workspace.stop,
  };
  return types;
}

async function within<T>(ms: number, work: Promise<T>): Promise<{ readonly value: T } | { readonly problem: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ problem: string }>((resolve) => {
    timer = setTimeout(() => resolve({ problem: `the language server has not answered within ${ms / 1000} s` }), ms);
  });
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } catch (error) {
    return { problem: `the language server failed: ${(error as Error).message}` };
  } finally {
    clearTimeout(timer);
  }
}

import { constants, Script } from "node:vm";
import { InterruptedError } from "../errors.ts";
import { mayHaveMagics } from "../syntax/magics.ts";
import { CellSyntaxError } from "../syntax/parse.ts";
import { lazy } from "../turns.ts";
import { cellHelpers } from "./cell-helpers.ts";
import { receiveComm } from "./comm.ts";
import { toBundle } from "./display.ts";
import { DisplayHandle } from "./display-api.ts";
import { interruptedError, toCellError, toSyntaxError } from "./errors.ts";
import { helpAsked, pageHelp } from "./help.ts";
import { isInterrupted } from "./interrupt.ts";
import { jsonText } from "./json-value.ts";
import type { PreparedMagics } from "./magics/prepare.ts";
import { cellModules } from "./modules.ts";
import { declareNames, hiddenNamesWith } from "./names.ts";
import { sendRendered } from "./output.ts";
import { giveBackNames } from "./preloaded.ts";
import type { CellError, ExpressionOutcome } from "./protocol.ts";
import { keepResult } from "./results.ts";
import { type Run, untilIdle } from "./run.ts";
import { type CellMap, offsetAt } from "./source-map.ts";
import { registerScript, scriptName } from "./stack.ts";
import { untracked } from "./timers.ts";
import { helpers as helpersName, type Transpiled, transpile } from "./transpile.ts";

export type CellOutcome =
  | { readonly status: "ok"; readonly userExpressions: { readonly [name: string]: ExpressionOutcome } }
  | ({ readonly status: "error"; readonly interrupted: boolean } & CellError);

/** One cell, from its text to its displayed value. Called in the async context of its run. */
export async function runCell(run: Run): Promise<CellOutcome> {
  const { code, run: id, executionCount, cellId, comm } = run.request;
  try {
    if (comm) {
      await inTurnOfItsOwn(() => receiveComm(comm));
      await untilIdle(run);
      return { status: "ok", userExpressions: {} };
    }
    const asked = helpAsked(code);
    const text = asked ? asked.before : code;
    const prepared = mayHaveMagics(text) ? (await magics()).prepareMagics(text, run, helpersName) : undefined;
    const { value, shows } = await evaluate(text, scriptName(id), run, prepared, cellId);
    if (asked) pageHelp(run, asked);
    else if (shows && !run.ended && !isInterrupted(id)) await showResult(run, value);
    await untilIdle(run);
    prepared?.shown();
    return { status: "ok", userExpressions: await evaluateExpressions(run) };
  } catch (error) {
    await untilIdle(run);
    // A prompt, or a query, that was interrupted before the run itself was.
    if (error instanceof InterruptedError) {
      return { status: "error", interrupted: true, ...interruptedError(undefined, run.awaiting) };
    }
    return { status: "error", interrupted: false, ...describe(error, code, executionCount) };
  }
}

/** For what was interrupted before it began. */
const never = new Promise<never>(() => {});

// Few cells have any.
const magics = lazy(() => import("./magics/prepare.ts"));

type Evaluated = { readonly value: unknown; readonly shows: boolean };

async function evaluate(
  code: string,
  name: string,
  run: Run,
  prepared?: PreparedMagics,
  cellId?: string,
): Promise<Evaluated> {
  const cell = await transpile(code, hiddenNamesWith, prepared?.written);
  if (cellId !== undefined) giveBackNames(cellId, cell.names);
  run.takeBackNames = declareNames(cell.names, run.request.executionCount, cellId);
  const script = { executionCount: run.request.executionCount, map: cell.map };
  registerScript(name, script);
  const body: (helpers: object) => Promise<unknown> = compile(cell, name).runInThisContext();
  const helpers = { ...cellHelpers(run, cellModules(), script), ...prepared?.helpers };
  return { value: await inTurnOfItsOwn(() => (run.ended ? never : body(helpers))), shows: cell.shows };
}

/**
 * Not among the microtasks, whose queue V8 empties when what runs in it is terminated: an interrupted loop must not take
 * with it what others wait for.
 */
function inTurnOfItsOwn<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((resolve) => {
    untracked.setImmediate(() => resolve(work()));
  });
}

function compile(cell: Transpiled, filename: string): Script {
  try {
    // The option is for an import() in text that the cell itself evaluates.
    return new Script(cell.code, { filename, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
  } catch (error) {
    throw compileError(error, cell.map) ?? error;
  }
}

/** What V8 alone finds, as a mistake in a regular expression: Node puts the place and the line before the stack. */
function compileError(error: unknown, map: CellMap): CellSyntaxError | undefined {
  const { stack, message } = error as Error;
  const [, line, marker = ""] = /^quern:[\w-]+:(\d+)\n.*\n(\s*\^+)/.exec(stack ?? "") ?? [];
  const found = line === undefined ? undefined : map.original({ line: Number(line), column: marker.indexOf("^") + 1 });
  if (found === undefined) return undefined;
  const start = offsetAt(map.source, found);
  return new CellSyntaxError(message, start, start + marker.trim().length);
}

async function showResult(run: Run, value: unknown): Promise<void> {
  // What `display` returns has been shown already.
  if (value === undefined || value instanceof DisplayHandle) return;
  await sendRendered(run, async () => {
    const bundle = await toBundle(value, { columns: run.request.columns });
    const json = run.request.wantsJson ? jsonText(value) : undefined;
    return bundle && { type: "result", run: run.request.run, ...bundle, ...(json === undefined ? {} : { json }) };
  });
  // What cannot be shown is an error and no result: the one before stays.
  if (!run.request.silent) keepResult(run.request.executionCount, value);
}

async function evaluateExpressions(run: Run): Promise<{ [name: string]: ExpressionOutcome }> {
  const outcomes: { [name: string]: ExpressionOutcome } = {};
  for (const [index, [name, code]] of Object.entries(run.request.userExpressions).entries()) {
    try {
      const { value } = await evaluate(code, scriptName(`${run.request.run}-${index}`), run);
      const bundle = await toBundle(value, { columns: run.request.columns });
      outcomes[name] = {
        status: "ok",
        data: bundle?.data ?? { "text/plain": "undefined" },
        metadata: bundle?.metadata ?? {},
      };
    } catch (error) {
      outcomes[name] = { status: "error", ...describe(error, code, run.request.executionCount) };
    }
  }
  return outcomes;
}

function describe(error: unknown, code: string, executionCount: number): CellError {
  return error instanceof CellSyntaxError ? toSyntaxError(error, code, executionCount) : toCellError(error);
}

import { basename, dirname, extname } from "node:path";
import type { SessionOptions } from "../../session/client.ts";
import { createScreen } from "../../terminal/screen.ts";
import { kernelMetadata } from "../kernel-metadata.ts";
import { isCode, type Notebook } from "../nbformat.ts";
import { withParameters } from "../parameters/inject.ts";
import { readParams } from "../parameters/read.ts";
import { readNotebook, requireCode } from "../read.ts";
import { writeNotebook } from "../write.ts";
import { writeFileAtomically } from "../write-file.ts";
import { durationText, givenTimeText } from "./duration.ts";
import { createProgress, type Terminal } from "./progress.ts";
import { type Finished, isRun, startRun } from "./run.ts";
import { afterMs } from "./stop.ts";
import { summarise } from "./summary.ts";
import { checkTargets, isStream } from "./targets.ts";

/** What the command line asks for; paths are absolute. */
export type Wanted = {
  readonly notebook: string;
  readonly params: readonly string[];
  readonly paramsFile?: string | undefined;
  readonly out?: string | undefined;
  readonly html?: string | undefined;
  /** "duckdb" or the address of a Spark server. */
  readonly engine?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly wantsSummary: boolean;
};

export type Surroundings = {
  readonly session: Omit<SessionOptions, "cwd">;
  readonly version: string;
  /** Where progress and output are shown. */
  readonly terminal: Terminal;
  readonly colors: boolean;
};

export type Job = {
  readonly ended: Promise<JobEnded>;
  /** Ends it in good order: the running cell is interrupted and the notebook written. The second call ends it at once. */
  interrupt(): void;
  /** Ends the session process, without a word. */
  kill(): void;
};

export type JobEnded = { readonly exitCode: number; readonly summary: { readonly [field: string]: unknown } };

/** A notebook that is read, checked and has its parameters: nothing that can be known before stands against its run. */
export type Prepared = {
  readonly wanted: Wanted;
  readonly notebook: Notebook;
  /** The parameters that were given, as JSON.stringify writes them. */
  readonly params: ReadonlyMap<string, unknown>;
};

/** Throws NotebookError and ParameterError for what the user can mend. */
export function prepare(wanted: Wanted): Prepared {
  const notebook = readNotebook(wanted.notebook);
  requireCode(notebook, wanted.notebook);
  const given = readParams(wanted.params, wanted.paramsFile);
  const { notebook: injected, values } = withParameters(notebook, given);
  checkTargets(
    [named("--out", wanted.out), named("--html", wanted.html)].flat(),
    [named("the notebook", wanted.notebook), named("the file of --params", wanted.paramsFile)].flat(),
  );
  return { wanted, params: values, notebook: ranByQuern(injected) };
}

const named = (role: string, path: string | undefined) => (path === undefined ? [] : [{ role, path }]);

/** The metadata say who ran it, as nbclient and papermill have it, whatever kernel was named before. */
const ranByQuern = (notebook: Notebook): Notebook => ({
  ...notebook,
  metadata: { ...notebook.metadata, ...kernelMetadata },
});

/** Throws NotebookError where the executed notebook cannot be written; nothing has run then. */
export function startJob({ wanted, notebook, params }: Prepared, surroundings: Surroundings): Job {
  const started = new Date();
  const startedAtMs = performance.now();
  const { terminal, colors } = surroundings;
  const total = notebook.cells.filter((cell) => isCode(cell) && isRun(cell)).length;
  const progress = createProgress(terminal, total, colors);
  const output = {
    write: progress.write,
    get columns() {
      return terminal.isTTY ? terminal.columns : undefined;
    },
    get rows() {
      return terminal.rows;
    },
  };
  const { out } = wanted;
  const running = startRun({
    notebook,
    session: { ...surroundings.session, cwd: dirname(wanted.notebook), endsForGood: true },
    screen: createScreen({ out: output, err: output, colors }),
    progress,
    ...(out === undefined ? {} : { write: (state) => writeNotebook(out, state), writesOnce: isStream(out) }),
    wantsValue: wanted.wantsSummary,
  });
  const { timeoutMs } = wanted;
  const timeout =
    timeoutMs === undefined
      ? undefined
      : afterMs(timeoutMs, () => {
          progress.say(
            `quern run: the ${givenTimeText(timeoutMs)} of --timeout are over; the running cell is interrupted.`,
          );
          running.stop("timeout");
        });

  const end = async (): Promise<JobEnded> => {
    const finished = await running.finished;
    timeout?.cancel();
    const htmlError = wanted.html === undefined ? undefined : await writeHtml(wanted.html, wanted, finished);
    const writeErrors = [finished.writeError, htmlError].filter((error) => error !== undefined);
    const durationMs = performance.now() - startedAtMs;
    progress.say(lastSentence(finished, durationMs, total));
    for (const { message } of writeErrors) progress.say(`quern run: ${message}`);
    const written = (path: string | undefined, error: Error | undefined) => (error ? undefined : path);
    const summary = summarise({
      notebook: wanted.notebook,
      engine: surroundings.session.env.SPARK_REMOTE ? "spark" : "duckdb",
      version: surroundings.version,
      started,
      durationMs,
      params,
      out: written(out, finished.writeError),
      html: written(wanted.html, htmlError),
      finished,
      writeErrors,
    });
    return { exitCode: exitCodes[finished.status] || (writeErrors.length > 0 ? 1 : 0), summary };
  };
  const interrupt = () => {
    progress.say(
      "quern run: interrupted; the notebook is written when the running cell has ended. Once more: at once.",
    );
    running.stop("interrupted");
  };
  return { ended: end(), interrupt, kill: running.kill };
}

const exitCodes: { readonly [status in Finished["status"]]: number } = {
  ok: 0,
  error: 1,
  timeout: 4,
  interrupted: 130,
};

async function writeHtml(path: string, { notebook }: Wanted, finished: Finished): Promise<Error | undefined> {
  const { renderHtml } = await import("../html/render.ts");
  try {
    const title = basename(notebook, extname(notebook));
    writeFileAtomically(path, await renderHtml(finished.notebook, { title }));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function lastSentence({ status, cells, error }: Finished, durationMs: number, total: number): string {
  const time = durationText(durationMs);
  if (status === "ok") return `quern run: ${total} cell${total === 1 ? "" : "s"} in ${time}`;
  const notRun = cells.filter((cell) => cell.status === "not run").length;
  const rest = notRun === 0 ? "" : `; ${notRun} not run`;
  const where = error ? ` in cell [${error.executionCount}]` : "";
  const what = { error: "failed", timeout: "out of time", interrupted: "interrupted" }[status];
  return `quern run: ${what}${where} after ${time}${rest}`;
}

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { closest, distance } from "fastest-levenshtein";
import { CommandError } from "../../install.ts";
import { NotebookError } from "../notebook/notebook-error.ts";
import { ParameterError } from "../notebook/parameters/error.ts";
import { parseDurationMs } from "../notebook/run/duration.ts";
import { prepare, startJob, type Wanted } from "../notebook/run/job.ts";
import { type HeldSignals, holdSignals } from "./early-signals.ts";

export const help = `Usage: quern run <notebook.ipynb | script.ts> [options]

Runs the code cells of a notebook, or of a script in the percent format (// %%), one after the other in a session of
their own. The first that fails ends the run, but for cells tagged raises-exception; cells tagged skip-execution are
not run. The session works in the notebook's folder, as in Jupyter: relative paths in cells start there.

  --out FILE.ipynb    write the executed notebook, after every cell and during long ones; without it nothing is kept
                      but what the cells themselves write
  --html FILE.html    write a page that opens offline, at the end
  --param NAME=VALUE  give a parameter that the cell tagged "parameters" declares; once for each
  --params FILE.json  give parameters as a JSON object
  --engine ENGINE     where DataFrames are computed: duckdb, or a Spark server as sc://host:15002. The variable SPARK_REMOTE
                      says the same, and keeps a token out of the list of processes
  --timeout TIME      end the run after 90s, 30m, 2h, 1d, 2h30m, 500ms; a number alone is seconds
  --json              print a summary on stdout: one JSON object, on one line

Progress and what cells show go to stderr; [3/12] is the third of 12 cells that are run, and [3] the same cell: its
execution count, as notebooks show it in front of the cell. Timers that are still set when the last cell has ended are
dropped: await what the job must not lose.

The summary: status (ok, error, timeout, interrupted), notebook, engine, version, started, durationMs, params,
cells [{ index, id, status, durationMs, executionCount }] with the status ok, error, skipped, not run, timeout or
interrupted, value (of the last expression, where JSON says all of it in 1 MB), error { cell, executionCount, id, line,
name, message } or null, out and html (paths, or null). index, and cell of an error, count all cells of the executed
notebook from 0, those that are text, skipped or injected too; executionCount is the [3] above.

Exit codes: 0 done, 1 a cell failed or the result could not be written, 2 a wrong command line or an unreadable
notebook, 4 the time was over, 130 interrupted. SIGINT and SIGTERM interrupt the running cell and write the notebook;
a second one ends the session at once.`;

const options = {
  out: { type: "string" },
  html: { type: "string" },
  param: { type: "string", multiple: true },
  params: { type: "string" },
  engine: { type: "string" },
  timeout: { type: "string" },
  json: { type: "boolean" },
} as const;

export async function run(args: string[], signals: HeldSignals = holdSignals()): Promise<void> {
  const prepared = mendable(() => prepare(parse(args)));
  const { stderr, stdout } = process;
  // A log that nobody reads any more does not end the job.
  stderr.on("error", () => {});
  stdout.on("error", () => {});

  const version = await packageVersion();
  const surroundings = {
    session: {
      entry: fileURLToPath(new URL(`../../runtime/session/main${extension}`, import.meta.url)),
      execPath: process.execPath,
      env: withEngine(process.env, prepared.wanted.engine),
      log: (line: string) => process.env.QUERN_DEBUG && stderr.write(`quern: ${line}\n`),
    },
    version,
    terminal: stderr,
    colors: stderr.isTTY && stderr.hasColors(),
  };
  const job = mendable(() => startJob(prepared, surroundings));
  signals.pass(job.interrupt);
  process.on("exit", job.kill);

  const { exitCode, summary } = await job.ended;
  process.exitCode = exitCode;
  if (!prepared.wanted.wantsSummary) return;
  const lost = await new Promise((resolve) => stdout.write(`${JSON.stringify(summary)}\n`, resolve));
  if (!lost) return;
  process.exitCode = exitCode || 1;
  const { code, message } = lost as NodeJS.ErrnoException;
  const why = code === "EPIPE" ? "whoever read stdout has gone" : message;
  stderr.write(`quern run: the summary of --json could not be written: ${why}.\n`);
}

function parse(args: string[]): Wanted {
  const { values, positionals } = parseOptions(args);
  const [notebook, ...more] = positionals;
  if (notebook === undefined || notebook === "") {
    throw new CommandError("which notebook? Usage: quern run <notebook.ipynb | script.ts> [options]", 2);
  }
  if (more.length > 0) {
    throw new CommandError(
      `one notebook is run at a time, and there is also ${JSON.stringify(more[0])}. A parameter is given with --param name=value.`,
      2,
    );
  }
  const path = (value: string | undefined) => (value === undefined || value === "" ? value : resolve(value));
  return {
    notebook: resolve(notebook),
    params: values.param ?? [],
    paramsFile: path(values.params),
    out: path(values.out),
    html: path(values.html),
    engine: checkedEngine(values.engine),
    timeoutMs: values.timeout === undefined ? undefined : timeoutOf(values.timeout),
    wantsSummary: values.json ?? false,
  };
}

/** The address is not repeated: it may hold a token. */
function checkedEngine(engine: string | undefined): string | undefined {
  if (engine === undefined || engine === "duckdb" || /^sc:\/\/./.test(engine)) return engine;
  throw new CommandError("--engine takes duckdb, or the address of a Spark server: sc://host:15002", 2);
}

/** The session reads SPARK_REMOTE. */
function withEngine({ SPARK_REMOTE, ...env }: NodeJS.ProcessEnv, engine = SPARK_REMOTE): NodeJS.ProcessEnv {
  return engine === undefined || engine === "duckdb" ? env : { ...env, SPARK_REMOTE: engine };
}

function parseOptions(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    const [, name] = /^Unknown option '--([^']+)'/.exec((error as Error).message) ?? [];
    if (name === undefined) throw error;
    const nearest = closest(name, Object.keys(options));
    const suggestion =
      distance(name, nearest) <= Math.min(3, Math.ceil(name.length / 2)) ? ` Did you mean --${nearest}?` : "";
    throw new CommandError(`there is no option --${name}.${suggestion} \`quern run --help\` lists them.`, 2);
  }
}

function timeoutOf(text: string): number {
  const timeoutMs = parseDurationMs(text);
  if (timeoutMs === undefined) {
    throw new CommandError(
      `--timeout ${JSON.stringify(text)} is no length of time: write 90s, 30m, 2h, 1d, 2h30m, 500ms, or seconds.`,
      2,
    );
  }
  return timeoutMs;
}

function mendable<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const isMendable = error instanceof NotebookError || error instanceof ParameterError;
    throw isMendable ? new CommandError(error.message, 2) : error;
  }
}

async function packageVersion(): Promise<string> {
  const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
  return manifest.version;
}

// Sources are run as they are; the published package is JavaScript.
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

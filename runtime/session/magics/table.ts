import { QuernError } from "../../errors.ts";
import type { magicNames } from "../../syntax/magic-names.ts";
import { changeFolder } from "./cd.ts";
import { showEnvironment } from "./env.ts";
import { showHelp } from "./help.ts";
import { loadFile } from "./load.ts";
import type { MagicEntry } from "./magic.ts";
import { showMarkup } from "./markup.ts";
import { runNpm } from "./npm.ts";
import { resetVariables } from "./reset.ts";
import { runSql } from "./sql.ts";
import { showVariables } from "./who.ts";

type Magics = { readonly [name: string]: MagicEntry };
type Named<K extends keyof typeof magicNames> = Record<(typeof magicNames)[K][number], MagicEntry>;

const timing = "wall time, CPU time, the engine's part, and rows";

/** `%name`, in a line of its own. */
export const lineMagics: Magics = {
  cd: { usage: "%cd [folder]", summary: "change the working folder; - is the one before", run: changeFolder },
  check: {
    usage: "%check [strict|error|warn|off]",
    summary: "which mistakes in types stop a cell of this session",
    // The kernel has heeded it before the cell came here.
    run: () => undefined,
  },
  env: {
    usage: "%env [NAME[=value]]",
    summary: "show or set environment variables; secrets are hidden",
    run: showEnvironment,
  },
  help: { usage: "%help [name]", summary: "this list", run: (call) => showHelp(call, lineMagics, cellMagics) },
  load: { usage: "%load file", summary: "put a file's text into this cell", run: loadFile },
  npm: { usage: "%npm install name", summary: "install packages beside the notebook", run: runNpm },
  reset: { usage: "%reset", summary: "remove all variables", run: resetVariables },
  time: { usage: "%time code", summary: timing, run: () => timesNothing("%time takes code: %time await f.count()") },
  who: { usage: "%who [type]", summary: "the variables, with types and sizes", run: showVariables },
} satisfies Named<"line">;

/** `%%name`, in the first line of a cell whose text is its own. */
export const cellMagics: Magics = {
  html: { usage: "%%html", summary: "show the cell's text as HTML", run: showMarkup("text/html") },
  md: { usage: "%%md", summary: "show the cell's text as Markdown", run: showMarkup("text/markdown") },
  sql: {
    usage: "%%sql [--save name]",
    summary: "run the cell's text as SQL, in which variables that are DataFrames are tables",
    run: runSql,
  },
  time: { usage: "%%time", summary: `${timing}, of the whole cell and what it shows`, run: () => undefined },
} satisfies Named<"cell">;

function timesNothing(message: string): never {
  throw new QuernError("MAGIC", message);
}

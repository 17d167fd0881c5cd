import { parseArgs } from "node:util";
import { CommandError } from "../../install.ts";

export const help = `Usage: quern repl [-e CODE | FILE]

Runs TypeScript cells: as you type them at a terminal, else those that are given.

  -e, --eval CODE   run this code and leave
  FILE              run a script (.ts) or a notebook's code (.ipynb) and leave; - is the standard input
  -h, --help        this text

Relative imports, packages and __dirname are those of the file's folder; the working folder (process.cwd(), paths of
data) stays that of the shell. Without a file, and for .load, all of it is the shell's folder.

Parts of a script or of the standard input that begin with "// %%" are cells; without such lines all of it is one.
Of each cell the value of the last expression is shown. Results go to the standard output, errors and progress to
the standard error output; the first cell that fails is the last, and the exit code is then 1 (130 after Ctrl-C,
and what process.exit() is given). At the end it waits, as node does, for timers, servers and whatever else the cells
have begun.

At a terminal: Enter runs what is complete, Tab completes, Ctrl-R searches earlier cells, name? tells what a name
stands for, .help lists more. Colours are left out where NO_COLOR is set; with TERM=dumb
cells are typed line by line.`;

/** Throws CommandError for arguments and files that cannot be used. */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { eval: { type: "string", short: "e" } },
    allowPositionals: true,
  });
  const [file, ...others] = positionals;
  if (others.length > 0) throw new CommandError(`one file at a time, not ${positionals.join(" and ")}.`, 2);
  if (values.eval !== undefined && file !== undefined) throw new CommandError("give -e CODE or a file, not both.", 2);

  const { runRepl } = await import("../repl/repl.ts");
  try {
    process.exitCode = await runRepl({ code: values.eval, file });
  } catch (error) {
    if ((error as Error).name === "SourceError") throw new CommandError((error as Error).message, 2);
    throw error;
  }
}

import { parseArgs } from "node:util";
import { CommandError } from "../../install.ts";
import { type Converted, convert } from "../notebook/convert.ts";
import { NotebookError } from "../notebook/notebook-error.ts";

export const help = `Usage: quern convert <from> <to> [--force | --update]

Converts a notebook (.ipynb) to a script (.ts, .mts, .js, .mjs) in the percent format, or a script to a notebook:

  quern convert report.ipynb report.ts     to edit it as code, and to see its changes in Git
  quern convert report.ts report.ipynb     and back

In the script each cell begins with a line "// %%" or "// %% [markdown]", as VS Code, Spyder and Jupytext have it. Tags,
metadata and attachments stand on that line, and what the notebook says of itself in a header. All is kept but the
outputs, which a script cannot hold.

  --force    replace the file <to>
  --update   replace the notebook <to>, and keep the outputs of the cells whose text is the same`;

const options = { force: { type: "boolean" }, update: { type: "boolean" } } as const;

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [from, to, ...more] = positionals;
  if (from === undefined || to === undefined)
    throw new CommandError("it takes two files: `quern convert <from> <to>`, like report.ipynb report.ts.", 2);
  if (more.length > 0)
    throw new CommandError(
      `it takes two files, and there is also ${JSON.stringify(more[0])}: one is converted at a time.`,
      2,
    );
  try {
    console.log(describe(to, convert(from, to, values)));
  } catch (error) {
    throw error instanceof NotebookError ? new CommandError(error.message, 2) : error;
  }
}

function describe(to: string, { cells, withoutOutputs, keptOutputs }: Converted): string {
  const written = `${to}: ${count(cells, "cell")}`;
  if (withoutOutputs > 0) return `${written}; the outputs of ${count(withoutOutputs, "cell")} are not in a script`;
  return keptOutputs > 0 ? `${written}; the outputs of ${keptOutputs} are kept` : written;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

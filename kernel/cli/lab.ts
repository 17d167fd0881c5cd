import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CommandError, install, userData } from "../../install.ts";
import { findJupyterLab } from "./jupyter.ts";
import { runServer } from "./jupyter-server.ts";
import { requireFreePort } from "./port.ts";

export const help = `Usage: quern lab [--no-browser] [--port N] [folder or notebook] [-- options for jupyter lab]

Registers the kernel and opens JupyterLab; without a folder, on Quern's notebooks. It uses the \`jupyter\` on the PATH
if that has JupyterLab 4 or newer, else it installs JupyterLab into .venv in Quern's folder. Ctrl-C ends it.

  --no-browser   only print the address
  --port N       the port; without it the first free one from 8888 on`;

const root = resolve(import.meta.dirname, "../..");

export async function run(args: string[]): Promise<void> {
  const { values, ours, theirs } = parse(args);
  const target = resolve(ours[0] ?? tour());
  if (!existsSync(target)) throw new CommandError(`there is no folder or notebook ${target}.`);
  if (values.port !== undefined) await requireFreePort(values.port);

  const data = userData();
  console.log(`Registered the kernel "TypeScript (Quern)" in ${install(data)}`);
  const lab = await findJupyterLab(join(root, ".venv"), (message) => console.log(message));

  const options = [
    // Without it Ctrl-C asks back, and the answer would have to come through us.
    "--ServerApp.answer_yes=True",
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ...(values["no-browser"] ? ["--no-browser"] : []),
    ...(values.port === undefined ? [] : [`--port=${values.port}`, "--ServerApp.port_retries=0"]),
  ];
  // First in Jupyter's search: an environment may hold the kernelspec of another Quern.
  const path = [data, process.env.JUPYTER_PATH].filter(Boolean).join(process.platform === "win32" ? ";" : ":");
  await runServer([...lab, ...options, ...opening(target), ...theirs], { ...process.env, JUPYTER_PATH: path });
}

/** The folder is the root of the file browser; a notebook is opened in it, by the address that is printed, too. */
function opening(target: string): string[] {
  if (statSync(target).isDirectory()) return [`--ServerApp.root_dir=${target}`];
  const page = `--LabApp.default_url=/lab/tree/${encodeURIComponent(basename(target))}`;
  return [`--ServerApp.root_dir=${dirname(target)}`, page];
}

function parse(args: string[]) {
  const end = args.indexOf("--");
  const { values, positionals } = parseArgs({
    args: end < 0 ? args : args.slice(0, end),
    allowPositionals: true,
    options: { "no-browser": { type: "boolean" }, port: { type: "string" } },
  });
  if (positionals.length > 1) {
    throw new CommandError(
      `JupyterLab opens one folder or notebook, not ${positionals.length}: give the one above them.`,
      2,
    );
  }
  return { values, ours: positionals, theirs: end < 0 ? [] : args.slice(end + 1) };
}

/** The folder of notebooks; where it holds only the tour, the tour itself. */
function tour(): string {
  const folder = join(root, "notebooks");
  const notebooks = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  return notebooks.length === 1 ? join(folder, notebooks[0] as string) : folder;
}

/**
 * Registers Quern with Jupyter (writes its kernelspec), or removes it: `npx quern install`, or `node install.ts` with
 * any Node since 24. It imports nothing but Node's own modules, so that it works whatever else is broken.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

/** Something that the user can mend; shown without a stack. `exitCode` 2 is a wrong command line. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const help = `Usage: quern install [--user | --sys-prefix | --prefix DIR] [--uninstall]

Registers the kernel, so that Jupyter and VS Code offer "TypeScript (Quern)".

  --user         for this user, in every Jupyter (the default)
  --sys-prefix   for the environment of the python that is on the PATH (venv, conda)
  --prefix DIR   below DIR/share/jupyter
  --uninstall    remove it from there`;

const root = import.meta.dirname;
const kernelName = "quern";

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      user: { type: "boolean" },
      "sys-prefix": { type: "boolean" },
      prefix: { type: "string" },
      uninstall: { type: "boolean" },
    },
  });
  const places = [
    values.user && "--user",
    values["sys-prefix"] && "--sys-prefix",
    values.prefix !== undefined && "--prefix",
  ];
  if (places.filter(Boolean).length > 1) {
    throw new CommandError(`give one of ${places.filter(Boolean).join(" and ")}, not both.`, 2);
  }
  if (values.prefix === "") throw new CommandError("--prefix needs a folder.", 2);

  const data = values["sys-prefix"]
    ? prefixData(pythonPrefix())
    : values.prefix
      ? prefixData(values.prefix)
      : userData();
  if (values.uninstall) console.log(uninstall(data) ? `Removed ${specFolder(data)}` : `Nothing to remove in ${data}.`);
  else console.log(`Registered the kernel "TypeScript (Quern)" in ${install(data)}`);
}

/**
 * Writes the kernelspec below Jupyter's data folder `data`, in place of one that is there; answers its folder.
 * Throws CommandError where the folder cannot be written.
 */
export function install(data: string): string {
  const target = specFolder(data);
  return writing(target, () => {
    makeFolder(dirname(target));
    // Jupyter reads this folder at any time: it sees the old kernelspec or the new one.
    const staging = mkdtempSync(join(dirname(target), `.${kernelName}-`));
    try {
      chmodSync(staging, 0o755);
      cpSync(join(root, "kernel/cli/logo"), staging, { recursive: true });
      writeFileSync(join(staging, "kernel.json"), `${JSON.stringify(kernelSpec(), null, 2)}\n`);
      rmSync(target, { recursive: true, force: true });
      renameSync(staging, target);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
    return target;
  });
}

/** Node's own recursive mkdir never returns where a file system has no folders to be made, as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Jupyter may have made it in the meantime.
    if (!existsSync(folder)) throw error;
  }
}

/** Removes the kernelspec; false if there was none. Throws CommandError where the folder cannot be written. */
export function uninstall(data: string): boolean {
  const target = specFolder(data);
  if (!existsSync(target)) return false;
  return writing(target, () => {
    rmSync(target, { recursive: true });
    return true;
  });
}

/** Where the kernelspec lies below Jupyter's data folder. */
export const specFolder = (data: string): string => join(data, "kernels", kernelName);

/** Jupyter's data folder for the user, by the rules of jupyter_core. */
export function userData(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.JUPYTER_DATA_DIR) return resolve(env.JUPYTER_DATA_DIR);
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

const prefixData = (prefix: string): string => join(resolve(prefix), "share", "jupyter");

function kernelSpec() {
  return {
    // Without the flag, the signal opens Node's inspector, through which anyone on the machine could run code as the user.
    argv: [
      nodeForKernel(),
      "--disable-sigusr1",
      join(root, "kernel", "cli", "quern.js"),
      "kernel",
      "{connection_file}",
    ],
    display_name: "TypeScript (Quern)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: { debugger: false },
  };
}

/** The path names no version, so it outlives upgrades: the npm package's, else the Node that runs this. */
function nodeForKernel(): string {
  return bundledNode() ?? process.execPath;
}

/** The executable of the Node that came as an npm package; only the package of this platform is ever installed. */
export function bundledNode(): string | undefined {
  const require = createRequire(import.meta.url);
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const name of Object.keys(optionalDependencies)) {
    try {
      const manifest = require.resolve(`${name}/package.json`);
      const node = join(dirname(manifest), JSON.parse(readFileSync(manifest, "utf8")).bin.node);
      if (existsSync(node)) return node;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  return undefined;
}

function pythonPrefix(): string {
  for (const python of ["python3", "python"]) {
    try {
      return execFileSync(python, ["-c", "import sys; print(sys.prefix)"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim();
    } catch {
      // Missing, or a shim that starts nothing: the next name may do.
    }
  }
  throw new CommandError(
    "--sys-prefix asks python3 for its folder, and no python3 is on the PATH. Use --user or --prefix DIR.",
  );
}

function writing<T>(target: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    const reason = {
      EACCES: "no permission",
      EPERM: "no permission",
      EROFS: "read-only",
      ENOTDIR: "not a folder",
      EEXIST: "not a folder",
      ENOENT: "no folder can be made there",
    };
    const known = reason[code as keyof typeof reason];
    if (!known) throw error;
    throw new CommandError(
      `cannot write the kernelspec to ${target}: ${known} (${path ?? target}). Choose another place: --user, --sys-prefix or --prefix DIR.`,
    );
  }
}

if (import.meta.main) {
  try {
    if (process.argv.includes("--help") || process.argv.includes("-h")) console.log(help);
    else await run(process.argv.slice(2));
  } catch (error) {
    const usage = (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
    if (!usage && !(error instanceof CommandError)) throw error;
    console.error(`install: ${(error as Error).message}`);
    process.exitCode = error instanceof CommandError ? error.exitCode : 2;
  }
}

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../install.ts";
import { capture } from "./capture.ts";

/** What `.venv` gets; tested with this Quern. */
const pinned = "jupyterlab==4.6.6";
const oldestLab = 4;
/** What that JupyterLab needs. */
export const oldestPython: readonly [number, number] = [3, 10];

/**
 * The command that starts JupyterLab, up to its options: the `jupyter` on the PATH, else the one in `venv`, which is
 * made if need be; `say` hears of that, since it takes a while. Throws CommandError with what to do.
 */
export async function findJupyterLab(venv: string, say: (message: string) => void): Promise<string[]> {
  const onPath = ["jupyter", "lab"];
  if (isRecent(await labVersion(onPath))) return onPath;
  const local = [inVenv(venv, "jupyter"), "lab"];
  if (!isRecent(await labVersion(local))) await makeVenv(venv, say);
  return local;
}

/** "4.6.6", or undefined where there is no JupyterLab. */
export async function labVersion(lab: readonly string[]): Promise<string | undefined> {
  const { ok, stdout } = await capture([...lab, "--version"]);
  return ok ? /^\d+\.\d+\S*/m.exec(stdout)?.[0] : undefined;
}

export const isRecent = (version: string | undefined): version is string =>
  version !== undefined && Number.parseInt(version, 10) >= oldestLab;

export function inVenv(venv: string, program: string): string {
  return process.platform === "win32" ? join(venv, "Scripts", `${program}.exe`) : join(venv, "bin", program);
}

export type Python = { readonly command: string; readonly version: string; readonly recent: boolean };

/** The first `python3` or `python` on the PATH that starts. */
export async function findPython(): Promise<Python | undefined> {
  for (const command of ["python3", "python"]) {
    const { ok, stdout } = await capture([command, "-c", "import platform; print(platform.python_version())"]);
    const version = stdout.trim();
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (ok)
      return {
        command,
        version,
        recent: major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1]),
      };
  }
  return undefined;
}

async function makeVenv(venv: string, say: (message: string) => void): Promise<void> {
  const python = await findPython();
  const wanted = `JupyterLab needs Python ${oldestPython.join(".")} or newer`;
  if (!python) throw new CommandError(`${wanted}, and no python3 is on the PATH. ${howToGetPython}`);
  if (!python.recent)
    throw new CommandError(`${wanted}, and ${python.command} is ${python.version}. ${howToGetPython}`);

  if (!existsSync(inVenv(venv, "python"))) {
    say(`There is no JupyterLab ${oldestLab} on the PATH: making one in ${venv}`);
    const made = await capture([python.command, "-m", "venv", venv]);
    if (!made.ok) {
      rmSync(venv, { recursive: true, force: true });
      throw new CommandError(
        `${python.command} cannot make a virtual environment. ${whyNoVenv(made.stdout + made.stderr)}`,
      );
    }
  }
  say(`Installing ${pinned} (about half a minute) …`);
  const installed = await capture([inVenv(venv, "python"), "-m", "pip", "install", "--quiet", pinned]);
  if (!installed.ok) {
    throw new CommandError(
      `installing JupyterLab into ${venv} failed:\n${lastLines(installed.stderr || installed.stdout, 12)}\n` +
        "Mend that and run it again; or install JupyterLab yourself and have `jupyter` on the PATH.",
    );
  }
}

const howToGetPython =
  "Install it (Debian, Ubuntu: sudo apt install python3-venv; macOS: brew install python; others: https://www.python.org), " +
  "or register the kernel with `npx quern install` and use VS Code.";

function whyNoVenv(output: string): string {
  // Debian and Ubuntu keep ensurepip in a package of its own.
  if (/ensurepip|No module named '?venv/.test(output))
    return "Its venv module is missing: sudo apt install python3-venv";
  return `It says:\n${lastLines(output, 6)}`;
}

const lastLines = (text: string, count: number): string => text.trimEnd().split("\n").slice(-count).join("\n");

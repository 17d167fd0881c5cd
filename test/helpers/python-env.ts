import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { found, missing, type Part } from "./machine.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, ".venv-test");
const python = process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
const requirements = join(import.meta.dirname, "python-requirements.txt");
const installed = join(folder, "installed.txt");

/** The python of `.venv-test`, with what python-requirements.txt lists; it is made at the first call. */
export function pythonEnv(): Part {
  const wanted = readFileSync(requirements, "utf8");
  if (isReady(wanted)) return found(python);
  // Test files run side by side. SQLite's lock ends with its holder, however that ends.
  const lock = new DatabaseSync(`${folder}.lock`, { timeout: 600_000 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return isReady(wanted) ? found(python) : make(wanted);
  } finally {
    lock.close();
  }
}

const isReady = (wanted: string): boolean => existsSync(installed) && readFileSync(installed, "utf8") === wanted;

function make(wanted: string): Part {
  try {
    if (!existsSync(python)) run("python3", "-m", "venv", folder);
    run(python, "-m", "pip", "install", "--quiet", "--requirement", requirements);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return missing(`there is no Python with a venv module and packages: ${(error as Error).message.trim()}`);
  }
  writeFileSync(installed, wanted);
  return found(python);
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
}

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { found, missing, type Part } from "./machine.ts";
import "./patience.ts";

const root = resolve(import.meta.dirname, "../..");

/** The python of `.venv-test`, with what python-requirements.txt lists; it is made at the first call. */
export const pythonEnv = (): Part => pythonIn(".venv-test", "python-requirements.txt");

/** The python of `.venv-spark`, with Spark itself: 0.5 GB, for the tests of its engine alone. */
export const sparkEnv = (): Part => pythonIn(".venv-spark", "spark-requirements.txt");

function pythonIn(name: string, list: string): Part {
  const folder = join(root, name);
  const requirements = join(import.meta.dirname, list);
  const wanted = readFileSync(requirements, "utf8");
  if (isReady(folder, wanted)) return found(pythonOf(folder));
  // Test files run side by side. SQLite's lock ends with its holder, however that ends.
  const lock = new DatabaseSync(`${folder}.lock`, { timeout: 600_000 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return isReady(folder, wanted) ? found(pythonOf(folder)) : make(folder, requirements, wanted);
  } finally {
    lock.close();
  }
}

const pythonOf = (folder: string): string =>
  process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");

const installedIn = (folder: string): string => join(folder, "installed.txt");

const isReady = (folder: string, wanted: string): boolean =>
  existsSync(installedIn(folder)) && readFileSync(installedIn(folder), "utf8") === wanted;

function make(folder: string, requirements: string, wanted: string): Part {
  const python = pythonOf(folder);
  try {
    if (!existsSync(python)) run("python3", "-m", "venv", folder);
    run(python, "-m", "pip", "install", "--quiet", "--requirement", requirements);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return missing(`there is no Python with a venv module and packages: ${(error as Error).message.trim()}`);
  }
  writeFileSync(installedIn(folder), wanted);
  return found(python);
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
}

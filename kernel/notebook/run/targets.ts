import { accessSync, constants, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { NotebookError } from "../notebook-error.ts";

/** A file that the command line names: `role` is how a sentence calls it ("--out", "the notebook"). */
export type Named = { readonly role: string; readonly path: string };

/**
 * Sees, before anything runs, whether these files can be written, and that none of them is one of `read` or of each
 * other, by whatever names and links. Throws NotebookError.
 */
export function checkTargets(written: readonly Named[], read: readonly Named[]): void {
  for (const [index, target] of written.entries()) {
    checkWritable(target);
    const same = [...read, ...written.slice(0, index)].find((other) => isSameFile(target.path, other.path));
    if (!same) continue;
    throw new NotebookError(
      `${target.role} ${target.path} is the same file as ${same.role}, which it would overwrite: name another.`,
    );
  }
}

/** Pipes and devices, which hold no earlier state: they are written to once, at the end. */
export function isStream(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile();
}

function checkWritable({ role, path }: Named): void {
  const refuse = (why: string): never => {
    throw new NotebookError(`${role} ${path} cannot be written: ${why}.`);
  };
  if (path === "") refuse("it has no name");
  const stats = statOf(path);
  if (stats?.isDirectory()) refuse("it is a folder; name a file in it");
  if (stats?.isSocket()) refuse("it is a socket; name a file");
  if (role === "--out" && !stats?.isFIFO() && !stats?.isCharacterDevice() && extname(path).toLowerCase() !== ".ipynb") {
    refuse("an executed notebook is an .ipynb file");
  }
  // A file is replaced by its new state, so what counts is the folder; a device or a pipe is written itself.
  const place = stats && !stats.isFile() ? path : dirname(realPath(path));
  const folder = statOf(dirname(realPath(path)));
  if (!folder) refuse(`there is no folder ${dirname(resolve(path))}`);
  if (!folder?.isDirectory()) refuse(`${dirname(resolve(path))} is no folder`);
  try {
    accessSync(place, constants.W_OK);
    if (stats?.isFile()) accessSync(path, constants.W_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    refuse({ EROFS: "its disk is read-only", EACCES: "no permission", EPERM: "no permission" }[code ?? ""] ?? message);
  }
}

function isSameFile(one: string, other: string): boolean {
  if (realPath(one) === realPath(other)) return true;
  // Hard links, and names that differ in case alone where the file system does not tell them apart.
  const [a, b] = [statOf(one), statOf(other)];
  return a !== undefined && b !== undefined && a.isFile() && a.dev === b.dev && a.ino === b.ino;
}

/** Where a path leads, also if nothing is there yet. */
function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const folder = dirname(whole);
    return folder === whole ? whole : join(realPath(folder), basename(whole));
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A file where the path has a folder.
    return undefined;
  }
}

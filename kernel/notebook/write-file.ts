import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { NotebookError } from "./notebook-error.ts";

/**
 * Writes a file whole or not at all: readers see the old text or the new one, and a failure (NotebookError) leaves the old
 * one and nothing beside it. A symbolic link goes on pointing where it did, and permissions stay.
 */
export function writeFileAtomically(path: string, text: string): void {
  try {
    // A pipe or a device is written to; a file in its place would be no use to whoever reads it.
    if (isStream(path)) writeFileSync(path, text);
    else replace(followLinks(path), text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new NotebookError(reasons[code ?? ""]?.(path) ?? `${path} cannot be written: ${message}.`);
  }
}

/** Asked of the name itself: the links of /dev/stdout lead to what has no path. */
function isStream(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === false;
  } catch {
    return false;
  }
}

// Not the write-file-atomic package: it takes one `write` for the whole text, and where the disk is full the system writes
// a part and says so in a return value that the package drops, so that the cut file replaces the good one.
function replace(target: string, text: string): void {
  const old = statSync(target, { throwIfNoEntry: false });
  // The rename would not ask.
  if (old) accessSync(target, constants.W_OK);
  const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  const file = openSync(temporary, "wx", 0o666);
  try {
    try {
      writeFileSync(file, text);
      if (old) keepOwner(file, old);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

function keepOwner(file: number, { mode, uid, gid }: Stats): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give files away; the file is then the writer's, as with any editor that replaces files.
  }
  fchmodSync(file, mode & 0o7777);
}

/** Where a path leads, even if nothing is there yet. */
function followLinks(path: string): string {
  let target = resolve(path);
  // As many as Linux follows.
  for (let links = 0; links < 40; links++) {
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target;
    target = resolve(dirname(target), readlinkSync(target));
  }
  throw Object.assign(new Error("its symbolic links lead in a circle"), { code: "ELOOP" });
}

const reasons: { readonly [code: string]: (path: string) => string } = {
  ENOENT: (path) => {
    const folder = dirname(resolve(path));
    // In /proc all that is new is said to be missing.
    const why = existsSync(folder) ? `the folder ${folder} takes no new files` : `there is no folder ${folder}`;
    return `${path} cannot be written: ${why}.`;
  },
  ENOTDIR: (path) => `${path} cannot be written: ${dirname(resolve(path))} is no folder.`,
  EISDIR: (path) => `${path} cannot be written: it is a folder.`,
  EACCES: (path) => `${path} cannot be written: this user may not write it, or not into its folder.`,
  EPERM: (path) => `${path} cannot be written: this user may not write it, or not into its folder.`,
  EROFS: (path) => `${path} cannot be written: its disk is read-only.`,
  ENOSPC: (path) => `${path} cannot be written: the disk is full. What was there before is untouched.`,
  EDQUOT: (path) => `${path} cannot be written: the user's disk quota is full. What was there before is untouched.`,
};

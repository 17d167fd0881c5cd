import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, relative } from "node:path";

/**
 * How a folder is replaced. New data is written into a hidden folder beside the target ("staging"), and the swap is
 * made of renames only:
 *
 *   1. staging → ready          from here on the new data counts
 *   2. target → old
 *   3. ready → target
 *   4. old is deleted
 *
 * A crash before 1 leaves the old data, a crash after it is completed by whoever reads or writes the path next. For an
 * append, "ready" is a folder whose files are moved into the target one by one.
 */
export type Step = "staging" | "ready" | "append" | "old";

/** `.late.quern-staging-myhost-4711-1f3a`: hidden from every reader, and its owner can be told. */
export function sidePath(target: string, step: Step): string {
  const unique = randomBytes(4).toString("hex");
  ours.add(unique);
  return join(dirname(target), `.${basename(target)}.quern-${step}-${host()}-${process.pid}-${unique}`);
}

/** To be called when a write has ended, however: what it left behind, if anything, may then be recovered. */
export const release = (side: string): boolean => ours.delete(side.slice(-8));

/** Writes of this process that still run. */
const ours = new Set<string>();

export const asStep = (side: string, from: Step, to: Step): string =>
  join(dirname(side), basename(side).replace(`.quern-${from}-`, `.quern-${to}-`));

/**
 * Makes a folder and those above it. Returns the first that had to be made, to be removed again if the write fails.
 * (Node's own recursive mkdir never returns where a file system answers ENOENT for a folder whose parent is there.)
 */
export function makeFolder(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  const above = makeFolder(dirname(folder));
  mkdirSync(folder);
  return above ?? folder;
}

/** Replaces the target with the staging folder. */
export function swapIn(target: string, staging: string): void {
  const ready = asStep(staging, "staging", "ready");
  renameSync(staging, ready);
  finishSwap(target, ready);
}

/** Adds the staging folder's files to the target. */
export function moveInto(target: string, staging: string): void {
  if (!existsSync(target)) {
    renameSync(staging, target);
    return;
  }
  const ready = asStep(staging, "staging", "append");
  renameSync(staging, ready);
  finishAppend(target, ready);
}

/** What crashed writes left beside the target is completed or removed. Writes that still run are left alone. */
export function recover(target: string): void {
  const sides = sidesOf(target).filter((side) => !isOwned(side));
  for (const side of sides) if (side.step === "ready") finishSwap(target, side.path);
  for (const side of sides) if (side.step === "append") finishAppend(target, side.path);
  for (const side of sides) {
    if (side.step === "old" && !existsSync(target)) renameSync(side.path, target);
    if (side.step === "old" || side.step === "staging") rmSync(side.path, { recursive: true, force: true });
  }
}

/** Whether another process is in the middle of a swap, so that the target is missing for a moment. */
export const isBeingSwapped = (target: string): boolean =>
  sidesOf(target).some((side) => (side.step === "ready" || side.step === "old") && isOwned(side));

function finishSwap(target: string, ready: string): void {
  const old = asStep(ready, "ready", "old");
  if (existsSync(target)) {
    rmSync(old, { recursive: true, force: true });
    renameSync(target, old);
  }
  try {
    renameSync(ready, target);
  } catch (error) {
    if (existsSync(old)) renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

function finishAppend(target: string, ready: string): void {
  for (const name of readdirSync(ready, { recursive: true }) as string[]) {
    const from = join(ready, name);
    if (!statSync(from).isFile()) continue;
    const to = join(target, relative(ready, from));
    makeFolder(dirname(to));
    renameSync(from, to);
  }
  rmSync(ready, { recursive: true, force: true });
}

/** Removes folders made for a write that failed, as far as they are empty. */
export function removeMade(made: string | undefined, folder: string): void {
  if (made === undefined) return;
  try {
    for (let current = folder; current.length >= made.length; current = dirname(current)) rmdirSync(current);
  } catch {
    // Somebody else put something there in the meantime.
  }
}

function sidesOf(target: string): { name: string; path: string; step: Step }[] {
  const start = `.${basename(target)}.quern-`;
  const folder = dirname(target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(start))
    .map((name) => ({
      name: name.slice(start.length),
      path: join(folder, name),
      step: name.slice(start.length).split("-")[0] as Step,
    }));
}

/** Whether the write may still run. Another host's processes cannot be seen: theirs count as running for a while. */
function isOwned({ name, path, step }: { name: string; path: string; step: Step }): boolean {
  // Swapping takes milliseconds: after a minute its owner is gone, even if its process id was given out again.
  const isSwap = step === "ready" || step === "old";
  if (isSwap && Date.now() - statSync(path).ctimeMs > SWAP_MS) return false;
  const match = /^[a-z]+-(.*)-(\d+)-([0-9a-f]+)$/.exec(name);
  if (match === null || match[1] !== host()) return true;
  const pid = Number(match[2]);
  if (pid === process.pid) return ours.has(match[3] as string);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const SWAP_MS = 60_000;
const host = (): string => hostname().replaceAll(/[^\w.]/g, "_");

import { readFileSync } from "node:fs";
import { type Process, processes, withDescendants } from "./processes.ts";

/** What the main thread tells the sentinel of its child processes. */
export type Told =
  /** One that it does not wait for (`spawn`, `fork`) has begun. */
  | { readonly type: "began"; readonly pid: number }
  | { readonly type: "ended"; readonly pid: number }
  /** The cell that they belong to was interrupted. */
  | { readonly type: "end"; readonly pids: readonly number[] };

const beside = new Set<number>();

export function hearOfChildren(told: Told): void {
  if (told.type === "began") beside.add(told.pid);
  else if (told.type === "ended") beside.delete(told.pid);
  else endTrees(children().filter((one) => told.pids.includes(one.pid) && !isDetached(one)));
}

/** A main thread in `execSync` or `spawnSync` hears nothing until its child has ended. */
export function endAwaitedChildren(isStillDeaf: () => boolean): void {
  const ofMain = startedByMainThread();
  const awaited = children().filter(({ pid }) => !beside.has(pid) && ofMain?.has(pid) !== false);
  // Looking took time: what has come since is the next cell's.
  if (isStillDeaf()) endTrees(awaited);
}

/**
 * Other threads have child processes too: that which compiles the imported TypeScript, those of the user's workers. Who
 * started which Linux alone tells.
 */
function startedByMainThread(): ReadonlySet<number> | undefined {
  try {
    const pids = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8");
    return new Set(pids.trim().split(" ").map(Number));
  } catch {
    return undefined;
  }
}

const children = (): Process[] => processes().filter(({ parent }) => parent === process.pid);

/** The leader of a group was made to outlive what started it. */
const isDetached = ({ pid, group }: Process): boolean => pid === group;

/** What Ctrl-C does, then what asks, then what nobody can refuse. */
const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;
const graceMs = 150;

/** Processes that are being ended. */
const ending = new Set<number>();

function endTrees(roots: readonly Process[]): void {
  const fresh = roots.filter(({ pid }) => !ending.has(pid));
  if (fresh.length > 0) signalTrees(new Set(fresh.map(({ pid }) => pid)), 0);
}

/** The set grows by what its processes have started: an orphan is no descendant of theirs any more. */
function signalTrees(pids: Set<number>, attempt: number): void {
  const all = processes();
  const left = withDescendants(
    all.filter(({ pid }) => pids.has(pid)),
    all,
  );
  const alive = new Set(left.map(({ pid }) => pid));
  for (const pid of pids) if (!alive.has(pid)) ending.delete(pid);
  for (const pid of alive) {
    pids.add(pid);
    ending.add(pid);
    signal(pid, signals[Math.min(attempt, signals.length - 1)]);
  }
  // One that no signal ends waits in the system, for a disk say.
  if (alive.size > 0 && attempt < 2 * signals.length) setTimeout(signalTrees, graceMs, pids, attempt + 1);
  else for (const pid of pids) ending.delete(pid);
}

function signal(pid: number, name: NodeJS.Signals | undefined): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile, or is another user's.
  }
}

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder for as long as the kernel lives. Sessions keep in it what outlives them (rows on disk, settings), and what
 * their engine spills.
 */
export type SessionFolder = {
  readonly path: string;
  /** To be called when a session has ended: removes what it spilled, and what it has not finished writing. */
  clean(): void;
  remove(): Promise<void>;
};

/** Removes what dead kernels have left, too. */
export function makeSessionFolder(): SessionFolder {
  const path = mkdtempSync(join(tmpdir(), `${prefix()}${process.pid}-${startOf(process.pid) ?? 0}-`));
  mkdirSync(join(path, "kept"));
  removeLeftovers().catch(() => {});
  const removeNow = () => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  process.on("exit", removeNow);
  return {
    path,
    clean() {
      const spilled = readdirSync(path).filter((name) => name.startsWith("spill-"));
      const kept = readdirSync(join(path, "kept")).map((name) => join("kept", name));
      // Listed now, since the next session writes here as well. Without the entry, rows are not whole.
      const dead = [...spilled, ...kept.filter((name) => !existsSync(join(path, name, "entry.json")))];
      for (const name of dead) rm(join(path, name), { recursive: true, force: true }).catch(() => {});
    },
    async remove() {
      process.off("exit", removeNow);
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

// Containers may share a temp folder and not the process ids: only this host's own are judged.
const prefix = () => `quern-${hostname().replaceAll(/[^\w.]/g, "_")}-`;

async function removeLeftovers(): Promise<void> {
  const start = prefix();
  for (const name of await readdir(tmpdir())) {
    const [, pid, began] = (name.startsWith(start) && /^(\d+)-(?:(\d+)-)?/.exec(name.slice(start.length))) || [];
    if (pid === undefined || isAlive(Number(pid), began)) continue;
    // Another user's is not ours to remove.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

/** A process id is given out again: after the restart of a container usually to the same program. */
function isAlive(pid: number, began: string | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const now = startOf(pid);
  return began === undefined || now === undefined || began === "0" || began === now;
}

/** When a process began, in the system's ticks; undefined where the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name is in brackets and may hold spaces; the 22nd field of all is meant.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // It has ended, and its parent has not asked for how.
    return state === "Z" ? "ended" : fields[18];
  } catch {
    return undefined;
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { patienceMs } from "./patience.ts";

/** The command lines of living processes that were started with this text, a folder's path say, in arguments or environment. */
export function processesWith(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const [command, environment] = ["cmdline", "environ"].map((file) =>
          readFileSync(`/proc/${pid}/${file}`, "utf8"),
        );
        if (!command?.includes(text) && !environment?.includes(text)) return [];
        // What has ended and waits for its parent, or for the system, to hear of it.
        const hasEnded = ["Z", "X"].includes(statOf(pid)[0] as string);
        return hasEnded ? [] : [`${pid} ${command?.replaceAll("\0", " ")}`];
      } catch {
        // It has ended meanwhile, or is somebody else's.
        return [];
      }
    });
}

/** The living processes below this one. */
export function descendantsOf(pid: number): number[] {
  const children = readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && Number(statOf(name)[1]) === pid;
    } catch {
      return false;
    }
  });
  return children.flatMap((child) => [Number(child), ...descendantsOf(Number(child))]);
}

/** State, parent and what follows in /proc/PID/stat; the name before may hold anything. */
const statOf = (pid: string): string[] =>
  readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");

/** The living processes of a process group. */
export function groupMembers(group: number): number[] {
  const members = readdirSync("/proc").filter((name) => {
    try {
      const [state = "", , of] = /^\d+$/.test(name) ? statOf(name) : [];
      return Number(of) === group && !["Z", "X"].includes(state);
    } catch {
      return false;
    }
  });
  return members.map(Number);
}

/** Waits until no process is left that was started with this text; throws with those that stay. */
export const allEnded = (text: string): Promise<void> => noneLeft(() => processesWith(text));

/** Waits until no process of the group is left: one that has been killed is there for a moment more. */
export const groupEnded = (group: number): Promise<void> => noneLeft(() => groupMembers(group));

async function noneLeft(find: () => readonly (string | number)[]): Promise<void> {
  const limitMs = performance.now() + patienceMs;
  for (let left = find(); left.length > 0; left = find()) {
    if (performance.now() > limitMs) throw new Error(`Processes are left:\n${left.join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

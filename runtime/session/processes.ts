import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export type Process = { readonly pid: number; readonly parent: number; readonly group: number };

/** All processes of this machine that have not ended. */
export function processes(): Process[] {
  return process.platform === "linux" ? fromProc() : fromProgram();
}

function fromProc(): Process[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // The program's name, in parentheses, may hold anything.
      const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state === "Z") return [];
      return [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

const listers: { readonly [platform: string]: readonly [string, ...string[]] } = {
  win32: [
    "powershell",
    "-NoProfile",
    "-Command",
    'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) 0 -" }',
  ],
};

/** Where there is no /proc; `ps` itself is among them. */
export function fromProgram(): Process[] {
  const [program, ...args] = listers[process.platform] ?? ["ps", "-A", "-o", "pid=,ppid=,pgid=,stat="];
  const { stdout, pid: own } = spawnSync(program, args, { encoding: "utf8", windowsHide: true });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [, pid, parent, group, state] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S)/.exec(line) ?? [];
    if (pid === undefined || state === "Z" || Number(pid) === own) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
  });
}

/** These processes with all that they have started. */
export function withDescendants(roots: readonly Process[], all: readonly Process[]): Process[] {
  const found = new Map(roots.map((one) => [one.pid, one]));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const one of all) if (found.has(one.parent)) found.set(one.pid, one);
  }
  return [...found.values()];
}

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A private folder for what the engine spills; `remove` deletes it, and so does the end of the process. What a killed
 * process left behind is removed when the next one starts.
 */
export function makeTempFolder(): { readonly path: string; readonly remove: () => void } {
  removeLeftovers();
  const path = mkdtempSync(join(tmpdir(), `${prefix()}${process.pid}-`));
  const remove = () => {
    process.off("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.on("exit", remove);
  return { path, remove };
}

// Containers may share a temp folder and not the process ids: only this host's own are judged.
const prefix = () => `quern-${hostname().replaceAll(/[^\w.]/g, "_")}-`;

function removeLeftovers(): void {
  const start = prefix();
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(start)) continue;
    const pid = Number.parseInt(name.slice(start.length), 10);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: not ours to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

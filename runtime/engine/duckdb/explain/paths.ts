import { homedir } from "node:os";
import { relative, sep } from "node:path";

/** Files as a reader knows them: from the working folder or the home folder, the last parts of others; the first few. */
export function pathsText(paths: readonly string[]): string {
  if (paths.length <= LISTED) return paths.map((path) => shortPath(path)).join(", ");
  return `${paths
    .slice(0, LISTED - 1)
    .map((path) => shortPath(path))
    .join(", ")} and ${paths.length - LISTED + 1} more`;
}

const LISTED = 3;

export function shortPath(path: string, cwd = process.cwd(), home = homedir()): string {
  if (!path.startsWith(sep)) return path;
  const here = relative(cwd, path);
  if (!here.startsWith("..")) return here;
  const below = relative(home, path);
  if (!below.startsWith("..")) return `~${sep}${below}`;
  const parts = path.split(sep);
  // One more than the leading empty part and the parts that are shown.
  return parts.length <= SHOWN_PARTS + 2 ? path : ["…", ...parts.slice(-SHOWN_PARTS)].join(sep);
}

const SHOWN_PARTS = 3;

import { AnalysisError } from "../../errors.ts";
import type { Plan } from "../../plan/nodes.ts";
import { childrenFirst } from "../../plan/walk.ts";
import type { WriteTarget } from "../engine.ts";

/** Spark deletes what it overwrites before it reads: rows that come from there would be lost. */
export function refuseOwnSource(plan: Plan, { mode, path }: WriteTarget): void {
  if (mode !== "overwrite" || path === undefined) return;
  for (const node of childrenFirst(plan)) {
    const source = node.kind === "read" ? node.paths.find((read) => overlap(read, path)) : undefined;
    if (source === undefined) continue;
    throw new AnalysisError(
      "OVERWRITES_SOURCE",
      `Spark deletes ${JSON.stringify(path)} before it writes there, and this frame reads ${JSON.stringify(source)}: write to another path, or checkpoint() the frame first.`,
      { origin: plan.origin },
    );
  }
}

const overlap = (a: string, b: string): boolean => {
  const [x, y] = [folders(a), folders(b)];
  return x.every((part, i) => y[i] === undefined || y[i] === part);
};

/** As far as no glob begins. */
const folders = (path: string): string[] => {
  const parts = path.replace(/^file:\/*(?=\/)/, "").split("/");
  const glob = parts.findIndex((part) => /[*?[{]/.test(part));
  return (glob < 0 ? parts : parts.slice(0, glob)).filter((part, i) => (part !== "" || i === 0) && part !== ".");
};

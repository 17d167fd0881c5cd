import { fingerprint } from "../fingerprint.ts";
import type { Plan } from "../nodes.ts";
import type { Schema } from "../types.ts";
import { childrenFirst, mapChildren } from "../walk.ts";

export type StoredTable = { readonly table: string; readonly schema: Schema; readonly rows?: number };

/** Puts the engine's tables in where a cached sub-plan has the same fingerprint; the outermost match wins. */
export function replaceStored(plan: Plan, lookup: (fingerprint: string) => StoredTable | undefined): Plan {
  const stored = new Map<Plan, Plan>();
  const find = (node: Plan): boolean => {
    if (stored.has(node)) return true;
    const found = node.kind === "stored" ? undefined : lookup(fingerprint(node));
    if (found) stored.set(node, Object.freeze({ kind: "stored", ...tableOf(found), input: node, origin: node.origin }));
    return found !== undefined;
  };
  const rewritten = new Map<Plan, Plan>();
  for (const node of childrenFirst(plan, find))
    rewritten.set(
      node,
      mapChildren(node, (child) => stored.get(child) ?? rewritten.get(child) ?? child),
    );
  return stored.get(plan) ?? rewritten.get(plan) ?? plan;
}

/** What of stored rows is a plan's matter. */
export const tableOf = ({ table, schema, rows }: StoredTable): StoredTable => ({
  table,
  schema,
  ...(rows === undefined ? {} : { rows }),
});

import { createHash } from "node:crypto";
import type { Plan } from "./nodes.ts";
import { children, childrenFirst } from "./walk.ts";

/**
 * A key that equal plans share: same nodes, names, expressions and literals over the same sources. Where a step was
 * written takes no part; data from JavaScript is compared by identity.
 */
export function fingerprint(plan: Plan): string {
  for (const node of childrenFirst(plan, (node) => known.has(node))) known.set(node, ownFingerprint(node));
  return keyOf(plan);
}

const known = new WeakMap<Plan, string>();

/** Children enter by their own key, so that a long chain costs one hash a step. */
function ownFingerprint(plan: Plan): string {
  // Rows that are kept somewhere are the same rows.
  if (plan.kind === "stored") return fingerprint(plan.input);
  const inputs = new Set<unknown>(children(plan));
  const own = plan.kind === "local" ? { ...plan, data: identityOf(plan.data) } : plan;
  const text = JSON.stringify(own, (key, value) => {
    if (inputs.has(value)) return keyOf(value as Plan);
    return key === "origin" ? undefined : plainValue(key, value);
  });
  return createHash("sha256").update(text).digest("base64url").slice(0, 32);
}

function plainValue(key: string, value: unknown): unknown {
  if (typeof value === "bigint") return { bigint: String(value) };
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (Object.is(value, -0)) return { number: "-0" };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (key === "options" || key === "names") return entriesInOrder(value as object);
  return value;
}

const entriesInOrder = (value: object) =>
  Array.isArray(value) ? value : Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

function keyOf(plan: Plan): string {
  const key = known.get(plan);
  if (key === undefined) throw new Error(`no fingerprint of a ${plan.kind} node`);
  return key;
}

const identities = new WeakMap<object, number>();
let identityCount = 0;
function identityOf(value: object): number {
  const identity = identities.get(value) ?? ++identityCount;
  identities.set(value, identity);
  return identity;
}

import { createHash } from "node:crypto";
import type { Data, Table } from "apache-arrow";
import type { Plan, PlanOf } from "./nodes.ts";
import { children, childrenFirst } from "./walk.ts";

/**
 * A key that equal plans share: same nodes, names, expressions and literals over the same sources. Where a step was
 * written takes no part; data from JavaScript is compared by identity.
 */
export const fingerprint: (plan: Plan) => string = fingerprints(({ data }) => identityOf(data));

/** As a fingerprint, but the same in another process too: data from JavaScript is compared by its content. */
export const lastingFingerprint: (plan: Plan) => string = fingerprints(({ data }) => contentKey(data));

function fingerprints(keyOfData: (plan: PlanOf<"local">) => unknown): (plan: Plan) => string {
  const known = new WeakMap<Plan, string>();
  const keyOf = (plan: Plan): string => {
    const key = known.get(plan);
    if (key === undefined) throw new Error(`no fingerprint of a ${plan.kind} node`);
    return key;
  };
  /** Children enter by their own key, so that a long chain costs one hash a step. */
  const own = (plan: Plan): string => {
    // Rows that are kept somewhere are the same rows.
    if (plan.kind === "stored") return of(plan.input);
    const inputs = new Set<unknown>(children(plan));
    const node = plan.kind === "local" ? { ...plan, data: keyOfData(plan) } : plan;
    const text = JSON.stringify(node, (key, value) => {
      if (inputs.has(value)) return keyOf(value as Plan);
      return key === "origin" ? undefined : plainValue(key, value);
    });
    return createHash("sha256").update(text).digest("base64url").slice(0, 32);
  };
  const of = (plan: Plan): string => {
    for (const node of childrenFirst(plan, (node) => known.has(node))) known.set(node, own(node));
    return keyOf(plan);
  };
  return of;
}

/** Of a table's bytes, as they lie in its buffers. */
function contentKey({ batches }: Table): string {
  const hash = createHash("sha256");
  const add = (data: Data): void => {
    hash.update(`${data.type}|${data.offset}|${data.length}|${data.nullCount};`);
    // Offsets, values, the bitmap of nulls, and type ids.
    for (const buffer of Object.values(data.buffers) as (ArrayBufferView | undefined)[]) {
      if (buffer !== undefined) hash.update(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
      hash.update("|");
    }
    for (const child of data.children) add(child);
    for (const part of data.dictionary?.data ?? []) add(part);
  };
  for (const batch of batches) add(batch.data);
  return hash.digest("base64url");
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

const identities = new WeakMap<object, number>();
let identityCount = 0;
function identityOf(value: object): number {
  const identity = identities.get(value) ?? ++identityCount;
  identities.set(value, identity);
  return identity;
}

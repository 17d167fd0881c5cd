import { createRequire } from "node:module";

type Fn = (...args: any[]) => unknown;

/**
 * What stands for a function in the comparison of plans: its text, which says all that it does where it uses nothing from
 * outside; else it is equal to itself alone.
 */
export function identityOf(fn: Fn, deterministic = true): object {
  const source = deterministic ? (sources.get(fn) ?? portable(fn)) : undefined;
  if (source !== undefined) {
    sources.set(fn, source);
    return { source };
  }
  const id = identities.get(fn) ?? crypto.randomUUID();
  identities.set(fn, id);
  return { id };
}

const sources = new WeakMap<Fn, string>();
const identities = new WeakMap<Fn, string>();

// The first plan that is compared has the parser loaded.
const require = createRequire(import.meta.url);

function portable(fn: Fn): string | undefined {
  const { portableSource } = require("./portable.ts") as typeof import("./portable.ts");
  return portableSource(fn);
}

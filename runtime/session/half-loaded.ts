import { createRequire, type ResolveFnOutput } from "node:module";
import { type Run, runContext } from "./run.ts";

/**
 * A module whose loading was ended by an interrupt is neither there nor not there: Node and V8 would have every later
 * import of it wait for ever. It is loaded again under another address.
 */

type Loading = { readonly run: Run | undefined; readonly urls: Set<string> };

const loadings = new Set<Loading>();
const tries = new Map<string, number>();

/** Knows what is loaded by an import of a cell while it lasts. */
export async function watched<T>(load: () => Promise<T>): Promise<T> {
  const loading: Loading = { run: runContext.getStore(), urls: new Set() };
  loadings.add(loading);
  try {
    return await load();
  } finally {
    loadings.delete(loading);
  }
}

/** Called for each module that begins to load. */
export function begins(url: string): void {
  for (const { urls } of loadings) urls.add(withoutTry(url));
}

/** The address to load a module from. */
export function asNew(resolved: ResolveFnOutput): ResolveFnOutput {
  const count = tries.get(resolved.url);
  if (count === undefined) return resolved;
  return { ...resolved, url: `${resolved.url}${resolved.url.includes("?") ? "&" : "?"}${mark}${count}` };
}

/** What this run was importing is to be loaded anew. */
export function forgetHalfLoaded(run: Run): void {
  for (const loading of loadings) {
    if (loading.run !== run) continue;
    loadings.delete(loading);
    for (const url of loading.urls) tries.set(url, (tries.get(url) ?? 0) + 1);
  }
  // Nothing else is being required now: requiring never waits.
  const { cache } = createRequire(import.meta.url);
  for (const [name, module] of Object.entries(cache)) if (module?.loaded === false) delete cache[name];
}

const mark = "quern-try=";
const withoutTry = (url: string): string => url.replace(new RegExp(`[?&]${mark}\\d+$`), "");

import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { fileOf, renew } from "./module-addresses.ts";
import { type Run, runContext } from "./run.ts";

/**
 * A module whose loading was ended by an interrupt is neither there nor not there: Node and V8 would have every later
 * import of it wait for ever. One that failed would fail for ever, though the package that it misses may be installed
 * and the file that it reads be written by then. Both are loaded again under another address.
 */

type Loading = { readonly run: Run | undefined; readonly files: Set<string> };

const loadings = new Set<Loading>();
const current = new AsyncLocalStorage<Loading>();

/** What to say of a failure, given the files that began to load. */
type Explain = (error: unknown, files: ReadonlySet<string>) => unknown;

/** Knows what is loaded by an import of a cell while it lasts. */
export async function watched<T>(load: () => Promise<T>, explain: Explain): Promise<T> {
  const loading = begin();
  try {
    return await current.run(loading, load);
  } catch (error) {
    renew(loading.files);
    throw explain(error, loading.files);
  } finally {
    loadings.delete(loading);
  }
}

/** The same for what is required, which never waits. */
export function watchedNow<T>(load: () => T, explain: Explain): T {
  const loading = begin();
  try {
    return current.run(loading, load);
  } catch (error) {
    renew(loading.files);
    throw explain(error, loading.files);
  } finally {
    loadings.delete(loading);
  }
}

function begin(): Loading {
  const loading = { run: runContext.getStore(), files: new Set<string>() };
  loadings.add(loading);
  return loading;
}

/** Called for each module that begins to load. */
export function begins(url: string): void {
  const loading = current.getStore();
  const file = fileOf(url);
  if (loading !== undefined && loadings.has(loading) && file !== undefined) loading.files.add(file);
}

/** What this run was importing is to be loaded anew. */
export function forgetHalfLoaded(run: Run): void {
  for (const loading of loadings) {
    if (loading.run !== run) continue;
    renew(loading.files);
    loadings.delete(loading);
  }
  // Nothing else is being required now: requiring never waits.
  const { cache } = createRequire(import.meta.url);
  for (const [name, module] of Object.entries(cache)) if (module?.loaded === false) delete cache[name];
}

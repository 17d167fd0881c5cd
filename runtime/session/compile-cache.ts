import { enableCompileCache, flushCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Keeps the compiled code of modules, our own and the user's, from one session to the next: a session is ready in half
 * the time. In a folder of the user's own, since what is in it will be run. Where it cannot be written, nothing is kept.
 */
export function keepCompiledCode(): void {
  enableCompileCache(join(cacheFolder(), "quern", "compiled"));
}

/** Writes what has been compiled by now; a session may end without a chance to. */
export const saveCompiledCode = flushCompileCache;

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === "win32") return LOCALAPPDATA || join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return XDG_CACHE_HOME || join(homedir(), ".cache");
}

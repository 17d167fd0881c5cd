import { realpathSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { sep } from "node:path";
import { isPackage, packageFolder } from "./new-packages.ts";
import { runContext } from "./run.ts";

let isRegistered = false;

/**
 * Has tsx serve what Node alone does not run (enums, imports without extension, `paths` of tsconfig.json) from the first
 * import on that may come to a file of the user's.
 */
export function serveTypeScript(specifier: string, folder: string, onServed: () => void): void {
  if (isRegistered || !mayBeLocal(specifier, folder)) return;
  // Required and not imported: what an interrupt ends can be required again, but never imported again.
  const require = createRequire(import.meta.url);
  const { register } = require("tsx/esm/api") as typeof import("tsx/esm/api");
  const { findTsconfig } = require("get-tsconfig") as typeof import("get-tsconfig");
  // From the notebook's folder upwards, wherever the working folder has gone.
  const tsconfig = process.env.TSX_TSCONFIG_PATH ?? findTsconfig(folder);
  // Its process is not the cell's, which would end it.
  runContext.exit(() => register({ tsconfig: tsconfig ?? false }));
  onServed();
  isRegistered = true;
}

function mayBeLocal(specifier: string, folder: string): boolean {
  if (isBuiltin(specifier)) return false;
  // A path, a file: URL, or one of package.json's `imports`; or a path that only tsconfig.json knows.
  const found = isPackage(specifier) ? packageFolder(specifier, folder) : undefined;
  // A workspace's package is a link to sources.
  return found === undefined || !realpathSync(found).includes(`${sep}node_modules${sep}`);
}

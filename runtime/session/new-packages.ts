import { existsSync, readFileSync } from "node:fs";
import { findPackageJSON, isBuiltin, type ResolveFnOutput, type ResolveHookContext } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

type Next = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

const failures = new Map<string, number>();

/**
 * Node remembers for the life of the process which package.json files were not there, so a package that the user
 * installs after a failed import would be missing until the next restart. It is not asked for one that has no folder.
 * Where it has failed all the same, as for a package half installed: its memory goes by the text of the path, and the
 * second try names the same folder in another way.
 */
export function resolveAgain(specifier: string, context: ResolveHookContext, next: Next): ResolveFnOutput {
  const parent = context.parentURL;
  if (!parent?.startsWith("file:") || !isPackage(specifier) || isBuiltin(specifier)) return next(specifier, context);
  const importer = fileURLToPath(parent);
  const isImport = context.conditions.includes("import");
  if (!isInstalled(specifier, importer)) throw notFound(specifier, importer, isImport);
  try {
    return next(specifier, context);
  } catch (error) {
    if (!isImport || !isOfOldMemory((error as NodeJS.ErrnoException).code)) throw error;
    const slashes = "/".repeat((failures.get(specifier) ?? 0) + 2);
    try {
      return next(specifier, { ...context, parentURL: parent.replace(/\/([^/]*)$/, `${slashes}$1`) });
    } catch {
      failures.set(specifier, slashes.length - 1);
      throw error;
    }
  }
}

const isOfOldMemory = (code: string | undefined): boolean =>
  code === "ERR_MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED";

export const isPackage = (specifier: string): boolean => /^(@[^/:]+\/)?[^./#:@][^:]*$/.test(specifier);

/** `@scope/name/sub/path` → `@scope/name`. */
export const packageName = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** The folder in the nearest node_modules, from a file or folder upwards. */
export function packageFolder(specifier: string, from: string): string | undefined {
  const name = packageName(specifier);
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) return undefined;
  }
}

function isInstalled(specifier: string, importer: string): boolean {
  // Elsewhere Node looks for what is required, and Yarn for everything.
  if (process.env.NODE_PATH || process.versions.pnp) return true;
  return packageFolder(specifier, importer) !== undefined || isOfItself(specifier, importer);
}

/** A package can import itself by its name. */
function isOfItself(specifier: string, importer: string): boolean {
  try {
    const description = findPackageJSON("..", importer);
    return description !== undefined && JSON.parse(readFileSync(description, "utf8")).name === packageName(specifier);
  } catch {
    return false;
  }
}

/** In Node's words, which packages look for when they try one that may be missing. */
function notFound(specifier: string, importer: string, isImport: boolean): Error {
  if (isImport) {
    const message = `Cannot find package '${packageName(specifier)}' imported from ${importer}`;
    return Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND" });
  }
  const message = `Cannot find module '${specifier}'\nRequire stack:\n- ${importer}`;
  return Object.assign(new Error(message), { code: "MODULE_NOT_FOUND", requireStack: [importer] });
}

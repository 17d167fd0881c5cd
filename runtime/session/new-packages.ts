import { existsSync } from "node:fs";
import { isBuiltin, type ResolveFnOutput, type ResolveHookContext } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

type Next = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

const failures = new Map<string, number>();

/** What is asked of the resolver of imports in the name of a `require`. */
let asked: Pick<ResolveHookContext, "parentURL" | "conditions"> | undefined;

/**
 * Node remembers for the life of the process which package.json files were not there, so a package that the user
 * installs after a failed import would be missing until the next restart. Its memory goes by the text of the path: the
 * second try names the same folder in another way. What is required has no such text; there the resolver of imports is
 * asked, with the conditions of `require`.
 */
export function resolveAgain(specifier: string, context: ResolveHookContext, next: Next): ResolveFnOutput {
  if (asked !== undefined) return next(specifier, { ...context, ...asked });
  try {
    return next(specifier, context);
  } catch (error) {
    const parent = context.parentURL;
    if (!isOfOldMemory((error as NodeJS.ErrnoException).code) || !isPackage(specifier)) throw error;
    const found = parent?.startsWith("file:") ? packageFolder(specifier, fileURLToPath(parent)) : undefined;
    if (found === undefined) throw error;
    const isImport = context.conditions.includes("import");
    // Node remembers what it found by that text too, whatever the conditions.
    const slashes = "/".repeat(2 * (failures.get(specifier) ?? 0) + (isImport ? 2 : 3));
    const parentURL = `${pathToFileURL(found.slice(0, found.lastIndexOf(`${sep}node_modules${sep}`))).href}${slashes}importer`;
    try {
      if (isImport) return next(specifier, { ...context, parentURL });
      asked = { parentURL, conditions: context.conditions };
      return { url: import.meta.resolve(specifier) };
    } catch {
      failures.set(specifier, (failures.get(specifier) ?? 0) + 1);
      throw error;
    } finally {
      asked = undefined;
    }
  }
}

const isOfOldMemory = (code: string | undefined): boolean =>
  code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED";

export const isPackage = (specifier: string): boolean =>
  /^(@[^/:]+\/)?[^./#:@][^:]*$/.test(specifier) && !isBuiltin(specifier);

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

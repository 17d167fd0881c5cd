import type { ResolveFnOutput, ResolveHookContext } from "node:module";

type Next = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

const failures = new Map<string, number>();

/**
 * Node remembers for the life of the process which package.json files were not there, so a package that the user
 * installs after a failed import would be missing until the next restart. Its memory goes by the text of the path: the
 * second try names the same folder in another way.
 */
export function resolveAgain(specifier: string, context: ResolveHookContext, next: Next): ResolveFnOutput {
  try {
    return next(specifier, context);
  } catch (error) {
    const parent = context.parentURL;
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND" || !isPackage(specifier)) throw error;
    if (!parent?.startsWith("file:") || !context.conditions.includes("import")) throw error;
    const slashes = "/".repeat((failures.get(specifier) ?? 0) + 2);
    try {
      return next(specifier, { ...context, parentURL: parent.replace(/\/([^/]*)$/, `${slashes}$1`) });
    } catch {
      failures.set(specifier, slashes.length - 1);
      throw error;
    }
  }
}

const isPackage = (specifier: string): boolean => /^(@[^/:]+\/)?[^./#:@][^:]*$/.test(specifier);

import { existsSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { QuernError } from "../errors.ts";
import { isPackage, packageName } from "./new-packages.ts";

/** A clearer error for a package or file that is not there; undefined for every other failure of an import. */
export function missingModule(specifier: string, folder: string, error: unknown): Error | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return undefined;
  const name = /^Cannot find package '([^']+)' imported from (.+)$/m.exec(message);
  if (name?.[1] && name[2]) {
    // A package without its entry file is named by its path.
    const missing = packageName(name[1].split("node_modules/").at(-1) ?? name[1]);
    const isOfCell = packageName(specifier) === missing;
    return new QuernError("MODULE_NOT_FOUND", missingPackage(missing, folder, isOfCell ? undefined : name[2]));
  }
  if (code === "MODULE_NOT_FOUND" && isPackage(specifier) && message.startsWith(`Cannot find module '${specifier}'`)) {
    return new QuernError("MODULE_NOT_FOUND", missingPackage(packageName(specifier), folder, undefined));
  }
  if (/^\.{0,2}\//.test(specifier)) {
    const file = resolve(folder, specifier);
    if (!existsSync(file) && message.includes(basename(file))) {
      return new QuernError("MODULE_NOT_FOUND", missingFile(specifier, file));
    }
  }
  return undefined;
}

function missingPackage(name: string, folder: string, importer: string | undefined): string {
  const who = importer === undefined ? "" : `, which ${importer} imports,`;
  const builtin = nearest(name, builtinModules);
  const hint = builtin === undefined ? "" : ` Did you mean "node:${builtin}"?`;
  return `Package "${name}"${who} is not installed: it is in no node_modules of ${folder} or a folder above.${hint} To install it, run there: npm install ${name}`;
}

function missingFile(specifier: string, file: string): string {
  const folder = dirname(file);
  if (!existsSync(folder)) return `"${specifier}" cannot be imported: there is no folder ${folder}`;
  const near = nearest(basename(file), readdirSync(folder));
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `"${specifier}" cannot be imported: there is no file ${file}.${hint}`;
}

/** The name that was probably meant. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const found = closest(name, names as string[]);
  return distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(1, name.length / 3) ? found : undefined;
}

import { existsSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { QuernError } from "../errors.ts";
import { isPackage, packageName } from "./new-packages.ts";
import { cellsModuleName } from "./stack.ts";

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
  const required = /^Cannot find module '([^']+)'\nRequire stack:\n- (.+)$/m.exec(message);
  if (required?.[1] && required[2] && isPackage(required[1])) {
    const importer = required[2].endsWith(cellsModuleName) ? undefined : required[2];
    return new QuernError("MODULE_NOT_FOUND", missingPackage(packageName(required[1]), folder, importer));
  }
  if (/^\.{0,2}\//.test(specifier)) {
    const file = resolve(folder, specifier);
    const imported = /^Cannot find module '(.+)' imported from (.+)$/m.exec(message);
    if (
      imported?.[1] &&
      imported[2] &&
      !imported[2].endsWith(cellsModuleName) &&
      // The module that imports for the cells may have no path.
      !imported[2].startsWith("data:") &&
      !imported[2].includes("node_modules")
    ) {
      return new QuernError("MODULE_NOT_FOUND", missingFile(basename(imported[1]), imported[1], imported[2]));
    }
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
  return `Package "${name}"${who} is not installed: it is in no node_modules of ${folder} or a folder above.${hint} To install it: %npm install ${name}`;
}

function missingFile(specifier: string, file: string, importer?: string): string {
  const folder = dirname(file);
  const what = `"${specifier}"${importer === undefined ? "" : `, which ${importer} imports,`} cannot be imported`;
  if (!existsSync(folder)) return `${what}: there is no folder ${folder}`;
  const near = nearest(basename(file), readdirSync(folder));
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `${what}: there is no file ${file}.${hint}`;
}

/** The name that was probably meant. One change makes any name of two letters of any other. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || name.length < 3) return undefined;
  // Letters in another order are one mistake.
  const swapped = names.find((other) => letters(other) === letters(name));
  if (swapped !== undefined) return swapped;
  const found = closest(name, names as string[]);
  return distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(1, name.length / 3) ? found : undefined;
}

const letters = (name: string): string => [...name.toLowerCase()].sort().join("");

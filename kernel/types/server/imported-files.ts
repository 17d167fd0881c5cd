import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { importsIn } from "../../../runtime/syntax/imported.ts";
import { parse } from "../../../runtime/syntax/parse.ts";
import type { Aliases } from "./aliases.ts";

export type FileChange = { readonly path: string; readonly kind: "created" | "changed" | "deleted" };

/**
 * The files that imports of cells rest on: local modules, with those that they import, and the package.json of packages. The
 * language server watches no files; it is told when one of these has changed.
 */
export type ImportedFiles = {
  /** What has changed since the last time, of what these modules and those before rest on. */
  changes(specifiers: readonly string[]): FileChange[];
  /** Whether these modules are among the files, or import one of them, themselves or through others. */
  restOn(specifiers: readonly string[], paths: ReadonlySet<string>): boolean;
};

const missing = 0;

export function createImportedFiles(folder: string, aliases: () => Aliases): ImportedFiles {
  /** When each was written last, in milliseconds. */
  const known = new Map<string, number>();

  const add = (specifiers: readonly string[], from: string) => {
    const work = specifiers.map((specifier) => ({ specifier, from }));
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      const path = fileOf(next.specifier, next.from);
      if (path === undefined || known.has(path)) continue;
      known.set(path, writtenAt(path));
      for (const specifier of importsOfFile(path)) work.push({ specifier, from: dirname(path) });
    }
  };

  /** Of a package its package.json; undefined for what is no file. */
  const fileOf = (specifier: string, from: string): string | undefined => {
    if (/^\.{0,2}\//.test(specifier)) return localFile(resolve(from, specifier));
    if (specifier.startsWith("node:")) return undefined;
    const aliased = aliases().of(specifier).map(localFile).find(isFile);
    return aliased ?? packageFile(specifier, from);
  };

  return {
    restOn(specifiers, paths) {
      const seen = new Set<string>();
      const isAmong = (specifier: string, from: string): boolean => {
        const path = fileOf(specifier, from);
        if (path === undefined || seen.has(path)) return false;
        seen.add(path);
        return paths.has(path) || importsOfFile(path).some((inner) => isAmong(inner, dirname(path)));
      };
      return specifiers.some((specifier) => isAmong(specifier, folder));
    },
    changes(specifiers) {
      const found: FileChange[] = [];
      for (const [path, before] of [...known]) {
        const now = writtenAt(path);
        if (now === before) continue;
        known.set(path, now);
        found.push({ path, kind: before === missing ? "created" : now === missing ? "deleted" : "changed" });
        add(importsOfFile(path), dirname(path));
      }
      add(specifiers, folder);
      return found;
    },
  };
}

const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? missing;

const endings = ["", ".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const localFile = (path: string): string => endings.map((ending) => path + ending).find(isFile) ?? path;

function packageFile(specifier: string, from: string): string | undefined {
  const name = /^(@[^/:]+\/)?[^./#:@][^/:]*/.exec(specifier)?.[0];
  if (name === undefined) return undefined;
  const inFolder = join(from, "node_modules", name, "package.json");
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name, "package.json");
    if (writtenAt(path) !== missing) return path;
    if (dirname(folder) === folder) return inFolder;
  }
}

/** Packages are as they were installed. */
function importsOfFile(path: string): readonly string[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  try {
    return importsIn(parse(readFileSync(path, "utf8"), "ts"));
  } catch {
    return [];
  }
}

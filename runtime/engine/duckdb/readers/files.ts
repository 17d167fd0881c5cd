import { type Dirent, existsSync, readdirSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { AnalysisError, type Origin } from "../../../errors.ts";
import { nearest } from "../../../plan/nearest.ts";
import type { ReadFormat } from "../formats.ts";
import { isBeingSwapped, recover } from "../writer/staging.ts";
import { globToRegExp, hasGlob } from "./glob.ts";

export type DataFile = {
  readonly path: string;
  /** Values in the path's `name=value` folders below what the user named; null is Hive's default partition. */
  readonly partitions: readonly Partition[];
  readonly bytes: number;
  readonly changedMs: number;
};

/** `written` is the name as the folder has it: "a%20key" for "a key". */
export type Partition = { readonly name: string; readonly written: string; readonly value: string | null };

export type Files = {
  readonly files: readonly DataFile[];
  /** Addresses that DuckDB reads by itself (https, s3 …). */
  readonly remote: readonly string[];
};

export type FindOptions = {
  readonly format: ReadFormat;
  readonly recursive: boolean;
  readonly glob?: string | undefined;
  /** Where relative paths begin; the working folder where it is not said. */
  readonly folder?: string | undefined;
};

/**
 * The files behind files, folders and globs. Names that start with "_" or "." are no data, as in Spark; in a folder
 * that has files of the format's own extension, only those are.
 * @throws AnalysisError when something is missing or a folder has no data.
 */
export function findFiles(paths: readonly string[], options: FindOptions, origin?: Origin): Files {
  const files: DataFile[] = [];
  const remote: string[] = [];
  for (const path of paths) {
    const local = toLocalPath(path, options.folder);
    if (local === undefined) remote.push(path);
    else files.push(...findLocal(local, path, options, origin));
  }
  return { files, remote };
}

/** Undefined for an address that is not of this machine's file system. */
export function toLocalPath(path: string, folder = ""): string | undefined {
  if (path.startsWith("file:")) return fileURLToPath(path);
  // "C:\data" is a drive, not a scheme.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return undefined;
  return resolve(folder, path);
}

function findLocal(local: string, asGiven: string, options: FindOptions, origin?: Origin): DataFile[] {
  const found = afterWrites(local);
  if (found?.isDirectory()) return filesOf(local, asGiven, options, origin);
  if (found !== undefined) return [dataFile(local, dirname(local), found)];
  if (!hasGlob(relative(globRoot(local), local))) throw missing(local, asGiven, origin);
  const matches = expandGlob(local);
  if (matches.length === 0) {
    throw new AnalysisError("NO_FILES", `No file or folder matches ${quoted(asGiven)}.`, { origin });
  }
  return matches.flatMap((match) => {
    const stats = statSync(match);
    // What a glob matched keeps its partition values, counted from the part before the first wildcard.
    const root = globRoot(local);
    return stats.isDirectory() ? filesOf(match, match, options, origin, root) : [dataFile(match, root, stats)];
  });
}

function filesOf(folder: string, asGiven: string, options: FindOptions, origin?: Origin, root = folder): DataFile[] {
  const all: string[] = [];
  const collect = (current: string, depth: number) => {
    for (const entry of list(current, origin)) {
      if (isHidden(entry.name)) continue;
      const path = join(current, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (stat(path)?.isDirectory() ?? false));
      if (isFolder) {
        if (options.recursive && depth < MAX_DEPTH) collect(path, depth + 1);
      } else all.push(path);
    }
  };
  collect(folder, 0);
  const pattern = options.glob === undefined ? undefined : globToRegExp(options.glob);
  const wanted = pattern === undefined ? all : all.filter((path) => pattern.test(basename(path)));
  const typical = wanted.filter((path) => EXTENSIONS[options.format].test(path));
  const paths = (typical.length > 0 ? typical : wanted).toSorted();
  if (paths.length === 0) {
    throw new AnalysisError("NO_FILES", `The folder ${quoted(asGiven)} has no ${options.format} files.`, { origin });
  }
  return paths.map((path) => dataFile(path, root, statSync(path)));
}

/** A write may just be swapping the path in, or have crashed while it did. */
function afterWrites(path: string): Stats | undefined {
  for (let i = 0; i < 100 && stat(path) === undefined && isBeingSwapped(path); i++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  try {
    recover(path);
  } catch {
    // Who may only read cannot put things right; what is there is whole.
  }
  return stat(path);
}

function dataFile(path: string, root: string, stats: Stats): DataFile {
  const folders = relative(root, dirname(path)).split(sep);
  const partitions = folders.flatMap((folder) => {
    const at = folder.indexOf("=");
    if (at <= 0) return [];
    const value = unescapePart(folder.slice(at + 1));
    const written = folder.slice(0, at);
    return [{ name: unescapePart(written), written, value: value === DEFAULT_PARTITION ? null : value }];
  });
  return { path, partitions, bytes: stats.size, changedMs: stats.mtimeMs };
}

function missing(local: string, asGiven: string, origin?: Origin): AnalysisError {
  const near = nearestEntry(local);
  const hint = near === undefined ? "" : ` Did you mean ${quoted(near)}?`;
  return new AnalysisError("NO_SUCH_FILE", `No such file or folder: ${quoted(asGiven)}.${hint}`, { origin });
}

/** The entry that the first wrong part of a path most probably meant, as a path relative to the working folder. */
function nearestEntry(path: string): string | undefined {
  let folder = dirname(path);
  let name = basename(path);
  while (!existsSync(folder)) {
    if (dirname(folder) === folder) return undefined;
    name = basename(folder);
    folder = dirname(folder);
  }
  const names = list(folder).map((entry) => entry.name);
  const stem = (entry: string) => entry.toLowerCase().replace(/\..*$/, "");
  const chosen = nearest(name, names) ?? names.find((entry) => stem(entry) === stem(name));
  return chosen === undefined ? undefined : relative("", join(folder, chosen));
}

function list(folder: string, origin?: Origin): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (origin === undefined) return [];
    throw new AnalysisError(
      "NO_PERMISSION",
      `The folder ${quoted(folder)} cannot be read: ${(cause as Error).message}`,
      {
        origin,
        cause,
      },
    );
  }
}

function expandGlob(pattern: string): string[] {
  const root = globRoot(pattern);
  const parts = relative(root, pattern).split(sep);
  let matches = [root];
  for (const part of parts) {
    matches = matches.flatMap((folder) => {
      if (part === "**") return [folder, ...foldersBelow(folder)];
      if (!hasGlob(part)) return existsSync(join(folder, part)) ? [join(folder, part)] : [];
      const test = globToRegExp(part);
      return list(folder)
        .filter((entry) => !isHidden(entry.name) && test.test(entry.name))
        .map((entry) => join(folder, entry.name));
    });
  }
  return [...new Set(matches)].toSorted();
}

const foldersBelow = (folder: string): string[] =>
  list(folder)
    .filter((entry) => entry.isDirectory() && !isHidden(entry.name))
    .flatMap((entry) => [join(folder, entry.name), ...foldersBelow(join(folder, entry.name))]);

/** The part of a pattern that exists as it is written; a folder's name may have brackets in it. */
function globRoot(pattern: string): string {
  let root = pattern;
  while (!existsSync(root) && dirname(root) !== root) root = dirname(root);
  return root;
}

function stat(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function unescapePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isHidden = (name: string): boolean => name.startsWith("_") || name.startsWith(".");
const quoted = (text: string): string => JSON.stringify(text);

export const DEFAULT_PARTITION = "__HIVE_DEFAULT_PARTITION__";
const MAX_DEPTH = 64;
const EXTENSIONS: { readonly [format in ReadFormat]: RegExp } = {
  parquet: /\.(parquet|parq|pq)$/i,
  csv: /\.(csv|tsv|txt|psv)(\.(gz|zst))?$/i,
  json: /\.(json|jsonl|ndjson|geojson)(\.(gz|zst))?$/i,
  text: /\.(txt|text|log)$/i,
};

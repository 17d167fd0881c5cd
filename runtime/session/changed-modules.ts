import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { fileOf, renew, versionOf } from "./module-addresses.ts";

/**
 * Which of the user's files have changed since they were loaded. They are loaded anew at the next import, and with them
 * all that imports them, over any number of steps: so no module ever sees another's old version beside the new one.
 * What has not changed, and imports nothing that has, stays the same module. Packages are not watched.
 */

type Loaded = { readonly stamp: string | undefined; readonly hash: string };

const loaded = new Map<string, Loaded>();
const imports = new Map<string, Set<string>>();

/** Called for each module that begins to load. */
export function noteLoaded(url: string): void {
  const file = fileOf(url);
  if (file === undefined || !isWatched(file)) return;
  if (versionOf(file) > 0) countOldVersion();
  // The stamp first: what is written in between shows at the next look.
  const stamp = stampOf(file);
  const hash = hashOf(file);
  if (hash !== undefined) loaded.set(file, { stamp, hash });
}

/** Called for each import in a module. */
export function noteImport(importer: string | undefined, url: string): void {
  const [from, to] = [importer && fileOf(importer), fileOf(url)];
  if (!from || !to || !isWatched(from) || !isWatched(to)) return;
  const known = imports.get(from);
  if (known) known.add(to);
  else imports.set(from, new Set([to]));
}

/** Looks at the files that are loaded, before an import. */
export function renewChanged(): void {
  const changed = [...loaded.keys()].filter(hasChanged);
  if (changed.length === 0) return;
  const outdated = withImporters(changed);
  dropRequired(outdated);
  renew(outdated);
  for (const file of outdated) imports.delete(file);
  for (const file of changed) loaded.delete(file);
}

const manyVersions = 300;
let oldVersions = 0;

/** Node and V8 keep them, with all that they hold at their top level, whether anyone uses them or not. */
function countOldVersion(): void {
  oldVersions += 1;
  if (oldVersions !== manyVersions) return;
  process.stderr.write(
    `${manyVersions} old versions of imported files are in memory. They stay there until a restart.\n`,
  );
}

const quern = fileURLToPath(new URL("../", import.meta.url));

const isWatched = (file: string): boolean => !file.includes(`${sep}node_modules${sep}`) && !file.startsWith(quern);

function hasChanged(file: string): boolean {
  const { stamp, hash } = loaded.get(file) as Loaded;
  const now = stampOf(file);
  if (now !== undefined && now === stamp) return false;
  // Saved without a change, or too young for its time to tell.
  if (hashOf(file) !== hash) return true;
  loaded.set(file, { stamp: now, hash });
  return false;
}

/** File systems count time in steps: a file may change twice within one of them. */
const youngMs = 2500;

function stampOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || Date.now() - stat.mtimeMs < youngMs) return undefined;
  return `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}`;
}

function hashOf(file: string): string | undefined {
  try {
    return process.getBuiltinModule("node:crypto").hash("sha256", readFileSync(file), "base64");
  } catch {
    // Deleted, or not to be read: the import itself will tell.
    return undefined;
  }
}

function withImporters(changed: readonly string[]): Set<string> {
  const importers = importersOfEach();
  const found = new Set(changed);
  // A set goes over what is added meanwhile too.
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}

const { cache } = createRequire(import.meta.url);

function importersOfEach(): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  const add = (importer: string, file: string) => {
    const known = importers.get(file);
    if (known) known.push(importer);
    else importers.set(file, [importer]);
  };
  for (const [importer, files] of imports) for (const file of files) add(importer, file);
  // Node resolves what two modules of a folder require once only, and remembers here who did.
  for (const module of required()) {
    if (isWatched(module.filename)) for (const child of module.children) add(module.filename, child.filename);
  }
  return importers;
}

/** JSON has no name while it is the child of an ES module. */
function required(): NodeJS.Module[] {
  return Object.values(cache).filter((one): one is NodeJS.Module => typeof one?.filename === "string");
}

/** Old versions are not to be kept by the lists of their importers. */
function dropRequired(files: ReadonlySet<string>): void {
  for (const file of files) delete cache[file];
  for (const module of required()) {
    if (module.children.some((child) => files.has(child.filename))) {
      module.children = module.children.filter((child) => !files.has(child.filename));
    }
  }
}

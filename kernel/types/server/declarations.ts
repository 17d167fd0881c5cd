import { existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeDeclarations, packages, places } from "./make-declarations.ts";
import { packedName } from "./packed.ts";

/** Where the language server finds the types of "quern", of TypeScript's library and of Node. */
export type Declarations = {
  /** Declare modules for all others. */
  readonly files: readonly string[];
  /** False when they have been removed. */
  isThere(): boolean;
  /** Apache Arrow, as Quern's declarations call it. */
  readonly arrow?: string;
  readonly compilerOptions: {
    readonly paths: { readonly [pattern: string]: readonly string[] };
    /** The parts of the library are looked for as packages, which `paths` has elsewhere. */
    readonly libReplacement?: boolean;
    readonly typeRoots: readonly string[];
  };
};

const project = fileURLToPath(new URL("../../../", import.meta.url));
const runtime = join(project, "runtime");

/**
 * They are made once for each state of the sources: the server reads declarations in a quarter of the time that the sources
 * take, and again with every new module; and few files take less than many. Where they cannot be made, the sources serve.
 */
export function declarations(log: (line: string) => void): Promise<Declarations> {
  making ??= find(log).finally(() => {
    making = undefined;
  });
  return making;
}

let making: Promise<Declarations> | undefined;

async function find(log: (line: string) => void): Promise<Declarations> {
  const cache = join(project, "node_modules/.cache/quern");
  const folder = join(cache, `types-${stateOfSources()}`);
  if (isWhole(folder)) return packedIn(folder);
  // Two kernels may start at the same time: each makes its own, and the first to be ready gives its to all.
  const own = `${folder}-${process.pid}`;
  try {
    // Some of its files may have been removed.
    rmSync(folder, { recursive: true, force: true });
    await makeDeclarations(own);
    renameSync(own, folder);
    removeOlder(cache, folder);
  } catch (error) {
    // Another has given its own meanwhile.
    if (!isWhole(folder)) {
      log(`the declarations of Quern cannot be made, types are read from its sources: ${(error as Error).message}`);
      return ofSources;
    }
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  return packedIn(folder);
}

const ofSources: Declarations = {
  files: [],
  isThere: () => true,
  compilerOptions: {
    paths: { quern: [join(runtime, "index.ts")] },
    typeRoots: [join(project, "node_modules/@types")],
  },
};

const isWhole = (folder: string): boolean => Object.values(places).every((place) => existsSync(join(folder, place)));

function packedIn(folder: string): Declarations {
  const nothing = join(folder, places.nothing);
  return {
    files: [join(folder, places.quern)],
    isThere: () => isWhole(folder),
    arrow: join(folder, places.arrow),
    compilerOptions: {
      paths: {
        "@typescript/lib-esnext": [join(folder, places.library)],
        "@typescript/lib-es*": [nothing],
        "@typescript/lib-decorators*": [nothing],
        // What a script declares goes before what is found; looking for that in vain would take longer.
        [`${packedName}*`]: [nothing],
      },
      libReplacement: true,
      typeRoots: [join(folder, places.typeRoots)],
    },
  };
}

/** Changes with any change of what is declared or of how, and with the versions of packages. */
function stateOfSources(): string {
  const files = globSync(["runtime/**/*.ts", "kernel/types/server/*.ts"], { cwd: project });
  const newestMs = Math.max(...files.map((file) => statSync(join(project, file)).mtimeMs));
  const versions = packages.map((name) => {
    const manifest = findPackageJSON(name, import.meta.url);
    return manifest && (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  });
  return [files.length, Math.round(newestMs).toString(36), ...versions].join("-");
}

/** A kernel that is making its own takes seconds. */
const madeWithinMs = 600_000;

function removeOlder(cache: string, folder: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    // Others remove them, too.
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    const isOld = name.startsWith("types-") && path !== folder && mtimeMs < Date.now() - madeWithinMs;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}

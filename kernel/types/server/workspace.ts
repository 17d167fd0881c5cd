import { existsSync, readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { type Aliases, readAliases } from "./aliases.ts";
import { type Declarations, declarations } from "./declarations.ts";
import { createDocuments } from "./documents.ts";
import type { FileChange } from "./imported-files.ts";
import { packedName } from "./packed.ts";
import { exportedNames, exportsDocument, functionNames, preloadedDeclarations } from "./preloaded.ts";
import { type LanguageServer, startLanguageServer } from "./server.ts";

/** The documents that the language server is shown; none of them is a file. */
export type Workspace = {
  /** The server with all documents; started again where it has ended. */
  server(): Promise<LanguageServer>;
  /** Asks once more where the server ended before it answered; ends one that does not answer at all. */
  ask<T>(question: (server: LanguageServer) => Promise<T>): Promise<T>;
  /** The module that a cell is looked at in: one to check cells, one for what is being typed. */
  readonly check: string;
  readonly draft: string;
  /** The names that cells have from the start. */
  readonly preloaded: ReadonlySet<string>;
  /** The functions over columns, preloaded or not. */
  readonly functions: ReadonlySet<string>;
  /** What else Quern exports. */
  readonly exported: ReadonlySet<string>;
  put(uri: string, text: string): void;
  /** Keeps the module of a run, for those behind it; they import it by what this gives. */
  keep(run: number, text: string): string;
  /** What is wrong with a text where null and undefined fit everywhere. */
  diagnosticsWithoutNull(text: string): Promise<readonly Diagnostic[]>;
  /** Files on disk are others now; what cells import may be among them. */
  changed(files: readonly FileChange[]): void;
  /** Forgets the modules of all runs. */
  clear(): void;
  /** Another number where what a draft is looked at with may be another. */
  revision(): number;
  stop(): void;
};

const empty = "export {};\n";
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
const runtime = new URL("../../../runtime/", import.meta.url);

/**
 * Cells are modules in the folder of the notebook, so that they import what a file there would. Of the folder's own
 * tsconfig.json only what imports are called is used: what stops a cell is the same everywhere.
 */
export function openWorkspace(
  folder: string,
  log: (line: string) => void,
  {
    aliases = () => readAliases(folder),
    find = declarations,
    patience = 1,
  }: { aliases?: () => Aliases; find?: typeof declarations; patience?: number } = {},
): Workspace {
  const folderUri = pathToFileURL(folder).href;
  const uriOf = (name: string): string => pathToFileURL(`${folder}${sep}${name}`).href;
  const [check, draft] = [uriOf("quern-check.mts"), uriOf("quern-draft.mts")];
  // A folder has one configuration, so this is in another, from which the same files are seen.
  const withoutNull = {
    config: uriOf("quern-without-null/tsconfig.json"),
    check: uriOf("quern-without-null/check.mts"),
  };
  // All that a module imports of others stands in its first line.
  const documents = createDocuments((text) => {
    const [header = ""] = text.split("\n", 1);
    return Array.from(header.matchAll(/"\.\/(quern-run-\d+\.mts)"/g), ([, name = ""]) => uriOf(name));
  });
  let running: Promise<LanguageServer> | undefined;
  let current: LanguageServer | undefined;
  const stopping = new AbortController();
  let revision = 0;
  let declared: Declarations | undefined;
  let functions: ReadonlySet<string> | undefined;
  let exported: ReadonlySet<string> | undefined;

  const preloaded = exportedNames(new URL(`globals${extension}`, runtime));
  const exports = exportsDocument(preloaded);
  documents.put(uriOf(exports.name), exports.text);
  documents.put(uriOf("quern-preloaded.d.ts"), preloadedDeclarations(preloaded));
  for (const uri of [check, draft]) documents.put(uri, empty);
  const putArrow = () => {
    documents.put(uriOf(arrowDocument), declared?.arrow ? declarationOfArrow(folder, declared.arrow) : "");
  };
  const start = async (): Promise<LanguageServer> => {
    declared = await find(log);
    if (stopping.signal.aborted) throw new Error("it is stopped");
    documents.put(uriOf("tsconfig.json"), JSON.stringify(configuration(folder, declared, aliases().paths)));
    putArrow();
    const server = await startLanguageServer(folder, folderUri, stopping.signal);
    documents.show(server);
    current = server;
    revision++;
    server.ended.then((why) => {
      if (current === server) current = undefined;
      running = undefined;
      if (!stopping.signal.aborted) log(`the language server ended: ${why}`);
    });
    return server;
  };

  const server = (): Promise<LanguageServer> => {
    running ??= start().catch((error) => {
      // The next question tries again.
      running = undefined;
      throw error;
    });
    return running;
  };

  const askOne = async <T>(question: (server: LanguageServer) => Promise<T>): Promise<T> => {
    const asked = await server();
    // Whoever leaves meanwhile does not wait for it.
    const timer = setTimeout(() => asked.kill(), unresponsiveMs * patience).unref();
    try {
      return await question(asked);
    } finally {
      clearTimeout(timer);
    }
  };

  const ask = async <T>(question: (server: LanguageServer) => Promise<T>): Promise<T> => {
    try {
      return await askOne(question);
    } catch (error) {
      if (stopping.signal.aborted || current !== undefined) throw error;
      return askOne(question);
    }
  };

  return {
    check,
    draft,
    preloaded: new Set([...preloaded, "_", "Out"]),
    get functions() {
      functions ??= functionNames(new URL("dataframe/functions/", runtime), extension);
      return functions;
    },
    get exported() {
      exported ??= new Set(exportedNames(new URL(`index${extension}`, runtime)));
      return exported;
    },
    server,
    ask,
    put: documents.put,
    async diagnosticsWithoutNull(text) {
      await server();
      const configuration = configurationWithoutNull(folder, declared as Declarations, aliases().paths);
      documents.put(withoutNull.config, JSON.stringify(configuration));
      documents.put(withoutNull.check, text);
      try {
        return await ask((server) => server.diagnostics(withoutNull.check));
      } finally {
        // The modules of the runs that it imports need not stay open.
        documents.put(withoutNull.check, empty);
      }
    },
    keep(run, text) {
      const name = `quern-run-${run}.mts`;
      documents.keep(uriOf(name), text);
      revision++;
      return `./${name}`;
    },
    changed(files) {
      putArrow();
      // It would have no types of Node any more: the next question starts it again, with new ones.
      if (declared?.isThere() === false) current?.kill();
      if (files.length === 0) return;
      revision++;
      current?.changed(files.map(({ path, kind }) => ({ uri: pathToFileURL(path).href, kind })));
    },
    clear() {
      revision++;
      documents.clear();
    },
    revision: () => revision,
    stop() {
      stopping.abort();
    },
  };
}

/** Its first answer on a busy machine takes some seconds. */
const unresponsiveMs = 20_000;

const arrowDocument = "quern-arrow.d.ts";

/** A notebook that has the same Apache Arrow passes its tables on, so they are to have the same types as Quern's. */
function declarationOfArrow(folder: string, packed: string): string {
  const name = "apache-arrow";
  const own = versionOf(name, pathToFileURL(join(folder, "package.json")).href);
  return own !== undefined && own === versionOf(name, import.meta.url)
    ? `declare module "${packedName}${name}" { export * from "${name}"; }\n`
    : `/// <reference path=${JSON.stringify(packed.replaceAll("\\", "/"))} />\n`;
}

/** Of a package as a file finds it; undefined where it has no types. */
function versionOf(name: string, file: string): string | undefined {
  try {
    const manifest = findPackageJSON(name, file) ?? "";
    const { version, types } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: string; types: string };
    return existsSync(join(dirname(manifest), types)) ? version : undefined;
  } catch {
    return undefined;
  }
}

/** The one set of compiler options. */
const configuration = (folder: string, { files, compilerOptions }: Declarations, paths: Aliases["paths"]) => ({
  compilerOptions: {
    target: "esnext",
    lib: ["esnext"],
    // As tsx takes local files: without ending, and as modules of ECMAScript whatever package.json says. Packages are as
    // Node takes them.
    module: "preserve",
    moduleResolution: "bundler",
    customConditions: ["node"],
    moduleDetection: "force",
    strict: true,
    noUncheckedIndexedAccess: true,
    useUnknownInCatchVariables: false,
    strictPropertyInitialization: false,
    noEmit: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    resolveJsonModule: true,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
    skipLibCheck: true,
    types: ["node"],
    ...compilerOptions,
    typeRoots: [join(folder, "node_modules/@types"), ...compilerOptions.typeRoots].filter(existsSync),
    paths: { ...paths, ...compilerOptions.paths },
  },
  files: [...files, ...ownFiles, "quern-check.mts", "quern-draft.mts"],
});

const ownFiles = [arrowDocument, "quern-preloaded-exports.d.mts", "quern-preloaded.d.ts"];

/** The same, as if nothing were null or undefined. Files beside the notebook are found as if its check lay there. */
const configurationWithoutNull = (folder: string, declared: Declarations, paths: Aliases["paths"]) => ({
  compilerOptions: {
    ...configuration(folder, declared, paths).compilerOptions,
    strictNullChecks: false,
    noUncheckedIndexedAccess: false,
    rootDirs: ["..", ".", "../.."],
  },
  files: [...declared.files, ...ownFiles.map((name) => `../${name}`), "check.mts"],
});

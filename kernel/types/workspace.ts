import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { preloadedDeclarations, preloadedNames } from "./preloaded.ts";
import { type LanguageServer, startLanguageServer } from "./server.ts";

/** The documents that the language server is shown; none of them is a file. */
export type Workspace = {
  /** The server with all documents; started again where it has ended. */
  server(): Promise<LanguageServer>;
  /** The module that a cell is looked at in: one to check cells, one for what is being typed. */
  readonly check: string;
  readonly draft: string;
  /** The names that cells have from the start. */
  readonly preloaded: ReadonlySet<string>;
  put(uri: string, text: string): void;
  /** The module of a run, for those behind it. */
  moduleOf(run: number): { readonly uri: string; readonly specifier: string };
  /** Forgets the modules of all runs. */
  clear(): void;
  stop(): void;
};

const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
const runtime = new URL("../../runtime/", import.meta.url);
const ownModules = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/**
 * Cells are modules in the folder of the notebook, so that they import what a file there would. The folder's own
 * tsconfig.json is not used: what stops a cell is the same everywhere.
 */
export function openWorkspace(folder: string, log: (line: string) => void): Workspace {
  const folderUri = pathToFileURL(folder).href;
  const uriOf = (name: string): string => pathToFileURL(`${folder}${sep}${name}`).href;
  const [check, draft] = [uriOf("quern-check.mts"), uriOf("quern-draft.mts")];
  const documents = new Map<string, string>();
  const fixed = new Set([uriOf("tsconfig.json"), uriOf("quern-preloaded.d.mts"), check, draft]);
  let running: Promise<LanguageServer> | undefined;
  let current: LanguageServer | undefined;
  let isStopped = false;

  documents.set(uriOf("tsconfig.json"), JSON.stringify(configuration(folder)));
  const preloaded = preloadedNames(new URL(`globals${extension}`, runtime));
  documents.set(uriOf("quern-preloaded.d.mts"), preloadedDeclarations(preloaded));
  const start = async (): Promise<LanguageServer> => {
    for (const uri of [check, draft]) if (!documents.has(uri)) documents.set(uri, "export {};\n");
    const server = await startLanguageServer(folder, folderUri);
    for (const [uri, text] of documents) server.put(uri, text);
    current = server;
    server.ended.then((why) => {
      if (current === server) current = undefined;
      running = undefined;
      if (!isStopped) log(`the language server ended: ${why}`);
    });
    if (isStopped) server.kill();
    return server;
  };

  return {
    check,
    draft,
    preloaded: new Set([...preloaded, "_", "Out"]),
    server() {
      running ??= start();
      return running;
    },
    put(uri, text) {
      documents.set(uri, text);
      current?.put(uri, text);
    },
    moduleOf: (run) => ({ uri: uriOf(`quern-run-${run}.mts`), specifier: `./quern-run-${run}.mts` }),
    clear() {
      for (const uri of documents.keys()) {
        if (fixed.has(uri)) continue;
        documents.delete(uri);
        current?.close(uri);
      }
    },
    stop() {
      isStopped = true;
      current?.kill();
    },
  };
}

/** The one set of compiler options. */
const configuration = (folder: string) => ({
  compilerOptions: {
    target: "esnext",
    lib: ["esnext"],
    module: "nodenext",
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
    typeRoots: [join(folder, "node_modules/@types"), join(ownModules, "@types")].filter(existsSync),
    paths: { quern: [fileURLToPath(new URL(`index${extension === ".ts" ? ".ts" : ".d.ts"}`, runtime))] },
  },
  files: ["quern-preloaded.d.mts", "quern-check.mts", "quern-draft.mts"],
});

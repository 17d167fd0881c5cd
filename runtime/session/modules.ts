import { type ModuleHooks, registerHooks } from "node:module";
import { sep } from "node:path";
import { pathToFileURL } from "node:url";
import { nextTurn } from "../turns.ts";
import { asBrokenFile } from "./broken-file.ts";
import { noteImport, noteLoaded, renewChanged } from "./changed-modules.ts";
import { begins, watched, watchedNow } from "./half-loaded.ts";
import { isInterrupted } from "./interrupt.ts";
import { asRequired, asWritten, withType } from "./local-format.ts";
import { missingModule } from "./missing-module.ts";
import { addressed, withoutVersions } from "./module-addresses.ts";
import { resolveAgain } from "./new-packages.ts";
import { tellOfOtherVersion } from "./package-versions.ts";
import { loadAnew, requiredAnew } from "./required-anew.ts";
import { runContext } from "./run.ts";
import { cellsModuleName } from "./stack.ts";
import { undisturbed } from "./stopping.ts";
import { serveTypeScript } from "./typescript-modules.ts";

/** What cells see of modules: `import`, `import.meta` and `require`, from the folder of the notebook or file. */
export type CellModules = {
  readonly import: (specifier: string, options?: ImportCallOptions) => Promise<ModuleNamespace>;
  readonly meta: ImportMeta;
  readonly require: NodeJS.Require;
  readonly folder: string;
};

export type ModuleNamespace = { readonly [name: string]: unknown };

let opened: CellModules | undefined;

export function cellModules(): CellModules {
  if (opened === undefined) throw new Error("openModules() comes first");
  return opened;
}

/**
 * Cells resolve modules as a module in the notebook's folder would. Such a module is made: it exists only in the
 * loader, under a name that no file has.
 */
export async function openModules(folder: string): Promise<void> {
  const url = pathToFileURL(`${folder}${sep}${cellsModuleName}`).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === url) return { url, format: "module", shortCircuit: true };
      if (isQuern(specifier) && context.parentURL !== import.meta.url) return runningQuern(specifier);
      return asWritten(resolveAgain(specifier, context, next));
    },
    load(loaded, context, next) {
      if (loaded === url) return { format: "module", source: cellsModule, shortCircuit: true };
      begins(loaded);
      noteLoaded(loaded);
      return next(loaded, context);
    },
  });
  giveAddresses();
  const cells = await import(url);
  opened = {
    meta: cells.meta,
    require: requireOf(cells.require, folder),
    folder,
    import: importOf(cells.load, folder),
  };
}

/** The last word on what is loaded from where: hooks that are registered later are asked earlier, so it moves to the front. */
function giveAddresses(): void {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      noteImport(context.parentURL, found.url);
      return context.conditions.includes("import") ? addressed(withType(found)) : requiredAnew(asRequired(found));
    },
    load: (url, context, next) => loadAnew(url) ?? next(url, context),
  });
  addresses?.deregister();
  addresses = hooks;
}

let addresses: ModuleHooks | undefined;

const cellsModule = `
import { createRequire } from "node:module";
export const meta = import.meta;
export const load = (specifier, options) => import(specifier, options);
export const require = createRequire(import.meta.url);
`;

const isQuern = (specifier: string): boolean => specifier === "quern" || specifier.startsWith("quern/");

/** One instance for cells, local modules and packages, whatever another node_modules holds. */
function runningQuern(specifier: string): { url: string; shortCircuit: true } {
  return { url: import.meta.resolve(specifier), shortCircuit: true };
}

function importOf(load: CellModules["import"], folder: string): CellModules["import"] {
  return async (specifier, options) => {
    const text = String(specifier);
    await nextTurn();
    const run = runContext.getStore();
    // The interrupt came meanwhile, and may end what is loaded now.
    if (run !== undefined && isInterrupted(run.request.run)) return new Promise<never>(() => {});
    prepare(text, folder);
    const namespace = await watched(() => load(text, options), explainer(text, folder));
    tellOfOtherVersion(text, folder);
    return namespace;
  };
}

const prepare = (specifier: string, folder: string): void =>
  undisturbed(() => {
    serveTypeScript(specifier, folder, giveAddresses);
    renewChanged();
  });

const explainer = (specifier: string, folder: string) => (error: unknown, files: ReadonlySet<string>) => {
  if (!(error instanceof Error)) return error;
  const message = withoutVersions(error.message);
  if (message !== error.message) error.message = message;
  return missingModule(specifier, folder, error) ?? asBrokenFile(error, files) ?? error;
};

function requireOf(load: NodeJS.Require, folder: string): NodeJS.Require {
  const require = (specifier: string): unknown => {
    const text = String(specifier);
    prepare(text, folder);
    const exports = watchedNow(() => load(text), explainer(text, folder));
    tellOfOtherVersion(text, folder);
    return exports;
  };
  const { cache, extensions, main } = load;
  const resolve = Object.assign(
    (...asked: Parameters<NodeJS.RequireResolve>) => withoutVersions(load.resolve(...asked)),
    load.resolve,
  );
  return Object.assign(require, { resolve, cache, extensions, main });
}

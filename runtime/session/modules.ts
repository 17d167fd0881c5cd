import { createRequire, registerHooks } from "node:module";
import { sep } from "node:path";
import { pathToFileURL } from "node:url";
import { nextTurn } from "../turns.ts";
import { asNew, begins, watched } from "./half-loaded.ts";
import { isInterrupted } from "./interrupt.ts";
import { asWritten } from "./local-format.ts";
import { missingModule } from "./missing-module.ts";
import { resolveAgain } from "./new-packages.ts";
import { runContext } from "./run.ts";
import { cellsModuleName } from "./stack.ts";

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
      return asNew(asWritten(resolveAgain(specifier, context, next)));
    },
    load(loaded, context, next) {
      if (loaded === url) return { format: "module", source: cellsModule, shortCircuit: true };
      begins(loaded);
      return next(loaded, context);
    },
  });
  const cells = await import(url);
  opened = {
    meta: cells.meta,
    require: cells.require,
    folder,
    async import(specifier, options) {
      const text = String(specifier);
      await nextTurn();
      const run = runContext.getStore();
      // The interrupt came meanwhile, and may end what is loaded now.
      if (run !== undefined && isInterrupted(run.request.run)) return new Promise<never>(() => {});
      if (isLocal(text)) registerTypeScript();
      try {
        return await watched(() => cells.load(text, options));
      } catch (error) {
        throw missingModule(text, folder, error) ?? error;
      }
    },
  };
}

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

/** Files of the user's, which may be TypeScript that Node alone does not run: enums, imports without extension. */
const isLocal = (specifier: string): boolean => /^(\.{0,2}\/|\.{1,2}$|file:|#|[A-Za-z]:[\\/])/.test(specifier);

let isRegistered = false;

/** Required and not imported: what an interrupt ends can be required again, but never imported again. */
function registerTypeScript(): void {
  if (isRegistered) return;
  const { register } = createRequire(import.meta.url)("tsx/esm/api") as typeof import("tsx/esm/api");
  // Its thread is not the cell's, which would end it.
  runContext.exit(register);
  isRegistered = true;
}

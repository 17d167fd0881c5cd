import { registerHooks } from "node:module";
import { sep } from "node:path";
import { pathToFileURL } from "node:url";
import { asWritten } from "./local-format.ts";
import { missingModule } from "./missing-module.ts";
import { resolveAgain } from "./new-packages.ts";
import { cellsModuleName } from "./stack.ts";

/** What cells see of modules: `import`, `import.meta` and `require`, from the notebook's folder. */
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
      if (isLocal(text)) await registerTypeScript();
      try {
        return await cells.load(text, options);
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

let typescript: Promise<void> | undefined;

function registerTypeScript(): Promise<void> {
  typescript ??= import("tsx/esm/api").then(({ register }) => {
    register();
  });
  return typescript;
}

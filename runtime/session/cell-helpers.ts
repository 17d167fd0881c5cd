import { QuernError } from "../errors.ts";
import { columnTest } from "./column-test.ts";
import { nearest } from "./missing-module.ts";
import type { CellModules, ModuleNamespace } from "./modules.ts";
import { setUnreadable, storedName } from "./names.ts";
import { type Life, type Run, runContext } from "./run.ts";

/** What the code of a cell calls; see transpile.ts for where. */
export type CellHelpers = {
  readonly cell: Life;
  readonly life: () => Life;
  readonly wait: <T>(life: Life, value: T) => T | Promise<never>;
  readonly test: (value: unknown, operator: string) => unknown;
  readonly import: CellModules["import"];
  readonly meta: ImportMeta;
  readonly bind: (specifier: string, attributes: ImportAttributes, names: { [local: string]: string }) => Promise<void>;
};

export function cellHelpers(run: Run, modules: CellModules): CellHelpers {
  return {
    cell: run.life,
    life,
    wait,
    test: columnTest,
    import: modules.import,
    meta: modules.meta,
    async bind(specifier, attributes, names) {
      const namespace = await modules.import(specifier, { with: attributes });
      for (const [local, imported] of Object.entries(names)) bindName(namespace, specifier, imported, local);
    },
  };
}

const outside: Life = { stopped: false };
const life = (): Life => runContext.getStore()?.life ?? outside;

const never = new Promise<never>(() => {});
const wait = <T>(asked: Life, value: T): T | Promise<never> => (asked.stopped ? never : value);

/** Sets a name to what a module exports. Types are not there at run time: a missing export fails where it is used. */
function bindName(namespace: ModuleNamespace, specifier: string, imported: string, local: string): void {
  const stored = storedName(local);
  const found = exported(namespace, imported);
  if (found) (globalThis as Record<string, unknown>)[stored] = found.value;
  else setUnreadable(stored, () => new QuernError("EXPORT_NOT_FOUND", missingExport(namespace, specifier, imported)));
}

function exported(namespace: ModuleNamespace, name: string): { value: unknown } | undefined {
  if (name === "*") return { value: namespace };
  if (name in namespace) return { value: namespace[name] };
  // Node finds the exports of a CommonJS package by reading its text, and misses those that are computed.
  const commonJs = "module.exports" in namespace ? namespace.default : undefined;
  if ((typeof commonJs === "object" || typeof commonJs === "function") && commonJs !== null && name in commonJs) {
    return { value: (commonJs as ModuleNamespace)[name] };
  }
  return undefined;
}

function missingExport(namespace: ModuleNamespace, specifier: string, name: string): string {
  const names = Object.keys(namespace).filter((one) => one !== "module.exports");
  const near = nearest(name, names);
  if (name === "default") return `"${specifier}" has no default export. It exports: ${listed(names)}`;
  const hint = near === undefined ? `It exports: ${listed(names)}` : `Did you mean "${near}"?`;
  return `"${specifier}" does not export "${name}". ${hint}`;
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? "nothing" : names.slice(0, 20).join(", ") + (names.length > 20 ? ", …" : "");

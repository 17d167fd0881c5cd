import { QuernError } from "../errors.ts";
import { columnTest } from "./column-test.ts";
import { nearest } from "./missing-module.ts";
import type { CellModules, ModuleNamespace } from "./modules.ts";
import { setUnreadable, storedName } from "./names.ts";
import { type Life, type Run, runContext } from "./run.ts";
import type { CellScript } from "./stack.ts";

/** What the code of a cell calls; see transpile.ts for where. */
export type CellHelpers = {
  readonly cell: Life;
  readonly life: () => Life;
  /** `at` is the offset of an await of the cell's own, into its JavaScript. */
  readonly wait: <T>(life: Life, value: T, at?: number) => T | Promise<never>;
  /** What an `await` gave; see awaits.ts. */
  readonly first: <T>(value: T) => T;
  readonly never: Promise<never>;
  readonly each: (life: Life, source: Source<unknown>, at?: number) => AsyncIterable<unknown>;
  readonly test: (value: unknown, operator: string) => unknown;
  readonly import: CellModules["import"];
  readonly meta: ImportMeta;
  readonly bind: (
    specifier: string,
    attributes: ImportAttributes,
    names: { [local: string]: string },
    at: number,
  ) => Promise<void>;
};

export function cellHelpers(run: Run, modules: CellModules, script: CellScript): CellHelpers {
  const waitsAt = (offset: number | undefined): void => {
    if (offset !== undefined) run.awaiting = { script, place: () => script.map.ofOffset(offset) };
  };
  return {
    cell: run.life,
    life,
    wait(asked, value, at) {
      waitsAt(at);
      return asked.stopped ? never : value;
    },
    first: (value) => value,
    never,
    each(asked, source, at) {
      waitsAt(at);
      return stoppable(asked, source);
    },
    test: columnTest,
    import: modules.import,
    meta: modules.meta,
    async bind(specifier, attributes, names, at) {
      const { life } = run;
      waitsAt(at);
      const namespace = await modules.import(specifier, { with: attributes });
      if (life.stopped) await never;
      // Where the cell is now nobody knows.
      run.awaiting = undefined;
      for (const [local, imported] of Object.entries(names)) bindName(namespace, specifier, imported, local);
    },
  };
}

const outside: Life = { stopped: false };
const life = (): Life => runContext.getStore()?.life ?? outside;

const never = new Promise<never>(() => {});

type Source<T> = AsyncIterable<T> | Iterable<T | Promise<T>>;

/** What `for await` goes over, until its run is stopped: its source is then told that nobody reads on. */
function stoppable<T>(asked: Life, source: Source<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const isAsync = (source as AsyncIterable<T>)[Symbol.asyncIterator] !== undefined;
      const inner = isAsync ? (source as AsyncIterable<T>)[Symbol.asyncIterator]() : fromSync(source as Iterable<T>);
      const signal = runContext.getStore()?.abort.signal;
      const leave = async () => inner.return?.();
      const leaveQuietly = () => void leave().catch(() => {});
      signal?.addEventListener("abort", leaveQuietly, { once: true });
      const end = () => signal?.removeEventListener("abort", leaveQuietly);
      return {
        async next() {
          const step = await (asked.stopped ? never : inner.next());
          if (step.done) end();
          return asked.stopped ? never : step;
        },
        async return() {
          end();
          return (await leave()) ?? { done: true, value: undefined };
        },
      };
    },
  };
}

async function* fromSync<T>(source: Iterable<T | Promise<T>>): AsyncGenerator<T> {
  for (const value of source) yield await value;
}

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

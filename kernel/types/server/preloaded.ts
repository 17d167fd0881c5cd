import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A function of the declarations that wants more arguments for a Column, and still more for a Promise. */
export const columnTest = "__quernTest";

/** The values that the lists of a module export. */
export function exportedNames(module: URL): string[] {
  const lists = readFileSync(module, "utf8").matchAll(/^export \{([^}]*)\}/gm);
  const names = Array.from(lists, ([, list = ""]) => list.split(",").map((name) => name.trim())).flat();
  return names.filter((name) => /^[\w$]+$/.test(name));
}

/** The names of all functions over columns: those that are not preloaded are members of F. */
export function functionNames(folder: URL, extension: string): Set<string> {
  const path = fileURLToPath(folder);
  const texts = globSync(`*${extension}`, { cwd: path }).map((file) => readFileSync(join(path, file), "utf8"));
  return new Set(
    texts.flatMap((text) => Array.from(text.matchAll(/^export (?:function|const) (\w+)/gm), ([, name = ""]) => name)),
  );
}

/** Types that functions over frames name; as values, they are to be imported. */
export const preloadedTypes: ReadonlySet<string> = new Set(["DataFrame", "Column", "GroupedData", "Row"]);

/** The SQL types by their own names. */
export const sqlTypes =
  "Boolean Byte Short Int Long Float Double Decimal String Binary Date Timestamp TimestampNtz Time Variant DayTimeInterval YearMonthInterval CalendarInterval Array Struct Map".split(
    " ",
  );

/** A module with one global name; what is preloaded are aliases of its members. */
export const exportsDocument = (names: readonly string[]) => ({
  name: "quern-preloaded-exports.d.mts",
  text: `import type { Sql } from "quern";
export { ${[...names, ...preloadedTypes].join(", ")} } from "quern";
${sqlTypes.map((name) => `export import ${name} = Sql.${name};`).join(" ")}
export as namespace __quern;
`,
});

/**
 * Declares the names for all modules: a script, since only there an alias is global. An alias has its target's
 * documentation, which `const sum: typeof quern.sum` has not.
 */
export function preloadedDeclarations(names: readonly string[]): string {
  return `${names.map((name) => `import ${name} = __quern.${name};`).join("\n")}
type DataFrame<S = any> = __quern.DataFrame<S>;
type Column<T = any, N extends string = string> = __quern.Column<T, N>;
type GroupedData<S = any, G = any> = __quern.GroupedData<S, G>;
type Row<S = any> = __quern.Row<S>;
type __quernIsColumn<T> = 0 extends 1 & T ? false : [Extract<T, __quern.Column<any, any>>] extends [never] ? false : true;
declare let _: any;
declare const Out: { readonly [execution: number]: any };
type __quernIsPromise<T> = 0 extends 1 & T ? false : [T] extends [never] ? false : [T] extends [Promise<any>] ? true : false;
declare function ${columnTest}<T>(value: T, ...no: __quernIsColumn<T> extends true ? [never] : __quernIsPromise<T> extends true ? [never, never] : []): void;
${untypedByLibraries}`;
}

/** What this Node has, and neither TypeScript's library without browsers nor that of Node knows. */
const untypedByLibraries = `
interface Date {
  /** @deprecated */ getYear(): number;
  /** @deprecated */ setYear(year: number): number;
  /** @deprecated */ toGMTString(): string;
}
interface JSON { rawJSON(text: string): object; isRawJSON(value: unknown): boolean }
interface IteratorConstructor { concat<T>(...sources: Iterable<T>[]): IteratorObject<T, undefined, unknown> }
declare const WebAssembly: any;
declare namespace WebAssembly { type Module = any; type Instance = any; type Memory = any; type Table = any; type Global = any }
`;

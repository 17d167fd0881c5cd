import { readFileSync } from "node:fs";
import { columnTest } from "./cell-module.ts";

/** The names that a notebook has preloaded: those which a module exports. */
export function preloadedNames(globalsModule: URL): string[] {
  const text = readFileSync(globalsModule, "utf8");
  const [, list = ""] = /export \{([^}]*)\}/.exec(text) ?? [];
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return names;
}

/** All that Quern exports, as one global name; what is preloaded are aliases of its members. */
export const exportsDeclarations = 'export * from "quern";\nexport as namespace __quern;\n';

/**
 * Declares the names for all modules: a script, since only there an alias is global. An alias has its target's
 * documentation, which `const sum: typeof quern.sum` has not.
 */
export function preloadedDeclarations(names: readonly string[]): string {
  return `${names.map((name) => `import ${name} = __quern.${name};`).join("\n")}
type __quernIsColumn<T> = 0 extends 1 & T ? false : [Extract<T, __quern.Column<any, any>>] extends [never] ? false : true;
declare let _: any;
declare const Out: { readonly [execution: number]: any };
declare function ${columnTest}<T>(value: T, ...no: __quernIsColumn<T> extends true ? [never] : []): void;
`;
}

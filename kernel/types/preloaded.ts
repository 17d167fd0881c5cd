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

/** A module that declares them for all others. */
export function preloadedDeclarations(names: readonly string[]): string {
  return `import * as quern from "quern";
type IsColumn<T> = 0 extends 1 & T ? false : [Extract<T, quern.Column<any, any>>] extends [never] ? false : true;
declare global {
${names.map((name) => `  const ${name}: typeof quern.${name};`).join("\n")}
  let _: any;
  const Out: { readonly [execution: number]: any };
  function ${columnTest}<T>(value: T, ...no: IsColumn<T> extends true ? [never] : []): void;
}
`;
}

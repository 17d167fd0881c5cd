import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "oxc-parser";

export type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

/** What a file of ours imports: `to` is a path from the top, or the name of a package or built-in module. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const literal = /^(["'`])([^$]*)\1$/.exec(text.slice(start, end))?.[2];
      return literal === undefined ? [] : [{ specifier: literal, typeOnly: false }];
    }),
  ];
  return found.map(({ specifier, typeOnly }) => ({
    from: file,
    to: specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier,
    typeOnly,
  }));
}

/** The cycles among files, each as the way around it; one for every import that closes a way. */
export function cycles(imports: readonly Import[]): string[] {
  const next = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const way: string[] = [];
  const found: string[] = [];
  const visit = (file: string) => {
    if (way.includes(file)) return void found.push([...way.slice(way.indexOf(file)), file].join(" → "));
    if (done.has(file)) return;
    way.push(file);
    for (const { to } of next.get(file) ?? []) visit(to);
    way.pop();
    done.add(file);
  };
  for (const file of next.keys()) visit(file);
  return found;
}

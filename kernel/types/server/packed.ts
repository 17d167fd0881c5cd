import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import MagicString from "magic-string";
import { type Node, parseSync } from "oxc-parser";
import { walk } from "../../../runtime/syntax/parse.ts";

/** A package of declarations. */
export type Root = {
  readonly folder: string;
  readonly entry: string;
  /** What imports call it; the library of TypeScript is never imported. */
  readonly name: string;
  /** What the entry is called when it is packed, where cells import it. */
  readonly packedAs?: string;
};

/** What the packed modules are called, with the package and the path behind it: no package is called so. */
export const packedName = "packed:";

/**
 * The declarations of the first root's entry, and of all that it reaches in these roots, as one script that declares each of
 * the modules. With each key that is typed, the language server goes through all files that it knows: hundreds of them cost it
 * as much as what they say. What is reached in the roots outside is imported by its name. Other work goes on meanwhile.
 */
export async function packed(inside: readonly [Root, ...Root[]], outside: readonly Root[] = []): Promise<string> {
  const texts: string[] = [];
  const seen = new Set<string>();
  const work = [inside[0].entry];
  for (let path = work.pop(); path !== undefined; path = work.pop()) {
    if (seen.has(path) || !inside.some((root) => isWithin(path as string, root))) continue;
    seen.add(path);
    const { text, reached } = packedFile(path, [...inside, ...outside]);
    texts.push(text);
    // One behind the other, as they are reached: the order of declarations is that of overloads.
    work.push(...reached.toReversed());
    await setImmediate();
  }
  return texts.join("\n");
}

function packedFile(path: string, roots: readonly Root[]): { text: string; reached: string[] } {
  const source = readFileSync(path, "utf8");
  const text = new MagicString(source);
  const { program, comments } = parseSync(path, source, { lang: "dts", sourceType: "module" });
  const reached: string[] = [];
  for (const { value, start, end } of comments) {
    const [, kind, name] = /^\/\s*<reference (path|lib|types)="([^"]+)"/.exec(value) ?? [];
    if (kind === undefined || name === undefined) continue;
    const file = resolve(dirname(path), kind === "lib" ? `lib.${name}.d.ts` : name);
    if (kind !== "types" && existsSync(file)) reached.push(file);
    text.remove(start, end);
  }
  walk(program, (node, parent, key) => {
    const specifier = specifierOf(node, parent, key);
    const file = specifier === undefined ? undefined : fileOf(specifier, path, roots);
    if (file === undefined) return true;
    reached.push(file);
    text.overwrite(node.start, node.end, JSON.stringify(nameOf(file, roots)));
    return true;
  });
  const isModule = program.body.some(({ type }) => /^(?:TS)?(?:Import|Export)/.test(type));
  const whole = isModule ? `declare module ${JSON.stringify(nameOf(path, roots))} {\n${text}\n}` : text.toString();
  return { text: whole, reached };
}

function specifierOf(node: Node, parent: Node, key: string): string | undefined {
  const isSpecifier = key === "source" || parent.type === "TSExternalModuleReference";
  return isSpecifier && node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** Undefined for what is in none of the folders. */
function fileOf(specifier: string, from: string, roots: readonly Root[]): string | undefined {
  if (!specifier.startsWith(".")) return roots.find(({ name }) => name === specifier)?.entry;
  const path = resolve(dirname(from), specifier);
  const base = path.replace(/(?:\.d)?\.[cm]?[jt]s$/, "");
  const file = [`${base}.d.ts`, `${path}.d.ts`, join(path, "index.d.ts")].find((file) => existsSync(file));
  return file !== undefined && roots.some((root) => isWithin(file, root)) ? file : undefined;
}

const isWithin = (path: string, { folder }: Root): boolean => path.startsWith(folder + sep);

function nameOf(path: string, roots: readonly Root[]): string {
  const root = roots.find((root) => isWithin(path, root)) as Root;
  if (path === root.entry) return root.packedAs ?? `${packedName}${root.name}`;
  const inFolder = relative(root.folder, path).replaceAll(sep, "/");
  return `${packedName}${root.name}/${inFolder.replace(/\.d\.ts$/, "")}`;
}

import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Offer } from "./items.ts";

const mostEntries = 500;

const formats: { readonly [name: string]: RegExp } = {
  parquet: /\.(parquet|pq)$/i,
  csv: /\.(csv|tsv|txt)(\.gz|\.zst)?$/i,
  json: /\.(json|jsonl|ndjson)(\.gz|\.zst)?$/i,
};
const anyData = /\.(parquet|pq|csv|tsv|txt|json|jsonl|ndjson|arrow|avro|db|duckdb)(\.gz|\.zst)?$/i;

/** Files and folders that go on with a path: what `method` reads first, folders with a slash. */
export async function pathOffers(folder: string, typed: string, method: string): Promise<Offer[]> {
  // An address, or a pattern: its folder has no list.
  if (/^\w[\w+.-]+:\/\//.test(typed) || /[*?[{]/.test(typed.slice(0, typed.lastIndexOf("/") + 1))) return [];
  const wanted = formats[method] ?? anyData;
  const rank = (offer: Offer): number => (offer.kind === "folder" ? 1 : wanted.test(offer.text) ? 0 : 2);
  const offers = (await entriesAt(folder, typed)).sort((a, b) => rank(a) - rank(b) || (a.text < b.text ? -1 : 1));
  const data = offers.filter((offer) => rank(offer) < 2);
  return data.length > 0 || typed === "" || typed.endsWith("/") ? data : offers;
}

/** Modules that lie in the folder, as `import` takes them. */
export async function localModuleOffers(folder: string, typed: string): Promise<Offer[]> {
  const offers = await entriesAt(folder, typed);
  return offers.filter(({ text, kind }) => kind === "folder" || /\.(?:[cm]?[jt]s|[jt]sx|json)$/.test(text));
}

/** Files and folders that go on with a path. */
export async function entriesAt(folder: string, typed: string): Promise<Offer[]> {
  const cut = typed.lastIndexOf("/") + 1;
  const [above, begun] = [typed.slice(0, cut), typed.slice(cut)];
  const at = above.startsWith("~/") ? join(homedir(), above.slice(2)) : resolve(folder, above);
  const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => name.startsWith(begun) && (begun.startsWith(".") || !name.startsWith(".")))
    .filter(({ name }) => name !== "node_modules")
    .slice(0, mostEntries)
    .map((entry): Offer => {
      // Of a link it is not known what it leads to: a name without an ending is a folder's more often.
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && !entry.name.includes("."));
      return isFolder ? { text: `${above}${entry.name}/`, kind: "folder" } : { text: above + entry.name, kind: "file" };
    });
}

/** The packages that are installed for a folder, here or above it. */
export async function packageOffers(folder: string): Promise<Offer[]> {
  const names = new Set<string>();
  for (let at = resolve(folder); ; at = resolve(at, "..")) {
    const modules = join(at, "node_modules");
    for (const name of await readdir(modules).catch(() => [])) {
      if (name.startsWith("@")) {
        for (const own of await readdir(join(modules, name)).catch(() => [])) names.add(`${name}/${own}`);
      } else if (!name.startsWith(".")) names.add(name);
    }
    if (at === resolve(at, "..")) break;
  }
  return [...names].filter((name) => !name.startsWith("@types/")).map((text) => ({ text, kind: "module" }));
}

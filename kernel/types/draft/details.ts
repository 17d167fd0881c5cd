import type { CompletionItem } from "vscode-languageserver-protocol";
import type { LanguageServer } from "../server/server.ts";
import { isColumn } from "./items.ts";

/** Completion does not wait longer for them. */
const withinMs = 2;
const askedAtOnce = 2;
/** Of a longer list nobody reads the signatures. */
const longestList = 60;
const remembered = 2000;
/** From so many members on, they tell which class they are of. */
const membersOfClass = 20;

/** What the server says of items: their signatures. What classes and global names have is remembered. */
export function createDetails() {
  const known = new Map<string, string>();

  const keysOf = (items: readonly CompletionItem[]): (string | undefined)[] => {
    const family = items.length >= membersOfClass ? items.map(({ label }) => label).join() : undefined;
    return items.map(({ label, sortText }) => {
      if (sortText === globalName) return `global ${label}`;
      return family && `${family} ${label}`;
    });
  };

  return {
    /** In the same order, as far as there is time. */
    async of(items: readonly CompletionItem[], server: LanguageServer): Promise<(string | undefined)[]> {
      const deadline = performance.now() + withinMs;
      const keys = keysOf(items);
      const found = items.map((item, index) => known.get(keys[index] ?? "") ?? item.detail);
      const ask = async (index: number) => {
        const { detail } = await server.resolve(items[index] as CompletionItem);
        found[index] = detail;
        const key = keys[index];
        // Columns of one name may have two types.
        if (key === undefined || detail === undefined || isColumn(detail)) return;
        if (known.size >= remembered) known.clear();
        known.set(key, detail);
      };
      const unknown = [...found.keys()].filter((index) => found[index] === undefined);
      // The first tells whether they are columns.
      const missing = items.length > longestList ? unknown.slice(0, 1) : unknown;
      for (let at = 0; at < missing.length && performance.now() < deadline; at += askedAtOnce) {
        await Promise.all(missing.slice(at, at + askedAtOnce).map(ask));
      }
      return found;
    },
  };
}

/** What TypeScript sorts names of the global scope by. */
const globalName = "15";

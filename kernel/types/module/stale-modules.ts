/**
 * Modules of cells that rest on local files which have changed since: the session has what the files were when the cells
 * imported them, the language server reads what they are.
 */
export type StaleModules = {
  /** The module of a cell that has run, with what it imports as it names it. */
  keep(module: string, text: string, imports: readonly string[]): void;
  /** `restsOn` says whether these imports lead to what has changed. */
  changed(restsOn: (imports: readonly string[]) => boolean): void;
  /** Itself, or through what other cells gave it. */
  isStale(module: string): boolean;
  clear(): void;
};

type Kept = { readonly imports: readonly string[]; readonly uses: readonly string[]; isStale: boolean };

export function createStaleModules(): StaleModules {
  const kept = new Map<string, Kept>();
  const isStale = (module: string, seen: Set<string>): boolean => {
    const found = kept.get(module);
    if (found === undefined || seen.has(module)) return false;
    seen.add(module);
    return found.isStale || found.uses.some((used) => isStale(used, seen));
  };
  return {
    keep(module, text, imports) {
      const [header = ""] = text.split("\n", 1);
      const uses = Array.from(header.matchAll(/"(\.\/quern-run-\d+\.mts)"/g), ([, name = ""]) => name);
      const locals = imports.filter((specifier) => /^\.{0,2}\//.test(specifier));
      if (uses.length + locals.length > 0) kept.set(module, { imports: locals, uses, isStale: false });
    },
    changed(restsOn) {
      for (const one of kept.values()) one.isStale ||= one.imports.length > 0 && restsOn(one.imports);
    },
    isStale: (module) => isStale(module, new Set()),
    clear: () => kept.clear(),
  };
}

import type { LanguageServer } from "./server.ts";

/**
 * The documents that the language server is shown. Modules of runs are shown as long as one of the looked-at documents
 * imports them, itself or through others: the server takes any other open document for a project of its own, and would
 * have more to do with every run.
 */
export type Documents = {
  /** A document that is always open. */
  put(uri: string, text: string): void;
  /** The module of a run, which its header line may be imported by. */
  keep(uri: string, text: string): void;
  /** Forgets the modules of all runs. */
  clear(): void;
  /** From now on they are shown to this server. */
  show(server: Pick<LanguageServer, "put" | "close">): void;
};

/** `importsOf` gives the modules of runs that a text imports. */
export function createDocuments(importsOf: (text: string) => readonly string[]): Documents {
  /** What a document imports is read off it once: there may be hundreds, and one of them changes with each key. */
  type Document = { readonly text: string; readonly imports: readonly string[] };
  const fixed = new Map<string, Document>();
  const kept = new Map<string, Document>();
  const open = new Set<string>();
  let server: Pick<LanguageServer, "put" | "close"> | undefined;

  const documentOf = (text: string): Document => ({ text, imports: importsOf(text) });

  const reachable = (): Set<string> => {
    const found = new Set<string>();
    const work = [...fixed.values()];
    for (let document = work.pop(); document !== undefined; document = work.pop()) {
      for (const uri of document.imports) {
        const module = kept.get(uri);
        if (module === undefined || found.has(uri)) continue;
        found.add(uri);
        work.push(module);
      }
    }
    return found;
  };

  const showRuns = () => {
    const wanted = reachable();
    for (const uri of open) {
      if (wanted.has(uri)) continue;
      open.delete(uri);
      server?.close(uri);
    }
    for (const uri of wanted) {
      if (open.has(uri)) continue;
      open.add(uri);
      server?.put(uri, (kept.get(uri) as Document).text);
    }
  };

  return {
    put(uri, text) {
      if (fixed.get(uri)?.text === text) return;
      fixed.set(uri, documentOf(text));
      showRuns();
      server?.put(uri, text);
    },
    keep(uri, text) {
      kept.set(uri, documentOf(text));
      if (open.has(uri)) server?.put(uri, text);
    },
    clear() {
      kept.clear();
      showRuns();
    },
    show(shown) {
      server = shown;
      open.clear();
      showRuns();
      for (const [uri, { text }] of fixed) shown.put(uri, text);
    },
  };
}

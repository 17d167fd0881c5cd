import type { CompletionItem } from "vscode-languageserver-protocol";
import type { DraftModule } from "./draft-module.ts";

/** One completion may ask for several. */
const remembered = 8;

/** The server's lists for the last drafts, as long as it knows of nothing else that is new. */
export function createLists() {
  const known = new Map<string, readonly CompletionItem[]>();
  let revision = 0;
  return {
    async of(
      { text, cursor }: Pick<DraftModule, "text" | "cursor">,
      now: number,
      ask: () => Promise<readonly CompletionItem[]>,
    ): Promise<readonly CompletionItem[]> {
      if (now !== revision) known.clear();
      revision = now;
      const key = `${cursor} ${text}`;
      const found = known.get(key) ?? (await ask());
      known.delete(key);
      known.set(key, found);
      if (known.size > remembered) known.delete(known.keys().next().value as string);
      return found;
    },
  };
}

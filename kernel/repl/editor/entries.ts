/** Earlier cells, oldest first, as the arrow keys and the search find them. */
export type Entries = {
  /** Puts what was found in the history file in front of what was typed meanwhile. */
  load(older: readonly string[]): void;
  add(code: string): void;
  /** The next older one that begins with what was typed, or undefined. `current` is what stands in the editor. */
  older(current: string): string | undefined;
  /** The next newer one; at the end what was typed. */
  newer(current: string): string | undefined;
  /** What is edited now is new: the next `older` begins with the newest. */
  rest(): void;
  /** The newest entry from `from` on, going back (or forth), that contains the text. */
  search(text: string, from: number, direction: -1 | 1): { readonly index: number; readonly code: string } | undefined;
  readonly count: number;
};

export function createEntries(): Entries {
  let codes: string[] = [];
  /** Counted from the newest, since older ones are loaded behind the first prompt; -1 is what is typed. */
  let shown = -1;
  let typed = "";

  const fromNewest = (index: number) => codes[codes.length - 1 - index];
  const find = (current: string, step: 1 | -1): string | undefined => {
    for (let index = shown + step; index >= 0 && index < codes.length; index += step) {
      const code = fromNewest(index) as string;
      if (!code.startsWith(typed) || code === current) continue;
      shown = index;
      return code;
    }
    return undefined;
  };

  return {
    load(older) {
      codes = [...older, ...codes];
    },
    add(code) {
      if (code.trim() !== "" && codes.at(-1) !== code) codes.push(code);
      shown = -1;
    },
    older(current) {
      if (shown < 0) typed = current;
      return find(current, 1);
    },
    newer(current) {
      if (shown < 0) return undefined;
      const found = find(current, -1);
      if (found === undefined) shown = -1;
      return found ?? typed;
    },
    rest() {
      shown = -1;
    },
    search(text, from, direction) {
      for (let index = from; index >= 0 && index < codes.length; index += direction) {
        const code = codes[index] as string;
        if (code.includes(text)) return { index, code };
      }
      return undefined;
    },
    get count() {
      return codes.length;
    },
  };
}

/** A text with pieces put in, and the way back from its positions to those of the text as it was. Offsets are UTF-16. */
export type VirtualText = {
  readonly text: string;
  /** Undefined for what was put in. */
  toOriginal(offset: number): number | undefined;
  /** Behind what was put in at the same place. */
  toVirtual(offset: number): number;
  /** Where the original goes on, behind what was put in at this offset. */
  next(offset: number): { readonly virtual: number; readonly original: number };
};

export type Insertion = { readonly at: number; readonly text: string };

/** Insertions at the same place stand in the order in which they are given. */
export function withInsertions(original: string, insertions: readonly Insertion[]): VirtualText {
  const sorted = insertions.toSorted((a, b) => a.at - b.at);
  const parts: string[] = [];
  /** Runs of the original: where each begins in it, and in the text that is made. */
  const runs: { readonly original: number; readonly virtual: number; readonly length: number }[] = [];
  let taken = 0;
  let length = 0;
  const take = (end: number) => {
    const part = original.slice(taken, end);
    runs.push({ original: taken, virtual: length, length: part.length });
    parts.push(part);
    length += part.length;
    taken = end;
  };
  for (const { at, text } of sorted) {
    if (at > taken) take(at);
    parts.push(text);
    length += text.length;
  }
  take(original.length);
  return {
    text: parts.join(""),
    toOriginal(offset) {
      const run = runs.findLast(({ virtual }) => virtual <= offset);
      if (run === undefined || offset > run.virtual + run.length) return undefined;
      return run.original + offset - run.virtual;
    },
    next(offset) {
      const run = runs.find(({ virtual, length }) => virtual + length > offset);
      if (run === undefined) return { virtual: offset, original: original.length };
      const virtual = Math.max(offset, run.virtual);
      return { virtual, original: run.original + virtual - run.virtual };
    },
    toVirtual(offset) {
      const run = runs.findLast(({ original: start }) => start <= offset);
      return run === undefined ? 0 : run.virtual + offset - run.original;
    },
  };
}

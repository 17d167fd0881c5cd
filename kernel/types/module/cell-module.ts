import { columnTest } from "../server/preloaded.ts";
import type { CellFacts } from "./facts.ts";
import { anyFrame, type LiveNames } from "./live-names.ts";
import { type Insertion, type VirtualText, withInsertions } from "./virtual-text.ts";

/** A cell as the module that the language server sees. */
export type CellModule = VirtualText & {
  readonly facts: CellFacts;
  /** What is tested by the call that stands at this offset of the module's text. */
  testAt(offset: number): CellFacts["tested"][number] | undefined;
  /** The module's text with other types of literal sources. */
  textWith(given: readonly Insertion[]): string;
};

/** Whatever begins with one of these may be a frame. */
const frameSources = new Set(["read", "table", "sql", "range", "createDataFrame", "spark"]);

const testCall = `${columnTest}(`;

/**
 * The module's text: a line that declares the live names, the cell with what is put in, a line that exports what it declares.
 * `given` are the types of literal sources.
 */
export function cellModule(
  code: string,
  facts: CellFacts,
  live: LiveNames,
  given: readonly Insertion[] = [],
  imports: "recent" | "needed" = "recent",
): CellModule {
  const isOwn = (name: string): boolean => facts.values.has(name) || facts.types.has(name);
  const wanted = [...facts.mentioned].filter((name) => !isOwn(name) && live.has(name));
  const insertions: Insertion[] = [];

  // A variable whose type is not written has the type of what was assigned last: the next frame may have other columns.
  // TypeScript cannot follow that through loops, branches and functions.
  const frameLike = new Set<string>();
  for (const { name, nameEnd, root, isStraight } of facts.reassigned) {
    if (root === undefined || !(frameSources.has(root) || live.isFrame(root) || frameLike.has(root))) continue;
    frameLike.add(name);
    insertions.push({ at: nameEnd, text: isStraight ? `; ${name}` : `: ${anyFrame}` });
  }

  for (const { start, end } of facts.tested) {
    // The expression stays where it was, behind a comma, since its test narrows types.
    insertions.push({ at: start, text: `(${testCall}${code.slice(start, end).replaceAll("\n", " ")}), ` });
    insertions.push({ at: end, text: ")" });
  }

  const exports = [...facts.values.keys(), ...facts.types].filter((name) => !facts.exported.has(name));
  insertions.unshift({ at: 0, text: `${live.header(wanted, facts, imports)}\n` });
  insertions.push({ at: code.length, text: `\nexport { ${[...new Set(exports)].join(", ")} };` });

  const textWith = (types: readonly Insertion[]) => withInsertions(code, [...types, ...insertions]);
  const virtual = textWith(given);
  return {
    ...virtual,
    facts,
    textWith: (types) => textWith(types).text,
    testAt(offset) {
      const behind = virtual.next(offset);
      // Of several that begin at one place, the outer come first.
      const inner = virtual.text.slice(offset, behind.virtual).split(testCall).length - 1;
      return facts.tested.filter(({ start }) => start === behind.original).at(-inner);
    },
  };
}

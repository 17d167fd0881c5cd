import { readMagics } from "../../../runtime/syntax/magics.ts";
import { CellSyntaxError } from "../../../runtime/syntax/parse.ts";
import { cellModule } from "../module/cell-module.ts";
import { type CellFacts, factsOf } from "../module/facts.ts";
import type { LiveNames } from "../module/live-names.ts";
import type { Insertion } from "../module/virtual-text.ts";
import { contextAt, declaredIn, namesIn } from "./cursor.ts";

/** The text that is being typed, as a module that the language server can look at. */
export type DraftModule = {
  readonly text: string;
  /** Where the cursor stands in it. */
  readonly cursor: number;
  /** Undefined for what was put in. */
  toOriginal(offset: number): number | undefined;
};

/** Live names that drafts have mentioned lately. */
export type RecentNames = { add(names: readonly string[]): ReadonlySet<string> };

const mostRecent = 128;

/** With the same imports as in the draft before, the server looks at what was typed alone. */
export function createRecentNames(): RecentNames {
  let known = new Set<string>();
  return {
    add(names) {
      for (const name of names) known.add(name);
      if (known.size > mostRecent) known = new Set([...[...known].slice(-mostRecent / 2), ...names]);
      return new Set(known);
    },
  };
}

/** Stands where a name is missing. */
const placeholder = "quernCursor";

/** The types of literal sources, where they are known by now. */
export type GivenTypes = (facts: CellFacts) => Promise<readonly Insertion[]>;

export type DraftSurroundings = {
  readonly live: LiveNames;
  readonly recent: RecentNames;
  readonly given: GivenTypes;
  /** What is being typed at the cursor, and is not in the text. */
  readonly word?: string;
};

/** An unfinished text is made whole as far as the parser needs it; what stands before the cursor is left as it is. */
export async function draftModule(
  code: string,
  cursor: number,
  { live, recent, given, word = "" }: DraftSurroundings,
): Promise<DraftModule> {
  const plain = readMagics(code, live.has).code;
  const mentioning = (facts: CellFacts): CellFacts => {
    const names = [...facts.mentioned, ...begun(plain.slice(0, cursor), word, live)];
    return { ...facts, mentioned: recent.add(names.filter((name) => live.has(name))) };
  };
  for (const text of wholeTexts(plain, cursor)) {
    const facts = factsIn(text);
    if (facts === undefined) continue;
    return moduleOf(text, mentioning(facts), cursor, live, await given(facts));
  }
  return moduleOf(plain, mentioning(looseFacts(plain)), cursor, live);
}

/** Of the live names, a module has those that it mentions. More are made known where one is being typed. */
const mostBegun = 20;

function begun(before: string, word: string, live: LiveNames): string[] {
  if (word === "" || before.endsWith(".")) return [];
  return [...live.all()].filter((name) => name.startsWith(word)).slice(0, mostBegun);
}

function moduleOf(
  text: string,
  facts: CellFacts,
  cursor: number,
  live: LiveNames,
  given: readonly Insertion[] = [],
): DraftModule {
  // A test of a column says nothing of what could stand somewhere.
  const module = cellModule(text, { ...facts, tested: [] }, live, given, "needed");
  // In front of what was put in behind the cursor.
  const virtual = cursor === 0 ? module.toVirtual(0) : module.toVirtual(cursor - 1) + 1;
  return { text: module.text, cursor: virtual, toOriginal: module.toOriginal };
}

/** The text, and what it could become: the parser takes the first that is whole. */
function* wholeTexts(code: string, cursor: number): Generator<string> {
  yield code;
  const [before, after] = [code.slice(0, cursor), code.slice(cursor)];
  yield `${before}${placeholder}${after}`;
  const { closers, where, key } = contextAt(code, cursor);
  const isMissing = where === "code" && !key && !/[\p{ID_Continue}$)\]]$/u.test(before);
  const missing = isMissing ? placeholder : "";
  const later = /[\r\n\u2028\u2029].*$/s.exec(after)?.[0] ?? "";
  yield `${before}${missing}${closers}${later}`;
  yield `${before}${missing}${closers}`;
}

function factsIn(text: string): CellFacts | undefined {
  try {
    return factsOf(text);
  } catch (error) {
    if (error instanceof CellSyntaxError) return undefined;
    throw error;
  }
}

/** What can be told without the parser. */
function looseFacts(code: string): CellFacts {
  const declared = declaredIn(code);
  return {
    ...factsOf(""),
    values: new Map([...declared].map((name) => [name, "const"])),
    mentioned: namesIn(code),
    // What may not be declared after all is not exported.
    exported: declared,
  };
}

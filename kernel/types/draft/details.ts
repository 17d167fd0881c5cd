import type { CompletionItem } from "vscode-languageserver-protocol";
import type { LanguageServer } from "../server/server.ts";
import { isColumn, typeArgumentsOf } from "./items.ts";

/** From the request on; completion does not wait longer for signatures. */
export const withinMs = 8;
/** One that begins later has no answer in time. */
const leastMs = 2;
/** The server answers one question after the other: while keys come faster than this, it is asked for completions alone. */
const quietMs = 30;
/** Of a longer list nobody reads the signatures. */
const longestList = 60;
const remembered = 2000;
const rememberedLists = 100;
/** From so many members on, they tell which class they are of. */
const membersOfClass = 20;

/** What is known of items, in their order. */
export type Details = { readonly texts: readonly (string | undefined)[]; readonly areColumns: boolean };

/** Where items were found: in front of it stands the same text as long as one name is being typed. */
export type Place = {
  readonly before: string;
  /** By `performance.now()`, when what is told by then is enough. */
  readonly until: number;
  /** Names that stand by themselves, so that none is a column. */
  readonly isScope: boolean;
};

/**
 * What the server says of items: their signatures. It looks at the text again for each, so they are asked one by one as far
 * as there is time, then some time behind the answer, until the next is asked. What classes, global names and the last place have is
 * remembered.
 */
export function createDetails() {
  const known = new Map<string, string>();
  /** Lists of names, and whether they are the columns of frames. */
  const lists = new Map<string, boolean>();
  let last = placeAt("");

  const keyOf = ({ label, sortText }: CompletionItem, list: string, count: number): string | undefined =>
    sortText === globalName ? `global ${label}` : count >= membersOfClass ? `${list} ${label}` : undefined;

  const remember = (key: string, detail: string) => {
    if (known.size >= remembered) known.clear();
    known.set(key, detail);
  };

  const learnList = (list: string, areColumns: boolean) => {
    if (lists.size >= rememberedLists) lists.clear();
    lists.set(list, areColumns);
  };

  return {
    /** The server is to be free for another question. */
    stop() {
      last = { ...last };
    },
    /** In the same order, as far as there is time. */
    async of(items: readonly CompletionItem[], at: Place, server: LanguageServer): Promise<Details> {
      const { before, until, isScope } = at;
      const place = before === last.before ? { ...last } : placeAt(before);
      last = place;
      // The server gives names in any order.
      const list = items
        .map(({ label }) => label)
        .sort()
        .join();
      const isGlobal = items.some(({ sortText }) => sortText === globalName);
      if (!lists.has(list) && (isScope || isGlobal)) learnList(list, false);
      const keys = items.map((item) => keyOf(item, list, items.length));
      const toldOf = ({ label, detail }: CompletionItem, index: number): string | undefined => {
        const key = keys[index] ?? "";
        return known.get(key) ?? known.get(key + place.typeArguments) ?? place.own.get(label) ?? detail;
      };
      const texts = items.map(toldOf);
      const ask = async (index: number) => {
        const item = items[index] as CompletionItem;
        // Another's answer may have told the receiver's type.
        texts[index] ??= toldOf(item, index);
        if (texts[index] !== undefined) return;
        const { detail } = await server.resolve(item);
        texts[index] = detail;
        // One name alone may be a column here and a property there.
        if (!isScope && items.length > 1 && !lists.get(list)) learnList(list, isColumn(detail));
        if (detail === undefined) return;
        place.own.set(item.label, detail);
        const key = keys[index];
        if (key === undefined || isColumn(detail)) return;
        // All that a generic class says is about its receiver's type.
        const typeArguments = key.startsWith("global ") ? undefined : typeArgumentsOf(item.label, detail);
        if (typeArguments === undefined) return remember(key, detail);
        place.typeArguments ||= typeArguments;
        remember(key + place.typeArguments, detail);
        for (const [other, one] of items.entries()) texts[other] ??= toldOf(one, other);
      };
      const unknown = [...texts.keys()].filter((index) => texts[index] === undefined);
      const [first, ...others] = items.length > longestList ? unknown.slice(0, 1) : unknown;
      // The first tells whether they are columns.
      if (first !== undefined && !lists.has(list)) await ask(first);
      else if (first !== undefined) others.unshift(first);
      const isAsked = () => last === place && others.length > 0;
      const inTime = (async () => {
        while (isAsked() && until - performance.now() > leastMs) await ask(others.shift() as number);
      })();
      const later = async () => {
        await pause(quietMs);
        while (isAsked()) await ask(others.shift() as number);
      };
      inTime.then(later).catch(() => {});
      await Promise.race([inTime.catch(() => {}), pause(until - performance.now())]);
      return { texts: [...texts], areColumns: lists.get(list) ?? texts.some(isColumn) };
    },
  };
}

/** What is known at one place alone: columns of one name may have two types, at two places. */
const placeAt = (before: string) => ({ before, typeArguments: "", own: new Map<string, string>() });

/** What TypeScript sorts names of the global scope by. */
const globalName = "15";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)).unref());

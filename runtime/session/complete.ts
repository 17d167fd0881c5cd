import { mustHide, visibleText } from "./hidden-names.ts";
import { descriptor, follow, liveName, pathBefore, prototypes } from "./live-value.ts";
import { declaredCompletions } from "./names.ts";
import type { Completion } from "./protocol.ts";

export type Completions = {
  readonly matches: readonly Completion[];
  readonly startUtf16: number;
  readonly endUtf16: number;
};

/** What could stand at the cursor, from the values that are there. No code of the user's is run, getters included. */
export function complete(code: string, cursorUtf16: number): Completions {
  const found = pathBefore(code, cursorUtf16);
  if (found === undefined) return { matches: [], startUtf16: cursorUtf16, endUtf16: cursorUtf16 };
  const { path, prefix, startUtf16, quote } = found;
  if (quote !== undefined) return { matches: keys(path, prefix, quote), startUtf16, endUtf16: cursorUtf16 };
  const names = path.length === 0 ? globalNames() : memberNames(path);
  const matches = [...names]
    .filter(([name]) => name.startsWith(prefix))
    .map(([text, kind]) => ({ text, kind }))
    .sort((a, b) => Number(a.text.startsWith("_")) - Number(b.text.startsWith("_")));
  return { matches, startUtf16, endUtf16: cursorUtf16 };
}

/** Of `a["`, as they stand behind the quote. */
function keys(path: readonly string[], prefix: string, quote: string): Completion[] {
  const live = follow(path);
  const [own] = live === undefined ? [] : prototypes(live.value);
  if (own === undefined || typeof live?.value === "string") return [];
  const inQuotes = (name: string) => {
    const text = JSON.stringify(name).slice(1, -1);
    return quote === '"' ? text : text.replaceAll('\\"', '"').replaceAll("'", "\\'");
  };
  return Iterator.from(Object.getOwnPropertyNames(own))
    .filter((name) => descriptor(own, name)?.enumerable)
    .map((name) => ({ text: inQuotes(name), kind: "property" }))
    .filter(({ text }) => text.startsWith(prefix))
    .take(mostKeys)
    .toArray();
}
/** Nobody reads more. */
const mostKeys = 1000;

const keywords =
  "async await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof interface let namespace new null return satisfies static super switch this throw true try type typeof undefined using var void while yield";

/** The user's own first, then what is preloaded, then Node's. */
function globalNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const { text, kind } of declaredCompletions()) names.set(text, kindOfName(text, kind));
  for (const stored of Object.getOwnPropertyNames(globalThis)) {
    const name = visibleText(stored);
    if (name !== stored && !mustHide(name)) continue;
    if (!names.has(name)) names.set(name, kindOfName(name, "variable"));
  }
  for (const keyword of keywords.split(" ")) if (!names.has(keyword)) names.set(keyword, "keyword");
  return names;
}

function kindOfName(name: string, otherwise: string): string {
  const live = liveName(name);
  return live && typeof live.value === "function" ? kindOfFunction(live.value) : otherwise;
}

function memberNames(path: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const live = follow(path);
  if (live === undefined) return names;
  for (const holder of prototypes(live.value)) {
    // What every object has is offered for objects that have nothing else.
    if (holder === Object.prototype && names.size > 0 && typeof live.value !== "function") break;
    const hides = holder === live.value && isOfClasses(holder);
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (names.has(name) || !isIdentifier.test(name) || name === "constructor") continue;
      const found = descriptor(holder, name);
      if (hides && found?.enumerable === false) continue;
      names.set(name, found && typeof found.value === "function" ? "method" : "property");
    }
  }
  return names;
}

/**
 * An object whose classes are all written in JavaScript: what they keep from being enumerated is their inside. What an
 * error or an array has that is not enumerable is what it is for.
 */
function isOfClasses(object: object): boolean {
  const above = [...prototypes(object)].slice(1).filter((prototype) => prototype !== Object.prototype);
  return (
    above.length > 0 &&
    above.every((prototype) => {
      const made: unknown = descriptor(prototype, "constructor")?.value;
      return typeof made === "function" && kindOfFunction(made) === "class";
    })
  );
}

const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

// biome-ignore lint/complexity/noBannedTypes: any function will do.
export const kindOfFunction = (value: Function): "class" | "function" =>
  Function.prototype.toString.call(value).startsWith("class") ? "class" : "function";

import { visibleText } from "./hidden-names.ts";
import { declaredIn } from "./names.ts";

let before: ReadonlySet<string> = new Set();

/** What is there before the first cell is Node's, or of the libraries that Quern uses. */
export function noteGlobals(): void {
  before = new Set(Object.keys(globalThis));
}

/** What code has added to the global object since, under names that can be written, and without declaring them. */
export const addedGlobals = (): string[] =>
  Object.keys(globalThis).filter(
    (name) => !before.has(name) && isName.test(name) && declaredIn(visibleText(name)) === undefined,
  );

const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

let mayAdd = false;

/** Whether code may have: only text with such a word in it adds names, but what it defines may do so in any later cell. */
export function mayAddGlobals(code: string): boolean {
  mayAdd ||= /\b(?:globalThis|global|window|self|import|require|eval|Function)\b/.test(code);
  return mayAdd;
}

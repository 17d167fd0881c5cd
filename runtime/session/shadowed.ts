import * as preloaded from "../globals.ts";
import { visibleText } from "./hidden-names.ts";
import { declaredIn, storedName } from "./names.ts";

/**
 * What to add to a message of V8's when a name that Quern preloads is used as Quern's, and is the user's own by now:
 * `count is not a function`, many cells after `const count = 5`. Empty otherwise.
 */
export function shadowedHint(message: string): string {
  const name = misused.exec(visibleText(message))?.[1];
  if (name === undefined || !Object.hasOwn(preloaded, name)) return "";
  const current = Object.getOwnPropertyDescriptor(globalThis, storedName(name));
  if (current === undefined || current.value === member(preloaded, name)) return "";
  const cell = declaredIn(name);
  return `; \`${name}\` is yours${cell === undefined ? "" : ` since cell [${cell}]`}, Quern's is \`${otherName(name)}\``;
}

// V8 names the whole expression: `F.count`, `count`, `range(...)`.
const misused = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\b.* is not (?:a function|a constructor|(?:async )?iterable)/u;

const member = (holder: object, name: string): unknown => (holder as { [name: string]: unknown })[name];

/** Where else the preloaded value is, for as long as that name is Quern's itself. */
function otherName(name: string): string {
  const { F, spark } = preloaded;
  if (name in F && member(globalThis, "F") === F) return `F.${name}`;
  if (name in spark && member(globalThis, "spark") === spark) return `spark.${name}`;
  return `(await import("quern")).${name}`;
}

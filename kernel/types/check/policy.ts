/** Which of TypeScript's errors stop a cell. */
export type CheckMode = "strict" | "error" | "warn" | "off";

export const checkModes: readonly CheckMode[] = ["strict", "error", "warn", "off"];

/** What the environment asks for (QUERN_CHECK). */
export function checkModeOf(given: string | undefined, log: (line: string) => void): CheckMode {
  const mode = checkModes.find((one) => one === given);
  if (mode !== undefined) return mode;
  if (given !== undefined && given !== "")
    log(`QUERN_CHECK is "${given}"; it can be ${checkModes.join(", ")}. Using "error".`);
  return "error";
}

/** Possibly null, undefined or unknown, or an element that may not be there: nearly every column of a usual file is nullable. */
const possiblyNull = new Set([2531, 2532, 2533, 2571, 2721, 2722, 2723, 18046, 18047, 18048, 18049]);

/** What does not mislead when the cell runs, or is told better there. */
const harmless = new Set([
  // A module that is not found, or has no types.
  2306, 2307, 2688, 2691, 2732, 2792, 2834, 2835, 2846, 2876, 2877, 5097, 7016,
  // Used before it is assigned or declared: in a notebook the name may have a value.
  2448, 2449, 2450, 2454,
  // `this` of a function without a type for it.
  2683,
  // `const range = range(3)` reads the name that was there before.
  2502, 7022, 7023, 7024,
  // Merging and repeating of declarations, which the parser judges.
  2717, 2664, 2300, 2323, 2392, 2393, 2451, 2484, 2440, 2395,
  // Ways of importing that only other module systems mind.
  1259, 1192, 1479, 1541, 1542, 1543,
]);

/** Of types, though numbered among those of the syntax: decorators, what is awaited, satisfies, what import type gives. */
const ofTypes = new Set([1238, 1239, 1240, 1241, 1270, 1271, 1320, 1345, 1360, 1361, 1362]);

/** Errors of the syntax are the parser's to tell, those of the project nobody's of the cell. */
const isOfLanguage = (code: number): boolean =>
  ofTypes.has(code) || (code >= 2000 && !(code >= 5000 && code < 8000) && code < 95_000);

/** What a CommonJS package has as default: Node gives the whole of its exports, whatever its types say. */
const isDefaultOfModule = (code: number, message: string): boolean =>
  code === 2339 && message.startsWith("Property 'default' ");

/** What `await response.json()` gives may be whatever is wanted. */
const isUnknown = (code: number, message: string): boolean =>
  notAssignable.has(code) && /ype 'unknown' is not assignable/.test(message.slice(message.lastIndexOf("\n") + 1));

/**
 * Other objects may be indexed by any name: that is an implicit any. Of a frame it is a column, which it does not give;
 * of its columns it may be one, where which is known only when it runs. Of a promise it is what that gives.
 */
const indexesFrame = (code: number, message: string): boolean =>
  code === 7053 &&
  /type '(?:import\("quern"\)\.)?(?:Columns|DataFrame|Promise)</.test(message) &&
  !/No index signature with a parameter of type '\w+' was found on type '(?:import\("quern"\)\.)?Columns</.test(
    message,
  );

/** `const counts = {}`, which is filled later: its properties are of any type, as if written `counts["a"]`. */
const fillsEmpty = (code: number, message: string): boolean => code === 2339 && message.endsWith(" on type '{}'.");

/** A value, an argument, or the arguments of all overloads do not fit. */
export const notAssignable: ReadonlySet<number> = new Set([2322, 2345, 2769]);

/** `f.dropna(names)`: whether the text is one of the names that are taken, the run shows. */
const isTextOfNames = (code: number, message: string): boolean =>
  notAssignable.has(code) && textForNames.test(message.slice(message.lastIndexOf("\n") + 1));
const oneName = String.raw`(?:"[^"]*"|\.\.\. \d+ more \.\.\.|undefined|null|Name<.*>)`;
const textForNames = new RegExp(
  String.raw`ype 'string' is not assignable to (?:parameter of )?type '${oneName}(?: \| ${oneName})*'\.$`,
);

export function stops(code: number, message: string, mode: CheckMode): boolean {
  if (indexesFrame(code, message)) return true;
  if (!isOfLanguage(code) || harmless.has(code) || isDefaultOfModule(code, message)) return false;
  if (mode === "strict") return true;
  if (isTextOfNames(code, message) || isUnknown(code, message)) return false;
  return !possiblyNull.has(code) && !fillsEmpty(code, message);
}

import { types } from "node:util";
import { storedName } from "./names.ts";

/** A value that was found, or that cannot be looked at without running code. */
export type Live = { readonly value: unknown } | undefined;

/** Getters of Node's that are safe to run: they make what is asked for, and nothing else. */
const safeGlobals = new Map(
  ["process", "Buffer", "crypto", "navigator", "performance", "console", "URL"].map((name) => [
    name,
    Object.getOwnPropertyDescriptor(globalThis, name)?.get,
  ]),
);

/** A name of the user's, a preloaded one or a global of Node's. */
export function liveName(name: string): Live {
  const own = Object.getOwnPropertyDescriptor(globalThis, storedName(name));
  if (own) return dataOf(own);
  const found = Object.getOwnPropertyDescriptor(globalThis, name);
  if (found?.get && found.get === safeGlobals.get(name)) return { value: found.get.call(globalThis) };
  return dataOf(found);
}

/** A member along the prototypes; nothing for getters and Proxies, which would run code. */
export function liveMember(object: unknown, name: string): Live {
  for (const holder of prototypes(object)) {
    const found = descriptor(holder, name);
    if (found) return dataOf(found);
  }
  return undefined;
}

/** The value and what it inherits from, up to a Proxy. */
export function* prototypes(value: unknown): Generator<object> {
  let holder: object | null = value === null || value === undefined ? null : Object(value);
  while (holder !== null && !types.isProxy(holder)) {
    yield holder;
    holder = Object.getPrototypeOf(holder);
  }
}

export function descriptor(holder: object, name: string): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(holder, name);
  } catch {
    // An export of a module that has not been evaluated.
    return undefined;
  }
}

const dataOf = (found: PropertyDescriptor | undefined): Live =>
  found && "value" in found ? { value: found.value } : undefined;

/**
 * `a.b["c"].` before the cursor: the names to follow, and the beginning of the last, with the quote that it stands behind
 * in `a["`.
 */
export type Path = {
  readonly path: readonly string[];
  readonly prefix: string;
  readonly startUtf16: number;
  readonly quote?: string | undefined;
};

const word = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*`;
const step = String.raw`\s*(?:\?\.|\.)\s*${word}|(?:\?\.)?\[(?:\d+|"[^"\\]*"|'[^'\\]*')\]`;
const begin = String.raw`(?<![\p{ID_Continue}$.\])"'\x60])`;
const steppedPath = String.raw`(?<path>${word}(?:${step})*)\s*`;
const pathBeforeCursor = new RegExp(String.raw`${begin}(?:${steppedPath}(?:\?\.|\.)\s*)?(?<prefix>${word})?$`, "u");
const keyBeforeCursor = new RegExp(
  String.raw`${begin}${steppedPath}(?:\?\.)?\[\s*(?:(?<quote>")(?<prefix>[^"\\\n]*)|(?<quote>')(?<prefix>[^'\\\n]*))$`,
  "u",
);

export function pathBefore(code: string, cursorUtf16: number): Path | undefined {
  const before = code.slice(0, cursorUtf16);
  const groups = (keyBeforeCursor.exec(before) ?? pathBeforeCursor.exec(before))?.groups;
  if (groups === undefined) return undefined;
  const { path = "", prefix = "", quote } = groups;
  return { path: steps(path), prefix, startUtf16: cursorUtf16 - prefix.length, quote };
}

const steps = (path: string): string[] =>
  [...path.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*|\d+|"[^"]*"|'[^']*'/gu)].map(([text]) =>
    /^["']/.test(text) ? text.slice(1, -1) : text,
  );

export function follow([name, ...members]: readonly string[]): Live {
  let live = name === undefined ? undefined : liveName(name);
  for (const member of members) live = live && liveMember(live.value, member);
  return live;
}

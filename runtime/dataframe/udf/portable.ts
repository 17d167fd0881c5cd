import { freeNames } from "./free-names.ts";

/**
 * The text of a function that means the same in another thread: it names nothing but its own and JavaScript's built-ins.
 * Undefined for any other, which only the thread of its variables can call.
 */
export function portableSource(fn: (...args: any[]) => unknown): string | undefined {
  const source = Function.prototype.toString.call(fn);
  const names = freeNames(source);
  if (names === undefined) return undefined;
  for (const name of names) {
    // A cell's guard of what is tested, whose only member in a function is `test`.
    if (name === cellHelpers && !/__quern\.(?!test\()/.test(source)) continue;
    if (!BUILT_IN.has(name)) return undefined;
  }
  return source;
}

export const cellHelpers = "__quern";

/** What no cell can declare anew without getting another name (session/hidden-names.ts). */
const BUILT_IN: ReadonlySet<string> = new Set(
  `undefined NaN Infinity Math JSON Number String Boolean BigInt Symbol Array Object Map Set WeakMap WeakSet Date RegExp Intl
  Error TypeError RangeError SyntaxError parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI
  decodeURI escape unescape Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array
  BigInt64Array BigUint64Array ArrayBuffer DataView Uint8ClampedArray Temporal TextEncoder TextDecoder URL URLSearchParams
  atob btoa structuredClone Iterator Reflect Proxy`.split(/\s+/),
);

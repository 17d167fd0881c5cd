import { types } from "node:util";
import { DataFrame } from "../index.ts";

type Frame = DataFrame<any>;

/** The frames that a variable's value holds, and its type in the words of theirs; undefined where it has none. */
export type Held = {
  readonly frames: readonly Frame[];
  readonly write: (types: readonly string[]) => string | undefined;
};

/** A value that is a frame. No code of the user's is run, here and below. */
export function frameIn(value: unknown): Held | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  if (Object.getPrototypeOf(value) !== DataFrame.prototype) return undefined;
  return { frames: [value as Frame], write: ([type]) => type };
}

/** A frame, or an array or a plain object of nothing but frames. */
export function framesIn(value: unknown): Held | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  if (Array.isArray(value)) return framesInArray(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return framesInObject(value);
  return frameIn(value);
}

/** More of them are data, and no handful of tables with names. */
const mostFrames = 100;
const mostInTuple = 8;

function framesInArray(array: readonly unknown[]): Held | undefined {
  if (array.length > mostFrames) return undefined;
  const indices = Array.from({ length: array.length }, (_, index) => String(index));
  const frames = framesAt(array, indices);
  return frames && { frames, write: arrayType };
}

function arrayType(types: readonly string[]): string | undefined {
  if (types.every((type) => type === types[0])) return `${types[0]}[]`;
  return types.length <= mostInTuple ? `[${types.join(", ")}]` : undefined;
}

/** Objects in which something else was found: the keys of a large one take long to list. */
const others = new WeakSet<object>();

function framesInObject(object: object): Held | undefined {
  if (others.has(object)) return undefined;
  const names = Object.keys(object);
  const frames = names.length <= mostFrames ? framesAt(object, names) : undefined;
  if (frames === undefined && names.length > 0) others.add(object);
  const write = (types: readonly string[]) =>
    `{ ${names.map((name, index) => `${JSON.stringify(name)}: ${types[index]}`).join(", ")} }`;
  return frames && { frames, write };
}

function framesAt(holder: object, keys: readonly string[]): readonly Frame[] | undefined {
  const frames: Frame[] = [];
  for (const key of keys) {
    const held = frameIn(Object.getOwnPropertyDescriptor(holder, key)?.value);
    if (held === undefined) return undefined;
    frames.push(...held.frames);
  }
  return frames.length > 0 ? frames : undefined;
}

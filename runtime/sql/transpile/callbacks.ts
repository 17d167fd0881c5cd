import type { Expression, Variable, VariablePart } from "../../plan/expressions.ts";

/** Of what the parameters of a function's callbacks are a part: the position of the argument, and which part of it. */
type Parts = readonly (readonly [part: VariablePart, of: number])[];

const ELEMENT: Parts = [["element", 0]];
const WITH_INDEX: Parts = [
  ["element", 0],
  ["index", 0],
];
const ENTRY: Parts = [
  ["key", 0],
  ["value", 0],
];
const STEP: Parts = [
  ["accumulator", 1],
  ["item", 0],
];
const FINISH: Parts = [["result", 1]];

/** By the name of the function and the position of the callback. */
const CALLBACKS: { readonly [name: string]: { readonly [position: number]: Parts } } = {
  transform: { 1: WITH_INDEX },
  filter: { 1: WITH_INDEX },
  exists: { 1: ELEMENT },
  forall: { 1: ELEMENT },
  aggregate: { 2: STEP, 3: FINISH },
  reduce: { 2: STEP, 3: FINISH },
  zip_with: {
    2: [
      ["first", 0],
      ["second", 1],
    ],
  },
  map_filter: { 1: ENTRY },
  transform_keys: { 1: ENTRY },
  transform_values: { 1: ENTRY },
  map_zip_with: {
    2: [
      ["key", 0],
      ["left value", 0],
      ["right value", 1],
    ],
  },
};

/** What the parameters of a callback stand for; undefined where the function takes none there. */
export function parametersOf(
  name: string,
  position: number,
  names: readonly string[],
  args: readonly Expression[],
  depth: number,
): readonly Variable[] | undefined {
  const parts = CALLBACKS[name]?.[position];
  if (parts === undefined || names.length > parts.length) return undefined;
  if (names.length < parts.length && parts !== WITH_INDEX) return undefined;
  return names.map((_, index): Variable => {
    const [part, of] = parts[index] as Parts[number];
    return Object.freeze({ kind: "variable", name: LETTERS[part], depth, part, of: args[of] as Expression });
  });
}

/** As the callbacks of TypeScript have them. */
const LETTERS: { readonly [part in VariablePart]: string } = {
  element: "x",
  index: "i",
  first: "x",
  second: "y",
  item: "x",
  key: "k",
  value: "v",
  "left value": "v",
  "right value": "w",
  accumulator: "a",
  result: "a",
};

import { AnalysisError } from "../errors.ts";

/** Choices of columns, by position. */
export type GroupingSets = readonly (readonly number[])[];

/** All of them, all but the last, and so on, down to none. */
export const rollupSets = (count: number): GroupingSets =>
  Array.from({ length: count + 1 }, (_, less) => positions(count - less));

/** Every choice. */
export function cubeSets(count: number): GroupingSets {
  if (count > MOST_IN_CUBE)
    throw new AnalysisError("CUBE", `cube of ${count} columns: there are ${2 ** count} choices of them; name fewer.`);
  return Array.from({ length: 2 ** count }, (_, without) =>
    positions(count).filter((at) => (without & (1 << (count - 1 - at))) === 0),
  );
}

/** Spark takes as many at most. */
const MOST_IN_CUBE = 12;

const positions = (count: number): number[] => [...Array(count).keys()];

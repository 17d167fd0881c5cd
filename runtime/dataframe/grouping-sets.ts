import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { expressionText } from "../plan/expression-text.ts";
import type { Named } from "../plan/nodes.ts";
import { applied } from "./applied.ts";
import { namedColumns } from "./column-arguments.ts";

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

/**
 * Those that are listed, each a list of columns. A callback returns a list of these lists; PySpark has such a list too, and
 * the columns of the result behind it.
 */
export function chosenSets(given: readonly unknown[]): { groups: readonly Named[]; sets: GroupingSets } {
  const [first, ...columns] = given;
  const isListed = isListOfLists(first);
  const called = typeof first === "function" ? [applied("groupingSets", first)].flat() : given;
  const lists = isListed ? first : called;
  const groups: Named[] = [];
  if (isListed) for (const named of namedColumns("groupingSets", columns)) placeIn(groups, named);
  const sets = lists.map((list) => {
    if (!Array.isArray(list) || list.some(Array.isArray))
      throw new AnalysisError(
        "GROUPING",
        `groupingSets takes lists of columns, as groupingSets(["a", "b"], ["a"], []), not ${inspect(list, { depth: 1 })}`,
      );
    return namedColumns("groupingSets", list).map((named) => placeIn(groups, named));
  });
  const unused = groups.find((_, place) => sets.every((set) => !set.includes(place)));
  if (unused !== undefined)
    throw new AnalysisError(
      "GROUPING",
      `groupingSets: "${unused.name}" is in none of the lists, and would be null in all rows: leave it out.`,
    );
  return { groups, sets };
}

const isListOfLists = (given: unknown): given is readonly unknown[] =>
  Array.isArray(given) && given.length > 0 && given.every(Array.isArray);

/** The position of a column among the groups, where it is added if it is not there. */
function placeIn(groups: Named[], named: Named): number {
  const place = groups.findIndex(({ name }) => name.toLowerCase() === named.name.toLowerCase());
  if (place === -1) return groups.push(named) - 1;
  const [there, given] = [groups[place] as Named, named].map(({ expression }) => expressionText(expression));
  if (there === given || there?.toLowerCase() === given?.toLowerCase()) return place;
  throw new AnalysisError(
    "DUPLICATE_COLUMN",
    `groupingSets: "${named.name}" is ${there} in one list and ${given} in another: give one another name.`,
  );
}

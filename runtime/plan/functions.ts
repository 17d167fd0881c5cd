import { aggregates } from "./functions/aggregates.ts";
import { aliases } from "./functions/aliases.ts";
import { arrays } from "./functions/arrays.ts";
import { bitmaps } from "./functions/bitmaps.ts";
import { collections } from "./functions/collections.ts";
import { conditional } from "./functions/conditional.ts";
import { dates } from "./functions/dates.ts";
import type { FunctionEntry, Functions } from "./functions/entry.ts";
import { generators } from "./functions/generators.ts";
import { higherOrder } from "./functions/higher-order.ts";
import { intervals } from "./functions/intervals.ts";
import { json } from "./functions/json.ts";
import { math } from "./functions/math.ts";
import { misc } from "./functions/misc.ts";
import { moreAggregates } from "./functions/more-aggregates.ts";
import { moreConditional } from "./functions/more-conditional.ts";
import { moreDates } from "./functions/more-dates.ts";
import { moreMath } from "./functions/more-math.ts";
import { moreStrings } from "./functions/more-strings.ts";
import { operators } from "./functions/operators.ts";
import { strings } from "./functions/strings.ts";
import { structFields } from "./functions/struct-fields.ts";
import { times } from "./functions/times.ts";
import { variants } from "./functions/variants.ts";
import { windows } from "./functions/windows.ts";

/**
 * Every function and operator, by name. An entry gives arity, conversions of arguments and the result's type; a dialect
 * adds an entry of its own only where the SQL is not `name(arguments)` (`sql/duckdb-functions/`, `sql/spark.ts`).
 */
const own: Functions = {
  ...operators,
  ...aggregates,
  ...moreAggregates,
  ...math,
  ...moreMath,
  ...strings,
  ...moreStrings,
  ...dates,
  ...moreDates,
  ...times,
  ...intervals,
  ...misc,
  ...conditional,
  ...moreConditional,
  ...json,
  ...collections,
  ...arrays,
  ...generators,
  ...bitmaps,
  ...higherOrder,
  ...structFields,
  ...variants,
  ...windows,
};

export const functions: Functions = {
  ...own,
  ...Object.fromEntries(Object.entries(aliases).flatMap(([alias, name]) => (own[name] ? [[alias, own[name]]] : []))),
};

export const functionEntry = (name: string): FunctionEntry | undefined =>
  Object.hasOwn(functions, name) ? functions[name] : undefined;

export const functionNames: readonly string[] = Object.keys(functions);

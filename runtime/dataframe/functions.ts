import { inspect } from "node:util";
import { broadcast } from "./arranged.ts";
import * as aggregates from "./functions/aggregates.ts";
import * as arrays from "./functions/arrays.ts";
import * as bitmaps from "./functions/bitmaps.ts";
import * as collections from "./functions/collections.ts";
import * as conditional from "./functions/conditional.ts";
import * as core from "./functions/core.ts";
import * as dates from "./functions/dates.ts";
import * as generators from "./functions/generators.ts";
import * as higherOrder from "./functions/higher-order.ts";
import * as intervals from "./functions/intervals.ts";
import * as json from "./functions/json.ts";
import * as math from "./functions/math.ts";
import * as misc from "./functions/misc.ts";
import * as moreAggregates from "./functions/more-aggregates.ts";
import * as moreConditional from "./functions/more-conditional.ts";
import * as moreDates from "./functions/more-dates.ts";
import * as moreMath from "./functions/more-math.ts";
import * as moreStrings from "./functions/more-strings.ts";
import * as otherNames from "./functions/other-names.ts";
import * as strings from "./functions/strings.ts";
import * as times from "./functions/times.ts";
import * as udfs from "./functions/udf.ts";
import * as variants from "./functions/variants.ts";
import * as windows from "./functions/windows.ts";
import { listText } from "./inspect-text.ts";

type Functions = typeof core &
  typeof aggregates &
  typeof moreAggregates &
  typeof math &
  typeof moreMath &
  typeof strings &
  typeof otherNames &
  typeof moreStrings &
  typeof dates &
  typeof moreDates &
  typeof times &
  typeof intervals &
  typeof misc &
  typeof conditional &
  typeof moreConditional &
  typeof json &
  typeof collections &
  typeof arrays &
  typeof generators &
  typeof bitmaps &
  typeof higherOrder &
  typeof windows &
  typeof variants &
  typeof udfs & { broadcast: typeof broadcast };

/** Every function, by Spark's name. */
export const F: Functions = {
  ...core,
  ...aggregates,
  ...moreAggregates,
  ...math,
  ...moreMath,
  ...strings,
  ...otherNames,
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
  ...windows,
  ...variants,
  broadcast,
  ...udfs,
};

Object.defineProperty(F, inspect.custom, { value: () => listText("F", Object.keys(F).sort()) });

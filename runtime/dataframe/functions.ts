import * as aggregates from "./functions/aggregates.ts";
import * as collections from "./functions/collections.ts";
import * as conditional from "./functions/conditional.ts";
import * as core from "./functions/core.ts";
import * as dates from "./functions/dates.ts";
import * as math from "./functions/math.ts";
import * as strings from "./functions/strings.ts";
import * as windows from "./functions/windows.ts";

/** Every function, by Spark's name. */
export const F = {
  ...core,
  ...aggregates,
  ...math,
  ...strings,
  ...dates,
  ...conditional,
  ...collections,
  ...windows,
};

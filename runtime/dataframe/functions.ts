import { inspect } from "node:util";
import * as aggregates from "./functions/aggregates.ts";
import * as collections from "./functions/collections.ts";
import * as conditional from "./functions/conditional.ts";
import * as core from "./functions/core.ts";
import * as dates from "./functions/dates.ts";
import * as math from "./functions/math.ts";
import * as strings from "./functions/strings.ts";
import * as windows from "./functions/windows.ts";
import { listText } from "./inspect-text.ts";

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

Object.defineProperty(F, inspect.custom, { value: () => listText("F", Object.keys(F).sort()) });

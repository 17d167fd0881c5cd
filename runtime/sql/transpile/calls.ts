import type { Expression } from "../../plan/expressions.ts";
import type { Called } from "./expression-reader.ts";
import { call, isGiven, listOf, nameIn, onlyHas, textLiteral } from "./parts.ts";
import { Refusal } from "./refusal.ts";
import { type Fields, partsOf } from "./tree.ts";

/** `count(*)` counts rows, `count(DISTINCT a, b)` different values of both. */
export function counted(fields: Fields): Called {
  if (!onlyHas(fields, "this", "star", "distinct", "original_name")) throw new Refusal("count(…) with a condition");
  const isDistinct = fields.distinct === true;
  const [kind, parts] = partsOf(fields.this) ?? [];
  const isOfRows = fields.star === true || (kind === "star" && !isDistinct && !isGiven(parts?.table));
  const several = kind === "tuple" ? listOf(parts?.expressions) : [fields.this];
  const args = isOfRows ? [] : several.filter(isGiven);
  return isDistinct ? { name: "countDistinct", args, isDistinct: false } : { name: "count", args, isDistinct };
}

type UnitCall = {
  readonly operands: readonly unknown[];
  readonly made: (operands: readonly Expression[]) => Expression;
  readonly name: (operands: readonly string[]) => string;
};

/** dateadd(MONTH, 1, day): the unit is no column. */
export function unitCall(name: string, [first, ...operands]: readonly unknown[]): UnitCall | undefined {
  const [known, shown] = UNIT_CALLS[name] ?? [];
  const unit = operands.length === 2 ? unitIn(first) : undefined;
  if (known === undefined || unit === undefined) return undefined;
  return {
    operands,
    made: (args) => call(known, textLiteral(unit), ...args),
    name: (args) => `${shown}(${[unit, ...args].join(", ")})`,
  };
}

/** Functions of a unit of time, a number or time, and a time. */
const UNIT_CALLS: { readonly [name: string]: readonly [known: string, shown: string] } = {
  dateadd: ["timestamp_add", "timestampadd"],
  date_add: ["timestamp_add", "timestampadd"],
  timestampadd: ["timestamp_add", "timestampadd"],
  datediff: ["timestamp_diff", "timestampdiff"],
  date_diff: ["timestamp_diff", "timestampdiff"],
  timestampdiff: ["timestamp_diff", "timestampdiff"],
};

function unitIn(node: unknown): string | undefined {
  const [kind, fields] = partsOf(node) ?? [];
  if (kind !== "column" || isGiven(fields?.table)) return undefined;
  const name = nameIn(fields?.name).toUpperCase();
  return /^(?:MICROSECOND|MILLISECOND|SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR)$/.test(name) ? name : undefined;
}

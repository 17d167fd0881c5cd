import { columnNamed } from "../../plan/column-path.ts";
import type { Expression } from "../../plan/expressions.ts";
import { type Column, operand } from "../column.ts";
import type * as Sql from "../types.ts";
import { fnOf, type In } from "./call.ts";

type Number = In<Sql.Numeric> | number;

/** What is left out before the last part that is given counts as 0. */
function parts(given: readonly (Number | undefined)[]): Expression[] {
  const last = given.findLastIndex((part) => part !== undefined);
  return given.slice(0, last + 1).map((part) => (typeof part === "string" ? columnNamed(part) : operand(part ?? 0)));
}

/** A span of days to seconds (with a fraction to microseconds) of its parts, which may be negative; an error beyond 106,751,991 days. */
export const make_dt_interval = (
  days?: Number,
  hours?: Number,
  mins?: Number,
  secs?: Number,
): Column<Sql.DayTimeInterval | null> => fnOf("make_dt_interval", ...parts([days, hours, mins, secs]));
/** A span of years and months; an error beyond 178,956,970 years. */
export const make_ym_interval = (years?: Number, months?: Number): Column<Sql.YearMonthInterval | null> =>
  fnOf("make_ym_interval", ...parts([years, months]));

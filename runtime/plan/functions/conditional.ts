import { widestOf } from "../numeric.ts";
import type { Functions, Result } from "./entry.ts";
import { BOOLEAN, DOUBLE, never, scalar } from "./entry.ts";

/** NULL only where all are. */
const firstKnown: Result = (args) => {
  const type = widestOf(args.map((arg) => arg.type));
  if (type === undefined) return "needs arguments of one type";
  return { type, takes: args.map(() => type), nullable: args.every((arg) => arg.nullable) };
};

const nullif: Result = (args) => {
  const [left, right] = args;
  const common = widestOf(args.map((arg) => arg.type));
  if (!left || !right || common === undefined) return "needs arguments of one type";
  return { type: common, takes: [common, common], nullable: true };
};

export const conditional: Functions = {
  coalesce: scalar("any any...", firstKnown),
  ifnull: scalar("any any", firstKnown),
  nvl: scalar("any any", firstKnown),
  nullif: scalar("ordered ordered", nullif),
  isnull: scalar("any", never(BOOLEAN)),
  isnotnull: scalar("any", never(BOOLEAN)),
  isnan: scalar("double", never(BOOLEAN)),
  /** The second where the first is NaN. */
  nanvl: scalar("double double", DOUBLE),
};

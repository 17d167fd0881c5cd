import { widest, widestOf } from "../numeric.ts";
import type { Functions, Result } from "./entry.ts";
import { BOOLEAN, DOUBLE, never, scalar } from "./entry.ts";

/** NULL only where all are. */
const firstKnown: Result = (args) => {
  const type = widestOf(args.map((arg) => arg.type));
  if (type === undefined) return "needs arguments of one type";
  return { type, takes: args.map(() => type), nullable: args.every((arg) => arg.nullable) };
};

/** Of the first argument's type; they are compared in their common one. */
const nullif: Result = ([left, right]) => {
  const common = left && right && widest(left.type, right.type);
  if (!left || !common) return "needs arguments of one type";
  const type = left.type.kind === "void" ? common : left.type;
  return { type, takes: [type, common], nullable: true };
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

import { isNumeric, widest, widestOf } from "../numeric.ts";
import { type Argument, type Functions, INT, type Result, scalar } from "./entry.ts";

/** The number, in a type that 0 has too. */
const besideZero = (nullable: (x: Argument) => boolean): Result => {
  return ([x]) => {
    if (!x || !isNumeric(x.type)) return "needs a number";
    return { type: x.type, nullable: nullable(x) };
  };
};

/** The second where the first is there, else the third. */
const byPresence: Result = ([test, there, missing]) => {
  const type = there && missing && widestOf([there.type, missing.type]);
  if (!type || !test) return "needs arguments of one type";
  const nullable = test.nullable ? there.nullable || missing.nullable : there.nullable;
  return { type, takes: [undefined, type, type], nullable };
};

export const moreConditional: Functions = {
  nvl2: scalar("any any any", byPresence),
  nullifzero: scalar(
    "number",
    besideZero(() => true),
  ),
  zeroifnull: scalar("number", ([x]) => {
    if (!x || !isNumeric(x.type)) return "needs a number";
    const type = widest(x.type, INT) ?? x.type;
    return { type, takes: [type], nullable: false };
  }),
};

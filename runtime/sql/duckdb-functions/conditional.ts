import type { Templates } from "../dialect.ts";
import { loose } from "../fragment.ts";
import { asResult, named } from "./parts.ts";

export const conditionalTemplates: Templates = {
  ifnull: named("coalesce"),
  nvl: named("coalesce"),
  isnull: ([x]) => loose(`${x.operand} IS NULL`),
  isnotnull: ([x]) => loose(`${x.operand} IS NOT NULL`),
  isnan: ([x]) => (x.nullable ? `coalesce(isnan(${x.text}), false)` : `isnan(${x.text})`),
  nanvl: ([x, other], call) => asResult(`CASE WHEN isnan(${x.text}) THEN ${other.text} ELSE ${x.text} END`, call),
};

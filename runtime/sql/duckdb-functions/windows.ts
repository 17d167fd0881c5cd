import { sameType } from "../../plan/numeric.ts";
import type { Template, Templates } from "../dialect.ts";
import { literalText } from "../literal-argument.ts";
import { asResult, named, typed } from "./parts.ts";

const end =
  (name: string): Template =>
  (args, call) => {
    const ignored = args.length > 1 && literalText(args[1], `${name}: ignoreNulls`) === "true";
    return `${name}(${args[0].text}${ignored ? " IGNORE NULLS" : ""})${call.over}`;
  };

/** DuckDB takes the first argument's type for the result, the default's may be wider. */
const neighbour: Template = (args, call) => {
  const [value] = args;
  const widened = sameType(value.given.type, call.result.type) ? value.text : asResult(value.given.text, call);
  return `${call.name}(${[widened, ...args.slice(1).map((arg) => arg.text)].join(", ")})${call.over}`;
};

export const windowTemplates: Templates = {
  row_number: typed("row_number"),
  rank: typed("rank"),
  dense_rank: typed("dense_rank"),
  ntile: typed("ntile"),
  percent_rank: named("percent_rank"),
  cume_dist: named("cume_dist"),
  lag: neighbour,
  lead: neighbour,
  first_value: end("first_value"),
  last_value: end("last_value"),
};

import type { Template, Templates } from "../dialect.ts";
import { literalText } from "../literal-argument.ts";
import { named, typed } from "./parts.ts";

const end =
  (name: string): Template =>
  (args, call) => {
    const ignored = args.length > 1 && literalText(args[1], `${name}: ignoreNulls`) === "true";
    return `${name}(${args[0].text}${ignored ? " IGNORE NULLS" : ""})${call.over}`;
  };

export const windowTemplates: Templates = {
  row_number: typed("row_number"),
  rank: typed("rank"),
  dense_rank: typed("dense_rank"),
  ntile: typed("ntile"),
  percent_rank: named("percent_rank"),
  cume_dist: named("cume_dist"),
  lag: named("lag"),
  lead: named("lead"),
  first_value: end("first_value"),
  last_value: end("last_value"),
};

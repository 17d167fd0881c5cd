import { aliases } from "../plan/functions/aliases.ts";
import { functionEntry } from "../plan/functions.ts";
import type { Template, Templates } from "./dialect.ts";

const named =
  (name: string): Template =>
  (args, call) =>
    `${name}(${call.distinct ? "DISTINCT " : ""}${args.map((arg) => arg.text).join(", ")})${call.over}`;

/** With the templates of functions for their other names; where there is none, the call has the first name. */
export const withAliases = (templates: Templates): Templates => ({
  ...templates,
  ...Object.fromEntries(
    Object.entries(aliases)
      .filter(([alias]) => functionEntry(alias) !== undefined)
      .map(([alias, name]) => [alias, templates[name] ?? named(name)]),
  ),
});

import type { Library } from "./library.ts";
import { as, changed, partsAs, type Rule, type Rules, refuse } from "./rules.ts";
import { literalOf, type Node, written } from "./tree.ts";

/** As in guards.ts: an error where the type is one for which the answer would differ. */
function guarded(library: Library, value: unknown, condition: string, what: string): Node {
  const message = {
    literal: { literal_type: "string", value: `${what} gives something else in Spark's SQL than in DuckDB's` },
  };
  return written(library, `CASE WHEN ${condition} THEN error(_1) ELSE _0 END`, [value, message]);
}

const isDecimal = "typeof(_0) LIKE 'DECIMAL%'";

const average: Rule = (fields, _, library) =>
  changed("avg", fields, { this: guarded(library, fields.this, isDecimal, "avg of a DECIMAL") });

const like: Rule = ({ right, escape: by }, node) =>
  !by && !/\\/.test(literalOf(right, "string") ?? "\\")
    ? node
    : refuse("LIKE with ESCAPE, a backslash or a pattern that is computed");

/** Spark's gives NULL where one is; texts alone are taken. */
const concat: Rule = ({ args }, _, library) => {
  const values = (args as unknown[]).map((value) =>
    literalOf(value, "string") === undefined
      ? guarded(
          library,
          value,
          "typeof(_0) NOT IN ('VARCHAR', 'INTEGER', 'BIGINT', '\"NULL\"')",
          "concat of anything but texts and whole numbers",
        )
      : value,
  );
  return written(library, `(${values.map((_, i) => `_${i}`).join(" || ")})`, values);
};

const literal: Rule = ({ literal_type, value }, node) =>
  literal_type === "number" && !/^[\d.]+$/.test(String(value)) ? refuse("A number with a letter in it") : node;

const minus: Rule = () => refuse("A subtraction, which may be of dates");

/** Spark's SQL for DuckDB: what means the same in both, and a few more. */
export const toDuckdbRules: Rules = {
  avg: average,
  like,
  literal,
  sub: (fields, node, library) =>
    literalOf(fields.right, "number") === undefined ? minus(fields, node, library) : node,
  "function concat/2": concat,
  "function concat/3": concat,
  "function concat/4": concat,
  "function nvl/2": as("COALESCE(_0, _1)"),
  nvl: partsAs("COALESCE(_0, _1)", "this", "expression"),
  "function isnull/1": as("(_0 IS NULL)"),
  "function isnotnull/1": as("(_0 IS NOT NULL)"),
  "function dayofweek/1": as("(dayofweek(_0) + 1)"),
  day_of_week: partsAs("(dayofweek(_0) + 1)", "this"),
  "function sha2/2": ({ args }, _, library) =>
    literalOf((args as unknown[])[1], "number") === "256"
      ? written(library, "sha256(_0)", args as unknown[])
      : refuse("sha2 of another length than 256"),
};

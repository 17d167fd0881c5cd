import { AnalysisError } from "../../errors.ts";
import { isStar, patternOf } from "../column-path.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";
import { isNumeric, sameType } from "../numeric.ts";
import { starred } from "../rewrite/resolve-paths.ts";
import { findField } from "../scope.ts";
import { typeName } from "../type-names.ts";
import type { Field, SqlType } from "../types.ts";
import { column, type Deriving, type RuleOf } from "./rule.ts";

/** A select in which expressions stand for several columns. */
export function deriveSelect({ columns }: RuleOf<"select">, { input, schema, make, around }: Deriving): Plan {
  const found = columns.flatMap((named): readonly Named[] => {
    const { expression } = named;
    if (isStar(expression)) return starred(expression, [{ schema }]);
    const pattern = patternOf(expression);
    return pattern === undefined ? [named] : schema.filter(({ name }) => pattern.test(name)).map(kept);
  });
  if (found.length === 0) throw new AnalysisError("NO_COLUMNS", "select: no column has such a name.");
  return make({ kind: "project", input, columns: toldApart(found, columns), ...around });
}

/** The columns of a frame with an alias have its names for them; where these clash, those that the joined frame has. */
function toldApart(found: readonly Named[], given: readonly Named[]): readonly Named[] {
  const stars = given.filter(({ expression }) => isStar(expression) && expression.name !== "*");
  if (stars.length === 0) return found;
  const counts = new Map<string, number>();
  for (const { name } of found) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return found.map((named) => {
    const clashes = (counts.get(named.name.toLowerCase()) ?? 0) > 1 && !given.includes(named);
    return clashes && named.expression.kind === "column" ? { ...named, name: named.expression.name } : named;
  });
}

/** As Spark's: columns by name, in the order of the schema, and as its types where no value could be lost unseen. */
export function deriveTo({ schema: wanted }: RuleOf<"to">, { input, schema, make }: Deriving): Plan {
  const columns = wanted.map((field): Named => {
    const own = findField(schema, field.name);
    if (own !== undefined) return { name: field.name, expression: fitted(own, field) };
    if (!field.nullable)
      throw new AnalysisError(
        "TO_SCHEMA",
        `to: there is no column "${field.name}", and it cannot be null by the schema.`,
      );
    return { name: field.name, expression: { kind: "literal", value: null, type: field.type } };
  });
  return make({ kind: "project", input, columns });
}

function fitted(own: Field, { name, type, nullable }: Field): Expression {
  if (own.nullable && !nullable)
    throw new AnalysisError(
      "TO_SCHEMA",
      `to: the column "${name}" may be null, and cannot be by the schema. Fill it first: na.fill(…).`,
    );
  if (sameType(own.type, type)) return column(own.name);
  if (!isAssignable(own.type, type))
    throw new AnalysisError(
      "TO_SCHEMA",
      `to: the column "${name}" is ${typeName(own.type)}, which does not go into ${typeName(type)} by itself. Cast it first: withColumn("${name}", …).`,
    );
  return { kind: "cast", input: column(own.name), type, onError: "fail" };
}

/** What ANSI SQL lets be assigned: numbers to numbers, dates to times and back, and everything simple to text. */
function isAssignable(from: SqlType, to: SqlType): boolean {
  if (from.kind === "void") return true;
  if (isNumeric(from)) return isNumeric(to) || to.kind === "string";
  if (TIMES.includes(from.kind)) return TIMES.includes(to.kind) || to.kind === "string";
  return to.kind === "string" && !["array", "map", "struct"].includes(from.kind);
}

const TIMES: readonly string[] = ["date", "timestamp", "timestamp_ntz"];

const kept = ({ name }: Field): Named => ({ name, expression: column(name) });

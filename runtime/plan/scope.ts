import { AnalysisError } from "../errors.ts";
import type { Expression } from "./expressions.ts";
import type { Typed } from "./functions/entry.ts";
import { columnList, didYouMean } from "./nearest.ts";
import { placeOf, sharePlaces } from "./places.ts";
import type { Field, Schema, SqlType } from "./types.ts";

/** What is known of an expression in its place. */
export type Resolved = Typed & {
  /** For a call: the types that its arguments are converted to first. */
  readonly takes?: readonly (SqlType | undefined)[];
  /** For a generator: the fields of its struct are columns of the select. */
  readonly spread?: true;
  /** For a column or field: its name as the schema spells it. */
  readonly name?: string;
  /** For a column of a join's condition, or of the rows around a sub-plan. */
  readonly side?: Side;
  readonly alias?: Field["alias"];
  /** It was found by an alias and the name of the column. */
  readonly isByAlias?: true;
};

export type Side = "left" | "right" | "outer";

/** The names that a node's expressions may use, and what has been found out about these expressions. */
export type Scope = {
  readonly column: (name: string, side: Side | undefined) => Field & Pick<Resolved, "side" | "isByAlias">;
  readonly resolved: Map<Expression, Resolved>;
  /** The columns of the node's sub-plans. */
  readonly subqueries?: readonly Schema[];
};

/** The scope with the columns of the rows around it, which go by "outer" alone. */
export function withOuter(scope: Scope, outer: Schema | undefined): Scope {
  const column: Scope["column"] = (name, side) => {
    if (side !== "outer") return scope.column(name, side);
    if (outer === undefined)
      throw new AnalysisError(
        "OUTER",
        `col("${name}").outer() names a column of the rows around: it stands in a frame that exists(), scalar() or lateralJoin makes part of another.`,
      );
    return { ...(findColumn(outer, name) ?? missing(name, outer, "not in the frame around")), side };
  };
  return { ...scope, column };
}

/** The scope of a node over one input. */
export function inputScope(input: Schema): Scope {
  return { column: (name) => findColumn(input, name) ?? missing(name, input, "not in the frame"), resolved: new Map() };
}

/** The scope of a join's condition: a name without side must be on one side only. */
export function joinScope(left: Schema, right: Schema): Scope {
  const column = (name: string, side: Side | undefined) => {
    if (side) {
      const schema = side === "left" ? left : right;
      return { ...(findColumn(schema, name) ?? missing(name, schema, `not on the ${side} side of the join`)), side };
    }
    const inLeft = findColumn(left, name);
    const inRight = findColumn(right, name);
    if (inLeft && inRight)
      throw new AnalysisError(
        "AMBIGUOUS_COLUMN",
        `Column "${name}" is on both sides of the join. Say which: join(other, (a, b) => a.${name}.eq(b.${name})), or join(other, "${name}") to join on it.`,
      );
    if (inLeft) return { ...inLeft, side: "left" as const };
    if (inRight) return { ...inRight, side: "right" as const };
    return missing(name, [...left, ...right], "on neither side of the join");
  };
  return { column, resolved: new Map() };
}

/** By its name, or by an alias and the name: `a.x`. */
export function findColumn(schema: Schema, name: string): (Field & { readonly isByAlias?: true }) | undefined {
  const found = findField(schema, name);
  if (found !== undefined || !name.includes(".")) return found;
  const wanted = name.toLowerCase();
  const fields = schema.filter(({ alias }) => alias && `${alias.frame}.${alias.name}`.toLowerCase() === wanted);
  const [field, second] = fields;
  if (second !== undefined)
    throw new AnalysisError(
      "AMBIGUOUS_COLUMN",
      `"${name}" could be ${fields.map((one) => `"${one.name}"`).join(" or ")}: give the frames different aliases before the join.`,
    );
  return field && { ...field, isByAlias: true };
}

/** Names are found ignoring case. */
export function findField(schema: Schema, name: string): Field | undefined {
  const place = fieldPlace(schema, name);
  return place === undefined ? undefined : schema[place];
}

const keyOf = ({ name }: Field): string => name.toLowerCase();

const fieldPlace = (schema: Schema, name: string): number | undefined => placeOf(schema, name.toLowerCase(), keyOf);

/** Columns of a name that is there already take its place, others come last. */
export function withFields(schema: Schema, added: Schema): Schema {
  const result = [...schema];
  const fresh = new Map<string, Field>();
  for (const field of added) {
    const place = fieldPlace(schema, field.name);
    if (place === undefined) fresh.set(keyOf(field), field);
    else result[place] = field;
  }
  result.push(...fresh.values());
  sharePlaces(schema, result, keyOf);
  return result;
}

function missing(name: string, schema: Schema, where: string): never {
  const names = schema.map((field) => field.name);
  const paths = name.includes(".") ? schema.flatMap(pathsOf) : [];
  const told = `Column "${name}" is ${where}. ${columnList(names)}`;
  const hint = inStruct(name, schema) ?? didYouMean(name, [...names, ...paths]);
  const error = new AnalysisError("COLUMN_NOT_FOUND", `${told}${hint}`);
  absent.set(error, { name, told });
  throw error;
}

/** A column by an alias, and the fields of a struct. */
const pathsOf = ({ name, type, alias }: Field): readonly string[] => [
  ...(alias ? [`${alias.frame}.${alias.name}`] : []),
  ...(type.kind === "struct" ? type.fields.map((field) => `${name}.${field.name}`) : []),
];

const absent = new WeakMap<object, { readonly name: string; readonly told: string }>();

/** The error of a missing column, where the rows around the sub-plan have one of its name. */
export function forgottenOuter(error: unknown, around: Schema): AnalysisError | undefined {
  const missed = absent.get(error as object);
  if (missed === undefined || findColumn(around, missed.name) === undefined) return undefined;
  const { name, told } = missed;
  return new AnalysisError("COLUMN_NOT_FOUND", `${told} The rows around have it: col("${name}").outer().`);
}

/** How a field of a struct is written. */
function inStruct(name: string, schema: Schema): string | undefined {
  const [outer = "", ...fields] = name.split(".");
  const struct = fields.length > 0 ? findField(schema, outer) : undefined;
  if (struct?.type.kind !== "struct") return undefined;
  const path = fields.map((field) => `.getField("${field}")`).join("");
  return ` "${struct.name}" is a struct: write col("${struct.name}")${path}, or in a callback f => f.${[struct.name, ...fields].join(".")}.`;
}

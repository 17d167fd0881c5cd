import type { Plan, PlanOf } from "../plan/nodes.ts";
import type { Schemas } from "../plan/schemas.ts";
import type { Field, Schema } from "../plan/types.ts";
import type { Dialect, Unconverted } from "./dialect.ts";
import { ExpressionCompiler, type Place } from "./expression-sql.ts";
import { type Fragment, tight } from "./fragment.ts";
import { render } from "./render.ts";
import { isFiltered, type Select, wrap } from "./select.ts";

export type LeafPlan = PlanOf<"read" | "table" | "sql" | "range" | "local" | "stored">;

/** What an engine knows of a leaf. */
export type Leaf = {
  /**
   * What stands behind FROM: `read_parquet(['a.parquet'])`. It may be left out for all leaves but "read" and "local",
   * whose data only the engine can find: a table or stored table is its quoted name, SQL text a subquery.
   */
  readonly from?: string;
  /** One item a column, where the engine's types or names have to be changed: `CAST("n" AS BIGINT) AS "n"`. */
  readonly select?: readonly string[];
};

export type CompileContext = {
  /** From `analyse`; a node whose inputs are analysed can be compiled. */
  readonly schemas: Schemas;
  /** Files are resolved and rows are registered by the engine, beforehand: compiling is pure. */
  readonly leaf: (plan: LeafPlan) => Leaf | undefined;
  /** May put marks into what a node has become. */
  readonly finish?: ((node: Plan, select: Select) => Select) | undefined;
};

export type NodeContext = CompileContext & {
  readonly dialect: Dialect;
  /** The query of a child, which has been compiled before. */
  readonly input: (child: Plan) => Select;
};

/** The input with FROM and WHERE at most, so that the node's expressions see its columns. */
export const openInput = (select: Select): Select => (isFiltered(select) ? select : wrap(select));

/** As openInput; sub-plans name the rows of it as "outer". */
export const namedInput = (plan: Plan & { readonly input: Plan }, { dialect, input }: NodeContext): Select =>
  plan.subqueries === undefined
    ? openInput(input(plan.input))
    : { from: { kind: "select", select: input(plan.input), as: dialect.quote("outer") } };

export function expressionsOver(
  plan: Plan,
  { dialect, schemas, input }: NodeContext,
  place?: Place,
): ExpressionCompiler {
  const subqueries = plan.subqueries?.map((query) => render(input(query)));
  return new ExpressionCompiler(dialect, schemas.scope(plan), { subqueries, place });
}

/** `expression AS "name"`, or just the name where that is all. */
export function namedText(name: string, { text }: Fragment, dialect: Dialect): string {
  const quoted = dialect.quote(name);
  return text === quoted ? quoted : `${text} AS ${quoted}`;
}

/** The columns as groups of equal rows show them; undefined where they are what they are. */
export function keyColumns(schema: Schema, dialect: Dialect): string[] | undefined {
  const keys = schema.map(({ name, type }) => {
    const column = tight(dialect.quote(name));
    return { name, column, key: dialect.groupKey?.(column, type) ?? column };
  });
  if (keys.every(({ column, key }) => key === column)) return undefined;
  return keys.map(({ name, key }) => namedText(name, key, dialect));
}

/** A column as an argument, for conversions that no expression asks for. */
export const columnArgument = (fragment: Fragment, field: Field): Unconverted => ({
  fragment,
  text: fragment.text,
  operand: fragment.text,
  type: field.type,
  nullable: field.nullable,
  expression: { kind: "column", name: field.name },
});

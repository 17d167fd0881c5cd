import type { Expression } from "./expressions.ts";
import type { Plan } from "./nodes.ts";
import type { Schema } from "./types.ts";

/** What a text says, in the terms of plans. */
export type Statement =
  | { readonly kind: "query"; readonly plan: Plan }
  | { readonly kind: "create view"; readonly name: string; readonly plan: Plan; readonly replace: boolean }
  | { readonly kind: "drop view"; readonly name: string; readonly ifExists: boolean };

/** What the text of an expression says; its queries are those that it names by their position. */
export type ReadExpression = { readonly expression: Expression; readonly subqueries?: readonly Plan[] };

/** Where such a text stands: the rows that its queries see around them, if there can be queries. */
export type TextPlace = { readonly sources: Sources; readonly rows: Plan | undefined };

/** What names of tables mean in a text, and which columns plans have. */
export type Sources = {
  /** The plan of a table, a view or a frame. */
  readonly table: (parts: readonly string[]) => Promise<Plan>;
  readonly schema: (plan: Plan) => Promise<Schema>;
  readonly origin?: Plan["origin"];
};

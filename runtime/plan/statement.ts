import type { Plan } from "./nodes.ts";
import type { Schema } from "./types.ts";

/** What a text says, in the terms of plans. */
export type Statement =
  | { readonly kind: "query"; readonly plan: Plan }
  | { readonly kind: "create view"; readonly name: string; readonly plan: Plan; readonly replace: boolean }
  | { readonly kind: "drop view"; readonly name: string; readonly ifExists: boolean };

/** What names of tables mean in a text, and which columns plans have. */
export type Sources = {
  /** The plan of a table, a view or a frame. */
  readonly table: (parts: readonly string[]) => Promise<Plan>;
  readonly schema: (plan: Plan) => Promise<Schema>;
  readonly origin?: Plan["origin"];
};

import type { Plan, PlanOf } from "../plan/nodes.ts";
import { isGenerator } from "../plan/placement.ts";
import { typeName } from "../plan/type-names.ts";
import type { Schema } from "../plan/types.ts";

const schemas = new WeakMap<Plan, Schema>();

/** How many rows plans had when they were counted last; what they read may have changed since. */
export const lastCounts = new WeakMap<Plan, number>();

let remembered = 0;

/** Grows when there is something new to know. */
export const schemasRemembered = (): number => remembered;

/** Remembers what the engine said about a plan. */
export function rememberSchema(plan: Plan, schema: Schema): void {
  if (!schemas.has(plan)) remembered += 1;
  schemas.set(plan, schema);
}

/** The columns, as far as they are known exactly. */
export const knownSchema = (plan: Plan): Schema | undefined =>
  schemas.get(plan) ?? (plan.kind === "read" ? undefined : ownSchema(plan));

/** The columns as text, as far as they are known without asking the engine: "id: bigint, name: string". */
export function knownColumns(plan: Plan): string | undefined {
  const schema = schemas.get(plan) ?? ownSchema(plan);
  if (schema !== undefined) return schema.map(({ name, type }) => `${name}: ${typeName(type)}`).join(", ");
  switch (plan.kind) {
    case "project":
      // Only the engine may know how many columns a generator gives, and what a path leads to.
      return makesRows(plan) || plan.columns.some(({ isOwnName }) => isOwnName)
        ? undefined
        : plan.columns.map(({ name }) => name).join(", ");
    case "aggregate":
      if ([...plan.groups, ...plan.aggregates].some(({ isOwnName }) => isOwnName)) return undefined;
      return [...plan.groups, ...plan.aggregates].map(({ name }) => name).join(", ");
    case "filter":
    case "sort":
    case "limit":
    case "distinct":
      return knownColumns(plan.input);
    default:
      return undefined;
  }
}

/** Whether a column of the step makes rows, and maybe more columns. */
export const makesRows = (plan: PlanOf<"project" | "withColumns">): boolean => plan.columns.some(isGenerator);

function ownSchema(plan: Plan): Schema | undefined {
  switch (plan.kind) {
    case "local":
    case "stored":
    case "read":
      return plan.schema;
    case "range":
      return [{ name: "id", type: { kind: "long" }, nullable: false }];
    default:
      return undefined;
  }
}

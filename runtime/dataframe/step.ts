import type { Plan, PlanKind, PlanOf } from "../plan/nodes.ts";
import { here } from "./origin.ts";
import { withSubqueries } from "./subqueries.ts";

/** A plan node, frozen, with the place in the user's code that made it. */
export function step<K extends PlanKind>(
  node: Omit<PlanOf<K>, "origin" | "kind"> & { readonly kind: K },
): PlanOf<K> & Plan {
  return withSubqueries(Object.freeze({ ...node, origin: here() }) as unknown as PlanOf<K> & Plan);
}

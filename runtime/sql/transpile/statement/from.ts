import { listOf } from "../parts.ts";
import type { Fields } from "../tree.ts";
import { joined } from "./joins.ts";
import { lateralView } from "./lateral-views.ts";
import { pivoted } from "./pivots.ts";
import type { Around, Reading } from "./reading.ts";
import type { Relation } from "./relation.ts";
import { sourceOf } from "./sources.ts";
import { oneRow } from "./values.ts";

/** FROM, with its joins and what LATERAL VIEW adds, from the left to the right. */
export async function readFrom(reading: Reading, fields: Fields, around: Around): Promise<Relation> {
  const { expressions } = (fields.from ?? {}) as Fields;
  const [first, ...others] = listOf(expressions);
  if (first === undefined) return oneRow(reading);
  let relation = await sourceOf(reading, first, around);
  for (const other of others) relation = await joined(reading, relation, { this: other, kind: "Implicit" }, around);
  for (const join of listOf(fields.joins) as Fields[]) {
    const { pivots, ...own } = join;
    relation = await joined(reading, relation, own, around);
    for (const pivot of listOf(pivots)) relation = await pivoted(reading, relation, pivot, around);
  }
  for (const view of listOf(fields.lateral_views) as Fields[])
    relation = await lateralView(reading, relation, view, around);
  return relation;
}

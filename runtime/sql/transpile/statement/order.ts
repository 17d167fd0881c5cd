import { AnalysisError } from "../../../errors.ts";
import type { SortKey } from "../../../plan/expressions.ts";
import type { Plan } from "../../../plan/nodes.ts";
import { isGiven, listOf, nameIn } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { type Fields, literalOf, partsOf } from "../tree.ts";
import type { Reading } from "./reading.ts";

type KeyOf = (key: Fields) => SortKey | readonly SortKey[];

/** The keys that a clause has. */
export const keysIn = (clause: unknown): readonly Fields[] =>
  isGiven(clause) ? (listOf((clause as Fields).expressions) as Fields[]) : [];

/** ORDER BY, or Spark's orders of partitions: how rows are spread over them is nothing that DuckDB knows of. */
export function conditioned(reading: Reading, input: Plan, fields: Fields, keyOf: KeyOf): Plan {
  const { order_by: order, sort_by: sort, cluster_by: cluster } = fields;
  const keys = keysIn(order).flatMap(keyOf);
  if (keys.length > 0) return reading.make({ kind: "sort", input, keys });
  const within = [...keysIn(sort), ...keysIn(cluster)].flatMap(keyOf);
  return within.length === 0 ? input : reading.make({ kind: "sort", input, keys: within, within: "partitions" });
}

/** LIMIT and OFFSET. */
export function limited(reading: Reading, input: Plan, { limit, offset }: Fields): Plan {
  const count = countIn(limit, "LIMIT");
  const from = countIn(offset, "OFFSET");
  if (count === undefined && from === undefined) return input;
  return reading.make({ kind: "limit", input, count: count ?? Number.MAX_SAFE_INTEGER, offset: from ?? 0 });
}

function countIn(given: unknown, what: string): number | undefined {
  if (!isGiven(given)) return undefined;
  const parts = given as Fields;
  const node = isGiven(parts.this) && partsOf(given)?.[0] !== "literal" ? parts.this : given;
  const [kind, fields] = partsOf(node) ?? [];
  if (kind === "column" && nameIn(fields?.name).toLowerCase() === "all") return undefined;
  const text = literalOf(node, "number");
  if (kind === "neg") throw new AnalysisError("ROW_COUNT", `SQL: ${what} takes a whole number from 0.`);
  if (text === undefined || !/^\d+$/.test(text)) throw new Refusal(`${what} with what is no whole number`);
  return Number(text);
}

/** ORDER BY ALL, where no column is called so. */
export function isAllKey(node: unknown, names: readonly string[]): boolean {
  const [kind, fields] = partsOf(node) ?? [];
  if (kind !== "column" || isGiven(fields?.table) || (fields?.name as Fields | undefined)?.quoted === true)
    return false;
  return nameIn(fields?.name).toLowerCase() === "all" && !names.some((name) => name.toLowerCase() === "all");
}

/** ORDER BY 1. */
export function atPlace<T>(list: readonly T[], place: string, where: string): T {
  const item = /^\d+$/.test(place) ? list[Number(place) - 1] : undefined;
  if (item === undefined)
    throw new AnalysisError(
      "POSITION",
      `SQL: ${where} ${place}: the query has ${list.length} column${list.length === 1 ? "" : "s"}.`,
    );
  return item;
}

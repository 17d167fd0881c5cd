import { call, double } from "./column.ts";
import type { ChartSource } from "./source.ts";
import { type DataState, filtered, grouped } from "./state.ts";
import { readValues } from "./values.ts";

/** About this part of the rows, each with the same chance. */
export const sampled = (state: DataState, part: number): DataState =>
  filtered(state, call("lt", call("rand"), double(part)));

export async function countRows(source: ChartSource, state: DataState): Promise<number> {
  const column = { expression: call("count"), type: { kind: "long" }, kind: "number", nullable: false } as const;
  const [row] = await readValues(source, grouped(state, [], [{ name: "rows", column }]), ["rows"]);
  return Number(row?.rows);
}

import type { Expression, FrameBound, SortKey, WindowSpec } from "../../plan/expressions.ts";
import { isGiven, nameIn } from "./parts.ts";
import { Refusal } from "./refusal.ts";
import { type Fields, literalOf, partsOf } from "./tree.ts";

/** What stands behind OVER. */
export function windowIn(
  over: unknown,
  read: (part: unknown) => Expression,
  named?: (name: string) => Fields,
): WindowSpec {
  const { partition_by: parts, order_by: keys, frame, window_name: name } = (over ?? {}) as Fields;
  if (isGiven(name)) {
    if (named === undefined) throw new Refusal("A window with a name");
    if (isGiven(parts) || isGiven(keys) || isGiven(frame)) throw new Refusal("A window made of another by its name");
    return windowIn(named(nameIn(name)), read, named);
  }
  return {
    partitionBy: ((parts ?? []) as readonly unknown[]).map(read),
    orderBy: ((keys ?? []) as readonly Fields[]).map((key) => sortKeyIn(key, read)),
    ...(frame ? { frame: frameIn(frame as Fields) } : {}),
  };
}

export function sortKeyIn(
  { this: key, desc, nulls_first: first }: Fields,
  read: (part: unknown) => Expression,
): SortKey {
  const descending = desc === true;
  const isFirst = first === null || first === undefined ? !descending : first === true;
  return { expression: read(key), descending, nulls: isFirst ? "first" : "last" };
}

function frameIn({ kind, start, end, exclude }: Fields): NonNullable<WindowSpec["frame"]> {
  if ((kind !== "Rows" && kind !== "Range") || exclude) throw new Refusal(`A window's frame by ${kind}`);
  const unit = kind === "Rows" ? "rows" : "range";
  return { unit, start: boundIn(start), end: end ? boundIn(end) : 0 };
}

function boundIn(bound: unknown): FrameBound {
  if (bound === "UnboundedPreceding") return "unbounded preceding";
  if (bound === "UnboundedFollowing") return "unbounded following";
  if (bound === "CurrentRow") return 0;
  const { Preceding: before, Following: after } = (bound ?? {}) as Fields;
  const count = literalOf(before ?? after, "number");
  if (count === undefined || partsOf(before ?? after) === undefined || !/^\d+$/.test(count))
    throw new Refusal("This bound of a window's frame");
  return before ? -Number(count) : Number(count);
}

import type { Plan } from "../plan/nodes.ts";
import { childrenFirst } from "../plan/walk.ts";
import type { Select } from "./select.ts";

/** What `compile` does with the query of each node. */
export type Finish = (node: Plan, select: Select) => Select;

/**
 * Marks the pieces of SQL with the number of the step that has written them, by its place in `childrenFirst`. `mark` gets
 * some pieces again, with the marks of earlier steps: it has to leave these as they are.
 */
export function markSteps(plan: Plan, mark: (text: string, step: number) => string): Finish {
  const numbers = new Map(childrenFirst(plan).map((node, index) => [node, index]));
  return (node, select) => {
    const step = numbers.get(node) ?? 0;
    return markSelect(select, (text) => mark(text, step));
  };
}

/** Marks what the select has itself; what it has from the steps before it is marked already. */
function markSelect(select: Select, mark: (text: string) => string): Select {
  const { from, columns, added, where, orderBy, groupBy } = select;
  return {
    ...select,
    from: markFrom(from, mark),
    ...(columns && {
      columns: typeof columns === "function" ? () => columns().map(mark) : columns.map(mark),
    }),
    ...(added && { added: added.map((one) => once(one, () => ({ ...one, sql: mark(one.sql) }))) }),
    ...(where && { where: where.map((one) => once(one, () => ({ ...one, text: mark(one.text) }))) }),
    ...(groupBy !== undefined && { groupBy: mark(groupBy) }),
    ...(orderBy && { orderBy: orderBy.map(mark) }),
  };
}

/** A list that steps share grows with each of them. */
function once<T extends object>(part: T, change: () => T): T {
  if (marked.has(part)) return part;
  const result = change();
  marked.add(result);
  return result;
}

const marked = new WeakSet<object>();

function markFrom(from: Select["from"], mark: (text: string) => string): Select["from"] {
  switch (from.kind) {
    case "text":
    case "query":
      return { ...from, text: mark(from.text) };
    case "join":
      return {
        ...from,
        joined: from.joined.map((one) => once(one, () => (one.on === undefined ? one : { ...one, on: mark(one.on) }))),
      };
    case "set":
      return { ...from, parts: from.parts.map((part) => markSelect(part, mark)) };
    case "select":
      return from;
  }
}

import type { Plan } from "../plan/nodes.ts";
import { sharePlaces } from "../plan/places.ts";
import { childrenFirst } from "../plan/walk.ts";
import { type Addition, additionKey, type Select } from "./select.ts";

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
    ...(added && { added: markAdded(added, mark) }),
    ...(where && { where: markNew(where, (one) => ({ ...one, text: mark(one.text) })) }),
    ...(groupBy !== undefined && { groupBy: mark(groupBy) }),
    ...(orderBy && { orderBy: orderBy.map(mark) }),
  };
}

function markAdded(added: readonly Addition[], mark: (text: string) => string): readonly Addition[] {
  const all = markNew(added, (one) => ({ ...one, sql: mark(one.sql) }));
  sharePlaces(added, all, additionKey);
  return all;
}

/** A list that steps share grows with each of them, behind what is marked already. */
function markNew<T extends object>(parts: readonly T[], change: (part: T) => T): readonly T[] {
  const first = parts.findLastIndex((part) => marked.has(part)) + 1;
  const fresh = parts.slice(first).map(change);
  for (const part of fresh) marked.add(part);
  return [...parts.slice(0, first), ...fresh];
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
        joined: markNew(from.joined, (one) => (one.on === undefined ? { ...one } : { ...one, on: mark(one.on) })),
      };
    case "set":
      return { ...from, parts: from.parts.map((part) => markSelect(part, mark)) };
    case "select":
      return from;
  }
}

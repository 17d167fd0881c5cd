import type { Expression } from "../expressions.ts";
import type { Plan } from "../nodes.ts";
import { childrenFirst, expressionsOf, inputs, operandsFirst } from "../walk.ts";

/** Names of columns in lower case; "all" where it cannot be told. */
export type Needed = ReadonlySet<string> | "all";

/** Which columns of each node the nodes above it use. */
export function neededColumns(root: Plan): ReadonlyMap<Plan, Needed> {
  const needed = new Map<Plan, Needed>([[root, "all"]]);
  for (const node of childrenFirst(root).reverse()) {
    const below = neededOfInput(node, needed.get(node) ?? "all");
    for (const child of inputs(node)) needed.set(child, both(needed.get(child), below));
    for (const other of [node.outer, ...(node.subqueries ?? [])]) if (other !== undefined) needed.set(other, "all");
  }
  return needed;
}

/** Which columns of its input a node uses, of whose own columns these are used. */
export function neededOfInput(node: Plan, own: Needed): Needed {
  // Sub-plans name its rows too.
  if (node.subqueries !== undefined) return "all";
  switch (node.kind) {
    case "project":
    case "aggregate":
      return mentioned(node);
    case "filter":
    case "sort":
    case "hint":
      return both(own, mentioned(node));
    case "withColumns":
      return both(
        without(
          own,
          node.columns.map(({ name }) => name),
        ),
        mentioned(node),
      );
    case "rename": {
      if (own === "all") return own;
      const sources = Object.keys(node.names).map((name) => name.toLowerCase());
      const before = new Map(Object.entries(node.names).map(([from, to]) => [to.toLowerCase(), from.toLowerCase()]));
      return new Set([...[...own].map((name) => before.get(name) ?? name), ...sources]);
    }
    case "drop":
    case "limit":
    case "sample":
      return own;
    default:
      return "all";
  }
}

function mentioned(node: Plan): Needed {
  const names = new Set<string>();
  for (const root of expressionsOf(node))
    for (const part of operandsFirst(root)) {
      if (isOpaque(part)) return "all";
      if (part.kind === "column") names.add(part.name.toLowerCase());
    }
  return names;
}

/** Nobody knows which columns it uses. */
const isOpaque = (part: Expression): boolean => part.kind === "sql" || (part.kind === "column" && part.name === "*");

function both(a: Needed | undefined, b: Needed): Needed {
  if (a === undefined) return b;
  return a === "all" || b === "all" ? "all" : new Set([...a, ...b]);
}

function without(own: Needed, names: readonly string[]): Needed {
  if (own === "all") return own;
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return new Set([...own].filter((name) => !gone.has(name)));
}

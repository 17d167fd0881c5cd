import { shortText, withoutParentheses } from "../../../plan/expression-text.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Named, Plan } from "../../../plan/nodes.ts";
import { childrenFirst, operandsFirst } from "../../../plan/walk.ts";

/**
 * What the names in a plan stand for. DuckDB writes the name alone of an expression that has one, so that `route` may be
 * a column of a file or what the user computed.
 */
export type Definitions = {
  /** The text of a name that stands for one expression only; undefined where that is not so. */
  readonly textOf: (name: string) => string | undefined;
  /** Whether a name that a projection writes can be told to be a column that it was given. */
  readonly isGiven: (name: string, given: ReadonlySet<string>) => boolean;
  /** Whether a name is one of a group or an aggregate. */
  readonly isGrouped: (name: string) => boolean;
};

export function definitionsOf(plan: Plan): Definitions {
  const computed = new Map<string, readonly Expression[]>();
  const grouped = new Set<string>();
  let isOpaque = false;
  for (const node of childrenFirst(plan)) {
    if (node.kind === "project" || node.kind === "withColumns") node.columns.filter(isComputed).forEach(add);
    if (node.kind === "rename") renamed(node.names).forEach(add);
    if (node.kind === "aggregate") {
      node.groups.filter(isComputed).forEach(add);
      for (const { name } of [...node.groups, ...node.aggregates]) grouped.add(name);
    }
    // What text of the user's own, or a view, computes under which name is not known.
    if (node.kind === "sql" || node.kind === "table") isOpaque = true;
  }
  function add({ name, expression }: Named): void {
    computed.set(name, [...(computed.get(name) ?? []), expression]);
  }
  const isOfItself = (name: string) => (computed.get(name) ?? []).some((expression) => mentions(expression, name));
  return {
    textOf: (name) => {
      const [expression, ...others] = computed.get(name) ?? [];
      if (expression === undefined || others.length > 0 || isOfItself(name)) return undefined;
      return withoutParentheses(shortText(expression.kind === "alias" ? expression.input : expression));
    },
    isGiven: (name, given) => !isOpaque && given.has(name) && !isOfItself(name),
    isGrouped: (name) => grouped.has(name),
  };
}

const renamed = (names: { readonly [from: string]: string }): readonly Named[] =>
  Object.entries(names).map(([from, name]) => ({ name, expression: { kind: "column", name: from } }));

const isComputed = ({ name, expression }: Named): boolean =>
  !(expression.kind === "column" && expression.name.toLowerCase() === name.toLowerCase());

const mentions = (expression: Expression, name: string): boolean =>
  operandsFirst(expression).some(
    (part) => part.kind === "sql" || (part.kind === "column" && part.name.toLowerCase() === name.toLowerCase()),
  );

import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import { expressionKey } from "../../../plan/placement.ts";
import { checkOnly, isGiven, listOf, nameIn, nodeParts } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { type Fields, literalOf } from "../tree.ts";
import { isOfGroups } from "./aggregates.ts";
import { atPlace } from "./order.ts";
import type { SelectList } from "./select-list.ts";

type Sets = readonly (readonly number[])[];
type Groups = { readonly groups: readonly Expression[]; readonly sets?: Sets };

/** What GROUP BY names: several sets of groups at once where it says so. */
export function groupsIn(list: SelectList, clause: unknown, hasBareSets: boolean): Groups {
  if (!isGiven(clause)) return { groups: [] };
  const { all, totals, ...fields } = clause as Fields;
  checkOnly("group_by", fields, "expressions");
  if (isGiven(totals)) throw new Refusal("GROUP BY WITH TOTALS");
  const groups: Expression[] = [];
  const place = (expression: Expression): number => {
    const key = expressionKey(expression);
    const known = groups.findIndex((group) => expressionKey(group) === key);
    return known === -1 ? groups.push(expression) - 1 : known;
  };
  if (all === true) {
    for (const { expression } of list.items) if (!isOfGroups(list.settled(expression))) place(list.settled(expression));
    return { groups };
  }
  const placed = (node: unknown): number => place(groupOf(list, node));
  const elements = listOf(fields.expressions);
  const [last] = elements.slice(-1);
  const [lastKind, lastFields] = last === undefined ? [] : nodeParts(last);
  const isWith = (lastKind === "rollup" || lastKind === "cube") && !isGiven(lastFields?.expressions);
  if (isWith) {
    const before = elements.slice(0, -1).map((node) => [placed(node)]);
    return { groups, sets: lastKind === "rollup" ? rollup(before) : cube(before) };
  }
  const parts = elements.map((node) => setsOf(node, placed));
  const hasSets = parts.some(({ isSeveral }) => isSeveral);
  const named = hasBareSets && hasSets ? parts.filter(({ isSeveral }) => isSeveral) : parts;
  const sets = named.reduce<Sets>(
    (before, { sets }) => before.flatMap((one) => sets.map((other) => union(one, other))),
    [[]],
  );
  return hasSets ? { groups, sets } : { groups };
}

const union = (one: readonly number[], other: readonly number[]): number[] => [...new Set([...one, ...other])];

type Part = { readonly sets: Sets; readonly isSeveral: boolean };

function setsOf(node: unknown, placed: (node: unknown) => number): Part {
  const [kind, fields] = nodeParts(node);
  const name = kind === "function" ? String(fields.name).toUpperCase() : kind.toUpperCase().replaceAll("_", " ");
  const args = listOf(fields.args ?? fields.expressions);
  if (name === "GROUPING SETS") return { sets: args.flatMap((arg) => nested(arg, placed)), isSeveral: true };
  if (name === "ROLLUP") return { sets: rollup(args.map((arg) => together(arg, placed))), isSeveral: true };
  if (name === "CUBE") return { sets: cube(args.map((arg) => together(arg, placed))), isSeveral: true };
  if (kind === "tuple" && args.length > 0) throw new Refusal("GROUP BY (a, b), which is a struct of them");
  return { sets: [kind === "tuple" ? [] : [placed(node)]], isSeveral: false };
}

/** A set may be a ROLLUP or CUBE itself. */
function nested(node: unknown, placed: (node: unknown) => number): Sets {
  const [kind] = nodeParts(node);
  return kind === "tuple" || kind === "paren" ? [together(node, placed)] : setsOf(node, placed).sets;
}

/** Groups that come and go together. */
function together(node: unknown, placed: (node: unknown) => number): number[] {
  const [kind, fields] = nodeParts(node);
  if (kind === "tuple") return listOf(fields.expressions).map(placed);
  return [placed(kind === "paren" ? fields.this : node)];
}

const rollup = (parts: Sets): Sets =>
  Array.from({ length: parts.length + 1 }, (_, less) => parts.slice(0, parts.length - less).flat());

function cube(parts: Sets): Sets {
  if (parts.length > 12)
    throw new AnalysisError("CUBE", `SQL: CUBE of ${parts.length} columns has too many choices of them; name fewer.`);
  return Array.from({ length: 2 ** parts.length }, (_, without) =>
    parts.filter((_, at) => (without & (1 << (parts.length - 1 - at))) === 0).flat(),
  );
}

/** A name, an expression, or the number of a column that is selected. */
function groupOf(list: SelectList, node: unknown): Expression {
  const place = literalOf(node, "number");
  const read =
    place === undefined
      ? list.read(node, "input")
      : list.expressionOf(
          atPlace(
            list.outputs.map((_, index) => index),
            place,
            "GROUP BY",
          ),
        );
  const expression = list.settled(read);
  if (!isOfGroups(expression)) return expression;
  throw new AnalysisError(
    "GROUPING",
    `SQL: GROUP BY ${place ?? nameIn(node)} is an aggregate; it takes what rows are grouped by.`,
  );
}

import { nameOf } from "../plan/node-schema.ts";
import type { Named, PlanOf } from "../plan/nodes.ts";
import { isGenerator } from "../plan/placement.ts";
import { placeOf, sharePlaces } from "../plan/places.ts";
import { findField } from "../plan/scope.ts";
import type { Schema } from "../plan/types.ts";
import { resolve } from "../plan/typing.ts";
import { operandsFirst } from "../plan/walk.ts";
import { compileGenerated } from "./compile-generated.ts";
import type { Dialect } from "./dialect.ts";
import { tight } from "./fragment.ts";
import { expressionsOver, type NodeContext, namedInput, namedText, openInput } from "./node-context.ts";
import { type Addition, additionKey, isNamed, isOrdered, type Select, wrap } from "./select.ts";

export function compileProject(plan: PlanOf<"project">, context: NodeContext): Select {
  if (plan.columns.some(isGenerator)) return compileGenerated(plan, plan.columns, context);
  const expressions = expressionsOver(plan, context);
  const scope = context.schemas.scope(plan);
  const columns = plan.columns.map((column) =>
    namedText(nameOf(column, scope), expressions.compile(column.expression), context.dialect),
  );
  return { ...namedInput(plan, context), columns };
}

export function compileRename(plan: PlanOf<"rename">, { dialect, schemas, input }: NodeContext): Select {
  const targets = new Map(Object.entries(plan.names).map(([from, to]) => [from.toLowerCase(), to]));
  const columns = schemas.of(plan.input).map(({ name }) => {
    return namedText(targets.get(name.toLowerCase()) ?? name, tight(dialect.quote(name)), dialect);
  });
  return { ...openInput(input(plan.input)), columns };
}

export function compileDrop(plan: PlanOf<"drop">, { dialect, schemas, input }: NodeContext): Select {
  const dropped = new Set(plan.names.map((name) => name.toLowerCase()));
  const kept = schemas.of(plan.input).filter((field) => !dropped.has(field.name.toLowerCase()));
  return { ...openInput(input(plan.input)), columns: kept.map((field) => dialect.quote(field.name)) };
}

/** Steps that add columns share a SELECT as long as none of them uses or replaces what another one has added. */
export function compileWithColumns(plan: PlanOf<"withColumns">, context: NodeContext): Select {
  const { dialect, schemas } = context;
  const makesRows = plan.columns.some(isGenerator);
  const scope = schemas.scope(plan);
  const makesStructs = makesRows && plan.columns.some(({ expression }) => resolve(expression, scope).spread);
  if (makesStructs || (makesRows && plan.columns.length > 1))
    return compileGenerated(plan, allColumns(plan, context), context);
  const below = context.input(plan.input);
  const base = schemas.of(plan.input);
  const expressions = expressionsOver(plan, context);
  const own = plan.columns.map(({ name, expression }): Addition => {
    const replaces = findField(base, name) !== undefined;
    return { key: name.toLowerCase(), name, sql: expressions.compile(expression).text, replaces };
  });
  const shares =
    below.added &&
    !isNamed(below) &&
    !makesRows &&
    plan.subqueries === undefined &&
    !below.distinct &&
    !isOrdered(below) &&
    isIndependent(plan.columns, below.added);
  const added = shares && below.added ? append(below.added, own) : own;
  const select = {
    ...(shares ? below : namedInput(plan, context)),
    added,
    columns: () => additionList(added, base, dialect),
  };
  // What follows sees the rows that were made.
  return makesRows ? wrap(select) : select;
}

/** Those that stay too. */
function allColumns(plan: PlanOf<"withColumns">, { schemas }: NodeContext): readonly Named[] {
  const added = new Map(plan.columns.map((column) => [column.name.toLowerCase(), column]));
  return schemas
    .of(plan)
    .map(({ name }) => added.get(name.toLowerCase()) ?? { name, expression: { kind: "column", name } });
}

function isIndependent(columns: readonly Named[], added: readonly Addition[]): boolean {
  const isTaken = (name: string) => placeOf(added, name.toLowerCase(), additionKey) !== undefined;
  return columns.every(
    ({ name, expression }) =>
      !isTaken(name) &&
      // What a text of the user's own names is not known.
      operandsFirst(expression).every((part) => part.kind !== "sql" && !(part.kind === "column" && isTaken(part.name))),
  );
}

function append(added: readonly Addition[], own: readonly Addition[]): readonly Addition[] {
  const all = [...added, ...own];
  sharePlaces(added, all, additionKey);
  return all;
}

/** `base` may have some of the added columns already, from earlier steps. */
function additionList(added: readonly Addition[], base: Schema, dialect: Dialect): readonly string[] {
  const text = ({ name, sql }: Addition) => `${sql} AS ${dialect.quote(name)}`;
  const fresh = added.filter((addition) => !addition.replaces);
  const replaced = new Map(added.filter((addition) => addition.replaces).map((addition) => [addition.key, addition]));
  if (replaced.size === 0) return ["*", ...fresh.map(text)];
  const respelled = base.some(({ name }) => (replaced.get(name.toLowerCase())?.name ?? name) !== name);
  if (dialect.starReplacing && !respelled)
    return [dialect.starReplacing([...replaced.values()].map(text)), ...fresh.map(text)];
  const freshKeys = new Set(fresh.map((addition) => addition.key));
  const inPlace = base
    .filter((field) => !freshKeys.has(field.name.toLowerCase()))
    .map((field) => {
      const replacement = replaced.get(field.name.toLowerCase());
      return replacement ? text(replacement) : dialect.quote(field.name);
    });
  return [...inPlace, ...fresh.map(text)];
}

import { generatedFields, nameOf } from "../plan/node-schema.ts";
import type { Named, PlanOf } from "../plan/nodes.ts";
import { isGenerator } from "../plan/placement.ts";
import type { Scope } from "../plan/scope.ts";
import type { Field, Schema } from "../plan/types.ts";
import { resolve } from "../plan/typing.ts";
import { operandsFirst } from "../plan/walk.ts";
import type { Dialect } from "./dialect.ts";
import { tight } from "./fragment.ts";
import { columnArgument, expressionsOver, type NodeContext, namedInput, namedText, openInput } from "./node-context.ts";
import { type Addition, isNamed, isOrdered, type Select, wrap } from "./select.ts";

export function compileProject(plan: PlanOf<"project">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const scope = context.schemas.scope(plan);
  const { dialect } = context;
  const spread = plan.columns.find(({ expression }) => resolve(expression, scope).spread);
  const columns = plan.columns.map((column) => {
    const compiled = expressions.compile(column.expression);
    if (column === spread) return spreadText(compiled.text, generatedFields(column, scope), dialect);
    const [only] = isGenerator(column) ? generatedFields(column, scope) : [];
    return namedText(only?.name ?? nameOf(column, scope), compiled, dialect);
  });
  const select = { ...namedInput(plan, context), columns };
  if (spread === undefined || !dialect.generatesStructs) return plan.columns.some(isGenerator) ? wrap(select) : select;
  const fields = plan.columns.flatMap((column) =>
    column === spread ? structFields(column, scope, dialect) : [dialect.quote(nameOf(column, scope))],
  );
  return wrap({ ...wrap(select), columns: fields });
}

const spreadText = (text: string, fields: readonly Field[], { quote, generatesStructs }: Dialect): string =>
  `${text} AS ${generatesStructs ? quote(GENERATED) : `(${fields.map(({ name }) => quote(name)).join(", ")})`}`;

/** Where several columns are made as a struct, a SELECT around it takes out its fields. */
function structFields(column: Named, scope: Scope, dialect: Dialect): readonly string[] {
  const { type, nullable } = resolve(column.expression, scope);
  const own = type.kind === "struct" ? type.fields : [];
  const made = columnArgument(tight(dialect.quote(GENERATED)), { name: GENERATED, type, nullable });
  return generatedFields(column, scope).map(({ name }, index) =>
    namedText(name, dialect.field(made, own[index]?.name ?? name), dialect),
  );
}

const GENERATED = "__quern_generated";

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
  const below = context.input(plan.input);
  const base = schemas.of(plan.input);
  const names = new Set(base.map((field) => field.name.toLowerCase()));
  const expressions = expressionsOver(plan, context);
  const own = plan.columns.map(({ name, expression }): Addition => {
    const key = name.toLowerCase();
    return { key, name, sql: expressions.compile(expression).text, replaces: names.has(key) };
  });
  const makesRows = plan.columns.some(isGenerator);
  const shares =
    below.added &&
    !isNamed(below) &&
    !makesRows &&
    plan.subqueries === undefined &&
    !below.distinct &&
    !isOrdered(below) &&
    isIndependent(plan.columns, below.added);
  const added = [...(shares && below.added ? below.added : []), ...own];
  const select = {
    ...(shares ? below : namedInput(plan, context)),
    added,
    columns: () => additionList(added, base, dialect),
  };
  // What follows sees the rows that were made.
  return makesRows ? wrap(select) : select;
}

function isIndependent(columns: readonly Named[], added: readonly Addition[]): boolean {
  const isTaken = (name: string) => added.some((addition) => addition.key === name.toLowerCase());
  return columns.every(
    ({ name, expression }) =>
      !isTaken(name) &&
      // What a text of the user's own names is not known.
      operandsFirst(expression).every((part) => part.kind !== "sql" && !(part.kind === "column" && isTaken(part.name))),
  );
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

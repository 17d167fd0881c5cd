import { AnalysisError } from "../errors.ts";
import { joinColumns, joinKeys } from "../plan/join-schema.ts";
import type { Named, Plan, PlanKind, PlanOf } from "../plan/nodes.ts";
import { sameType } from "../plan/numeric.ts";
import type { Schemas } from "../plan/schemas.ts";
import type { Field, Schema } from "../plan/types.ts";
import { childrenFirst, operandsFirst } from "../plan/walk.ts";
import type { Dialect, Unconverted } from "./dialect.ts";
import { ExpressionCompiler } from "./expression-sql.ts";
import { type Fragment, infix, operandText, tight } from "./fragment.ts";
import { render } from "./render.ts";
import { type Addition, fromText, isFiltered, isOrdered, type Select, wrap } from "./select.ts";

export type LeafPlan = PlanOf<"read" | "table" | "sql" | "range" | "local" | "stored">;

/** What an engine knows of a leaf. */
export type Leaf = {
  /**
   * What stands behind FROM: `read_parquet(['a.parquet'])`. It may be left out for all leaves but "read" and "local",
   * whose data only the engine can find: a table or stored table is its quoted name, SQL text a subquery.
   */
  readonly from?: string;
  /** One item a column, where the engine's types or names have to be changed: `CAST("n" AS BIGINT) AS "n"`. */
  readonly select?: readonly string[];
};

export type CompileContext = {
  /** From `analyse`; a node whose inputs are analysed can be compiled. */
  readonly schemas: Schemas;
  /** Files are resolved and rows are registered by the engine, beforehand: this function is pure. */
  readonly leaf: (plan: LeafPlan) => Leaf | undefined;
};

/** The SQL of a plan as one query without a closing semicolon. Throws an AnalysisError for what a dialect cannot say. */
export function compile(plan: Plan, dialect: Dialect, context: CompileContext): string {
  return render(compileSelect(plan, dialect, context));
}

function compileSelect(plan: Plan, dialect: Dialect, context: CompileContext): Select {
  const done = new Map<Plan, Select>();
  const input = (child: Plan): Select => {
    const select = done.get(child);
    if (!select) throw new Error(`The ${child.kind} node has not been compiled.`);
    return select;
  };
  for (const node of childrenFirst(plan)) {
    try {
      done.set(node, compileNode(node, { dialect, ...context, input }));
    } catch (error) {
      if (!(error instanceof AnalysisError) || error.origin !== undefined) throw error;
      throw new AnalysisError(error.code, error.message, { cause: error.cause, origin: node.origin });
    }
  }
  return input(plan);
}

type NodeContext = CompileContext & { readonly dialect: Dialect; readonly input: (child: Plan) => Select };

function compileNode(plan: Plan, context: NodeContext): Select {
  switch (plan.kind) {
    case "read":
    case "table":
    case "sql":
    case "range":
    case "local":
    case "stored":
      return compileLeaf(plan, context);
    case "project":
      return compileProject(plan, context);
    case "withColumns":
      return compileWithColumns(plan, context);
    case "rename":
      return compileRename(plan, context);
    case "drop":
      return compileDrop(plan, context);
    case "filter":
      return compileFilter(plan, context);
    case "aggregate":
      return compileAggregate(plan, context);
    case "distinct":
      return { ...(isOrdered(context.input(plan.input)) ? wrap : same)(context.input(plan.input)), distinct: true };
    case "sort":
      return compileSort(plan, context);
    case "limit":
      return compileLimit(plan, context);
    case "join":
      return compileJoin(plan, context);
    case "union":
      return compileUnion(plan, context);
    default:
      return assertNever(plan);
  }
}

const same = (select: Select) => select;

function compileLeaf(plan: LeafPlan, context: NodeContext): Select {
  const leaf = context.leaf(plan) ?? {};
  const select = leaf.from === undefined ? defaultLeaf(plan, context) : fromText(leaf.from);
  return leaf.select ? { ...select, columns: leaf.select } : select;
}

function defaultLeaf(plan: LeafPlan, { dialect, input }: NodeContext): Select {
  switch (plan.kind) {
    case "table":
      return fromText(plan.name.split(".").map(dialect.quote).join("."));
    case "stored":
      return fromText(dialect.quote(plan.table));
    case "range": {
      const { from, select } = dialect.range(plan);
      return select ? { ...fromText(from), columns: select } : fromText(from);
    }
    case "sql": {
      const inputs = Object.entries(plan.inputs).map(([name, child]) => [dialect.quote(name), input(child)] as const);
      return { from: { kind: "query", text: plan.text.replace(/[\s;]+$/, ""), inputs } };
    }
    case "read":
    case "local":
      throw new Error(`The engine has to say where the data of a "${plan.kind}" node is.`);
  }
}

/** The input with FROM and WHERE at most, so that the node's expressions see its columns. */
const openInput = (select: Select): Select => (isFiltered(select) ? select : wrap(select));

const expressionsOver = (plan: Plan, { dialect, schemas }: NodeContext) =>
  new ExpressionCompiler(dialect, schemas.scope(plan));

function compileProject(plan: PlanOf<"project">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const columns = plan.columns.map((column) =>
    namedText(column, expressions.compile(column.expression), context.dialect),
  );
  return { ...openInput(context.input(plan.input)), columns };
}

function namedText({ name }: { name: string }, { text }: Fragment, dialect: Dialect): string {
  const quoted = dialect.quote(name);
  return text === quoted ? quoted : `${text} AS ${quoted}`;
}

/** Steps that add columns share a SELECT as long as none of them uses or replaces what another one has added. */
function compileWithColumns(plan: PlanOf<"withColumns">, context: NodeContext): Select {
  const { dialect, schemas } = context;
  const below = context.input(plan.input);
  const base = schemas.of(plan.input);
  const expressions = expressionsOver(plan, context);
  const own = plan.columns.map((column): Addition => {
    const key = column.name.toLowerCase();
    const replaces = base.some((field) => field.name.toLowerCase() === key);
    return { key, name: column.name, sql: expressions.compile(column.expression).text, replaces };
  });
  const open = below.added && !isOrdered(below) && !below.distinct && isIndependent(plan.columns, below.added);
  const select = open ? below : openInput(below);
  const added = [...(open && below.added ? below.added : []), ...own];
  return { ...select, added, columns: additionList(added, base, dialect) };
}

function isIndependent(columns: readonly Named[], added: readonly Addition[]): boolean {
  const taken = new Set(added.map((addition) => addition.key));
  return columns.every(
    ({ name, expression }) =>
      !taken.has(name.toLowerCase()) &&
      operandsFirst(expression).every(
        (part) => part.kind !== "sql" && !(part.kind === "column" && taken.has(part.name.toLowerCase())),
      ),
  );
}

function additionList(added: readonly Addition[], base: Schema, dialect: Dialect): string[] {
  const text = ({ name, sql }: Addition) => `${sql} AS ${dialect.quote(name)}`;
  const replaced = new Map(added.filter((addition) => addition.replaces).map((addition) => [addition.key, addition]));
  const fresh = added.filter((addition) => !addition.replaces).map(text);
  if (replaced.size === 0) return ["*", ...fresh];
  const respelled = base.some(({ name }) => (replaced.get(name.toLowerCase())?.name ?? name) !== name);
  if (dialect.starReplacing && !respelled) return [dialect.starReplacing([...replaced.values()].map(text)), ...fresh];
  const isFresh = new Set(added.filter((addition) => !addition.replaces).map((addition) => addition.key));
  const kept = base.filter((field) => !isFresh.has(field.name.toLowerCase()));
  const listed = kept.map((field) => {
    const replacement = replaced.get(field.name.toLowerCase());
    return replacement ? text(replacement) : dialect.quote(field.name);
  });
  return [...listed, ...fresh];
}

function compileRename(plan: PlanOf<"rename">, { dialect, schemas, input }: NodeContext): Select {
  const targets = new Map(Object.entries(plan.names).map(([from, to]) => [from.toLowerCase(), to]));
  const columns = schemas.of(plan.input).map((field) => {
    const name = targets.get(field.name.toLowerCase()) ?? field.name;
    return namedText({ name }, tight(dialect.quote(field.name)), dialect);
  });
  return { ...openInput(input(plan.input)), columns };
}

function compileDrop(plan: PlanOf<"drop">, { dialect, schemas, input }: NodeContext): Select {
  const dropped = new Set(plan.names.map((name) => name.toLowerCase()));
  const kept = schemas.of(plan.input).filter((field) => !dropped.has(field.name.toLowerCase()));
  return { ...openInput(input(plan.input)), columns: kept.map((field) => dialect.quote(field.name)) };
}

function compileFilter(plan: PlanOf<"filter">, context: NodeContext): Select {
  const condition = expressionsOver(plan, context).compile(plan.condition);
  const select = openInput(context.input(plan.input));
  const text =
    condition.chain === "AND" || condition.chain === undefined ? operandOfAnd(condition) : operandText(condition);
  return { ...select, where: [...(select.where ?? []), text] };
}

const operandOfAnd = (condition: Fragment) => (condition.chain === "AND" ? condition.text : operandText(condition));

function compileAggregate(plan: PlanOf<"aggregate">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const columns = [...plan.groups, ...plan.aggregates].map((column) =>
    namedText(column, expressions.compile(column.expression), context.dialect),
  );
  const select = { ...openInput(context.input(plan.input)), columns };
  return plan.groups.length > 0 ? { ...select, groupBy: plan.groups.map((_, index) => index + 1).join(", ") } : select;
}

/** ORDER BY sees the names that a SELECT puts out: plain names mean the same there, expressions might not. */
function compileSort(plan: PlanOf<"sort">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const below = context.input(plan.input);
  const plain = plan.keys.every((key) => key.expression.kind === "column");
  const replacing = below.added?.some((addition) => addition.replaces) ?? false;
  const joins = !isOrdered(below) && (isFiltered(below) || (plain && !replacing));
  return { ...(joins ? below : wrap(below)), orderBy: plan.keys.map((key) => expressions.sortKey(key)) };
}

function compileLimit({ input, count, offset }: PlanOf<"limit">, context: NodeContext): Select {
  const below = context.input(input);
  const select = below.limit === undefined && below.offset === undefined ? below : wrap(below);
  return {
    ...select,
    ...(Number.isFinite(count) ? { limit: count } : {}),
    ...(offset > 0 ? { offset } : {}),
  };
}

const JOIN_OPERATORS = {
  inner: "JOIN",
  left: "LEFT JOIN",
  right: "RIGHT JOIN",
  full: "FULL JOIN",
  semi: "SEMI JOIN",
  anti: "ANTI JOIN",
  cross: "CROSS JOIN",
} as const;

function compileJoin(plan: PlanOf<"join">, context: NodeContext): Select {
  const { dialect, schemas } = context;
  const left = schemas.of(plan.left);
  const right = schemas.of(plan.right);
  const names = [dialect.quote("left"), dialect.quote("right")] as const;
  const side = (name: "left" | "right", field: Field, type = field.type): Fragment => {
    const fragment = tight(`${dialect.quote(name)}.${dialect.quote(field.name)}`);
    return sameType(field.type, type) ? fragment : dialect.convert(columnArg(fragment, field), type);
  };
  const columns = joinColumns(plan, left, right).map((column) => {
    if (column.from !== "both" || !column.left || !column.right) {
      const field = (column.from === "left" ? column.left : column.right) as Field;
      const text = side(column.from as "left" | "right", field).text;
      return column.name === field.name ? text : `${text} AS ${dialect.quote(column.name)}`;
    }
    const sides = [side("left", column.left, column.type).text, side("right", column.right, column.type).text];
    return `coalesce(${sides.join(", ")}) AS ${dialect.quote(column.name)}`;
  });
  const equal = joinKeys(plan, left, right).map((key) =>
    infix(side("left", key.left, key.type), "=", side("right", key.right, key.type)),
  );
  const condition = plan.condition && expressionsOver(plan, context).compile(plan.condition);
  const on = condition?.text ?? (equal.length === 1 ? equal[0]?.text : equal.map(operandText).join(" AND "));
  return {
    columns,
    from: {
      kind: "join",
      left: context.input(plan.left),
      right: context.input(plan.right),
      names,
      operator: JOIN_OPERATORS[plan.how],
      ...(on ? { on } : {}),
    },
  };
}

const columnArg = (fragment: Fragment, field: Field): Unconverted => ({
  fragment,
  text: fragment.text,
  operand: fragment.text,
  type: field.type,
  nullable: field.nullable,
  expression: { kind: "column", name: field.name },
});

/** A chain of unions is one list, as long as no side has to be converted. */
function compileUnion(plan: PlanOf<"union">, context: NodeContext): Select {
  const { schemas } = context;
  const schema = schemas.of(plan);
  const parts = [plan.left, plan.right].flatMap((child) => {
    const below = context.input(child);
    const columns = schemas.of(child);
    if (!columns.every((field, index) => sameType(field.type, schema[index]?.type ?? field.type)))
      return [{ ...openInput(below), columns: convertedColumns(columns, schema, context.dialect) }];
    return below.from.kind === "union" && Object.keys(below).length === 1 ? below.from.parts : [below];
  });
  return { from: { kind: "union", parts } };
}

function convertedColumns(columns: Schema, target: Schema, dialect: Dialect): string[] {
  return columns.map((field, index) => {
    const { name, type } = target[index] ?? field;
    const fragment = tight(dialect.quote(field.name));
    const converted = sameType(field.type, type) ? fragment : dialect.cast(columnArg(fragment, field), type, "fail");
    return namedText({ name }, converted, dialect);
  });
}

function assertNever(plan: never): never {
  throw new Error(`There is no SQL for the node "${(plan as { kind: PlanKind }).kind}".`);
}

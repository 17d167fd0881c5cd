import { generatedFields, nameOf } from "../plan/node-schema.ts";
import type { Named, PlanOf } from "../plan/nodes.ts";
import { isGenerator } from "../plan/placement.ts";
import type { Scope } from "../plan/scope.ts";
import { resolve } from "../plan/typing.ts";
import type { Dialect } from "./dialect.ts";
import { tight } from "./fragment.ts";
import { columnArgument, expressionsOver, type NodeContext, namedInput, namedText } from "./node-context.ts";
import { type Select, wrap } from "./select.ts";

/** A list of columns of which one makes rows; the others see the rows that were made, as windows do in Spark. */
export function compileGenerated(
  plan: PlanOf<"project" | "withColumns">,
  columns: readonly Named[],
  context: NodeContext,
): Select {
  const { dialect } = context;
  const expressions = expressionsOver(plan, context);
  const scope = context.schemas.scope(plan);
  const others = (made: (column: Named) => readonly string[]) =>
    columns.flatMap((column) =>
      isGenerator(column)
        ? made(column)
        : [namedText(nameOf(column, scope), expressions.compile(column.expression), dialect)],
    );
  const input = namedInput(plan, context);
  if (!dialect.generatesStructs) {
    const made = (column: Named) => [
      generatorText(column, expressions.compile(column.expression).text, scope, dialect),
    ];
    return wrap({ ...input, columns: others(made) });
  }
  const generator = columns.find(isGenerator) as Named;
  const unnested = `${expressions.compile(generator.expression).text} AS ${dialect.quote(GENERATED)}`;
  const from = { kind: "select", select: { ...input, columns: ["*", unnested] } } as const;
  const as = plan.subqueries && { as: dialect.quote("outer") };
  return wrap({ from: { ...from, ...as }, columns: others((column) => parts(column, scope, dialect)) });
}

/** With a name for each column. */
function generatorText(column: Named, text: string, scope: Scope, { quote }: Dialect): string {
  const names = generatedFields(column, scope).map(({ name }) => quote(name));
  return `${text} AS ${resolve(column.expression, scope).spread ? `(${names.join(", ")})` : names[0]}`;
}

/** What was made, or its fields where these are columns. */
function parts(column: Named, scope: Scope, dialect: Dialect): readonly string[] {
  const { type, nullable, spread } = resolve(column.expression, scope);
  const made = tight(dialect.quote(GENERATED));
  const fields = generatedFields(column, scope);
  if (!spread || type.kind !== "struct") return fields.map(({ name }) => namedText(name, made, dialect));
  const struct = columnArgument(made, { name: GENERATED, type, nullable });
  return fields.map(({ name }, index) =>
    namedText(name, dialect.field(struct, type.fields[index]?.name ?? name), dialect),
  );
}

const GENERATED = "__quern_generated";

import { AnalysisError } from "../../../errors.ts";
import { checkOnly, isGiven, listOf, nameIn, nodeParts } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { spoken } from "../spoken.ts";
import { type Fields, literalOf, partsOf } from "../tree.ts";
import { generatorRows } from "./lateral-views.ts";
import { pivoted } from "./pivots.ts";
import type { Around, Reading } from "./reading.ts";
import { type Relation, renamed } from "./relation.ts";
import { valuesOf } from "./values.ts";

/** What stands in FROM or behind JOIN. */
export async function sourceOf(reading: Reading, node: unknown, around: Around): Promise<Relation> {
  const [kind, fields] = nodeParts(node);
  const alias = isGiven(fields.alias) ? nameIn(fields.alias) : undefined;
  const names = listOf(fields.column_aliases).map(nameIn);
  switch (kind) {
    case "table":
      return tableOf(reading, fields, around);
    case "subquery": {
      const { alias: _, column_aliases: __, lateral: ___, ...query } = fields;
      return aliased(await reading.readers.query(reading, { subquery: query }, around), alias, names);
    }
    case "values": {
      checkOnly(kind, fields, "expressions", "alias", "column_aliases");
      return aliased(await valuesOf(reading, fields, around), alias, names);
    }
    case "alias":
      checkOnly(kind, fields, "this", "alias", "column_aliases");
      return aliased(await sourceOf(reading, fields.this, around), alias, names);
    case "paren":
      return sourceOf(reading, fields.this, around);
    case "joined_table": {
      checkOnly(kind, fields, "left", "joins", "lateral_views", "alias");
      const { left, joins, lateral_views } = fields;
      const inner = await reading.readers.from(
        reading,
        { from: { expressions: [left] }, joins, lateral_views },
        around,
      );
      return alias === undefined ? inner : aliased(inner, alias, []);
    }
    case "pivot":
    case "unpivot":
      return pivoted(reading, await sourceOf(reading, fields.this, around), node, around);
    case "function":
      return String(fields.name).toLowerCase() === "range"
        ? rangeOf(reading, fields)
        : generatorRows(reading, node, around);
    case "lateral":
      return generatorRows(reading, fields.this, around).then((rows) => aliased(rows, alias, names));
    default:
      if (["explode", "inline", "posexplode", "stack"].includes(kind)) return generatorRows(reading, node, around);
      throw new Refusal(`${spoken(kind)} in FROM`);
  }
}

const aliased = (relation: Relation, alias: string | undefined, names: readonly string[]): Relation =>
  alias === undefined && names.length === 0 ? relation : renamed(relation, alias ? [alias] : [], names);

async function tableOf(reading: Reading, fields: Fields, around: Around): Promise<Relation> {
  checkOnly("table", fields, "name", "schema", "catalog", "alias", "column_aliases", "table_sample");
  const parts = [fields.catalog, fields.schema, fields.name].filter(isGiven).map(nameIn);
  const names = listOf(fields.column_aliases).map(nameIn);
  const qualifier = isGiven(fields.alias) ? [nameIn(fields.alias)] : parts;
  const query = parts.length === 1 ? around.queries.get((parts[0] as string).toLowerCase()) : undefined;
  if (query === undefined && parts.some((part) => /[/*]/.test(part)))
    throw new Refusal("A file in FROM (use read.parquet(…) and its like, and name the frame)");
  const relation = query ?? (await columnsOf(reading, parts));
  const named = renamed(relation, qualifier, names);
  return { ...named, plan: sampled(reading, named.plan, fields.table_sample) };
}

async function columnsOf(reading: Reading, parts: readonly string[]): Promise<Relation> {
  const plan = await reading.sources.table(parts);
  const schema = await reading.sources.schema(plan);
  return { plan, columns: schema.map(({ name }) => ({ name, inPlan: name })) };
}

/** TABLESAMPLE (10 PERCENT), (5 ROWS). */
function sampled(reading: Reading, input: Relation["plan"], clause: unknown): Relation["plan"] {
  if (!isGiven(clause)) return input;
  const { method, size, seed, ...others } = clause as Fields;
  checkOnly("table_sample", others, "is_percent");
  const count = Number(literalOf(size, "number"));
  const given = isGiven(seed) ? Number(literalOf(seed, "number")) : Math.floor(Math.random() * 2 ** 31);
  if (method === "Percent" && count >= 0 && count <= 100 && Number.isSafeInteger(given))
    return reading.make({ kind: "sample", input, fraction: count / 100, seed: given });
  if (method === "Row" && Number.isSafeInteger(count)) return reading.make({ kind: "limit", input, count, offset: 0 });
  throw new Refusal("This TABLESAMPLE");
}

/** range(end), range(start, end, step). */
function rangeOf(reading: Reading, fields: Fields): Relation {
  checkOnly("range", fields, "name", "args");
  const args = listOf(fields.args).map((arg) => {
    const [kind, parts] = partsOf(arg) ?? [];
    const text = literalOf(kind === "neg" ? parts?.this : arg, "number");
    if (text === undefined || !/^\d+$/.test(text)) throw new Refusal("range(…) of what is no whole number");
    return BigInt(kind === "neg" ? `-${text}` : text);
  });
  const [first, second, step = 1n] = args;
  if (first === undefined || args.length > 4)
    throw new AnalysisError(
      "RANGE",
      "SQL: range takes an end, or a start and an end, a step and a number of partitions.",
    );
  const [start, end] = second === undefined ? [0n, first] : [first, second];
  return { plan: reading.make({ kind: "range", start, end, step }), columns: [{ name: "id", inPlan: "id" }] };
}

import { EngineError } from "../../errors.ts";
import type { Plan, PlanOf } from "../../plan/nodes.ts";
import type { Schema } from "../../plan/types.ts";
import { VARIANT } from "../../plan/variant-types.ts";
import type { Leaf, LeafPlan } from "../../sql/compile.ts";
import { duckdbType, quoteName, quoteText } from "../../sql/duckdb-literal.ts";
import { fromDuckdbVariant, type MeaningOfNull } from "../../sql/duckdb-variants.ts";
import { type Binder, OWN_SCHEMA } from "./connection.ts";
import { describe, type EngineColumn } from "./describe.ts";
import type { LocalTables } from "./local/tables.ts";
import { escapeGlob } from "./readers/glob.ts";
import { readSource } from "./readers/source.ts";
import { type LeafKind, leafType } from "./types.ts";

/** Where data that comes from JavaScript is in the engine: what stands behind FROM. */
export type LocalData = Pick<LocalTables, "tableOf">;

/** What the engine knows of the leaves of plans: where their rows are, and which columns have to be cast. */
export class Leaves {
  readonly #database: Binder;
  readonly #local: LocalData;
  readonly #known = new WeakMap<Plan, Known>();

  constructor(database: Binder, local: LocalData) {
    this.#database = database;
    this.#local = local;
  }

  /**
   * Makes a leaf ready to be compiled: finds files, copies local data into the engine. Answers whether it is another
   * one than before (files were added or replaced), so that what was known of its columns no longer holds.
   */
  async prepare(plan: Plan): Promise<boolean> {
    if (plan.kind === "local") {
      const from = await this.#local.tableOf(plan.data, plan.schema);
      this.#known.set(plan, { leaf: { from } });
      return false;
    }
    if (plan.kind !== "read") return false;
    const before = this.#known.get(plan);
    const source = await readSource(this.#database, plan);
    const stamp = JSON.stringify(source.files.map((file) => [file.path, file.bytes, file.changedMs]));
    if (before?.stamp === stamp) return false;
    this.#known.set(plan, { leaf: { from: source.from }, stamp });
    return before !== undefined;
  }

  /** The files of a read that has been prepared, with their sizes and times. */
  stampOf(plan: Plan): string | undefined {
    return this.#known.get(plan)?.stamp;
  }

  /** Their paths. */
  filesOf(plan: Plan): readonly string[] {
    const stamp = this.#known.get(plan)?.stamp;
    return stamp === undefined ? [] : (JSON.parse(stamp) as [path: string][]).map(([path]) => path);
  }

  /** For `compile`; the leaves have to be prepared. */
  leaf(plan: LeafPlan): Leaf | undefined {
    if (plan.kind === "stored") return { from: `${OWN_SCHEMA}.${quoteName(plan.table)}` };
    return this.#known.get(plan)?.leaf;
  }

  /** The columns of a leaf in Spark's types; `sql` is the leaf's query without casts. */
  async columns(plan: PlanOf<"read" | "table" | "sql">, sql: string): Promise<Schema> {
    const columns = await describe(this.#database.main, sql);
    if (columns.length === 0) {
      throw new EngineError("NO_ROWS", "This SQL gives no rows that a DataFrame could have.", { sql });
    }
    const isFoundInJson = plan.kind === "read" && plan.format === "json" && plan.schema === undefined;
    const kind = isFoundInJson ? "json" : LEAF_KINDS[plan.kind];
    const types = columns.map((column) =>
      isVariant(column) ? { type: VARIANT, cast: true } : leafType(column.type, kind),
    );
    if (columns.some((column, i) => types[i]?.cast || isJson(column))) {
      const nulls = await this.#nullsOf(plan, columns.filter(isVariant));
      const select = columns.map((column, i) => castColumn(column, types[i] as ReturnType<typeof leafType>, nulls));
      this.#known.set(plan, { ...this.#known.get(plan), leaf: { ...this.#known.get(plan)?.leaf, select } });
    }
    return columns.map((column, i) => ({
      name: column.name,
      type: types[i]?.type ?? { kind: "void" },
      nullable: true,
    }));
  }

  /** What NULL means in these columns. DuckDB reads JSON's null as NULL, and the files' statistics tell whether NULL is there too. */
  async #nullsOf(plan: Plan, variants: readonly EngineColumn[]): Promise<Nulls> {
    if (plan.kind !== "read" || variants.length === 0) return () => "null";
    const files = this.filesOf(plan).map((path) => quoteText(escapeGlob(path)));
    if (files.length === 0) return () => "unknown";
    const found = await this.#database.rows<{ path: string; none: boolean }>(
      `SELECT path_in_schema AS path, coalesce(bool_and(stats_null_count = 0), false) AS none FROM parquet_metadata([${files.join(", ")}]) GROUP BY ALL`,
    );
    const without = new Set(found.filter(({ none }) => none).map(({ path }) => path));
    return (name) => (without.has(`${name}, metadata`) ? "null of JSON" : "unknown");
  }

  /** Forgets the casts of a leaf before it is described again. */
  forgetColumns(plan: Plan): void {
    const known = this.#known.get(plan);
    if (known?.leaf.from !== undefined) this.#known.set(plan, { ...known, leaf: { from: known.leaf.from } });
    else this.#known.delete(plan);
  }
}

type Known = { readonly leaf: Leaf; readonly stamp?: string };

const LEAF_KINDS: { readonly [kind in "read" | "table" | "sql"]: LeafKind } = {
  read: "file",
  table: "table",
  sql: "sql",
};

/** Values of several types come from JSON files as JSON text: strings among them without their quotes, as in Spark. */
const isJson = (column: EngineColumn): boolean => column.type.alias === "JSON";

/** Within others it is text, as are all types that Spark does not have. */
const isVariant = (column: EngineColumn): boolean => column.type.typeId === VARIANT_ID;
const VARIANT_ID = 41;

type Nulls = (name: string) => MeaningOfNull;

function castColumn(column: EngineColumn, { type, cast }: ReturnType<typeof leafType>, nulls: Nulls): string {
  const name = quoteName(column.name);
  if (isJson(column)) return `${name} ->> ${quoteText("$")} AS ${name}`;
  if (isVariant(column)) return `${fromDuckdbVariant(name, nulls(column.name))} AS ${name}`;
  return cast ? `CAST(${name} AS ${duckdbType(type)}) AS ${name}` : name;
}

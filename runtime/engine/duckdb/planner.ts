import { AnalysisError, type QuernError, withOrigin } from "../../errors.ts";
import { analyse, type Known } from "../../plan/analyse.ts";
import { refuseCalendarIntervals } from "../../plan/interval-types.ts";
import { didYouMean } from "../../plan/nearest.ts";
import type { Plan } from "../../plan/nodes.ts";
import { Schemas } from "../../plan/schemas.ts";
import type { Schema } from "../../plan/types.ts";
import { childrenFirst } from "../../plan/walk.ts";
import { compile } from "../../sql/compile.ts";
import type { Dialect } from "../../sql/dialect.ts";
import { duckdb, narrowDuckdb } from "../../sql/duckdb.ts";
import { refuseTypes } from "../../sql/refuse-types.ts";
import type { Binder } from "./connection.ts";
import { describe, type EngineColumn } from "./describe.ts";
import { engineError } from "./errors.ts";
import { Leaves, type LocalData } from "./leaves.ts";
import { mistakeIn } from "./parse.ts";
import { tracer } from "./trace.ts";
import { leafType } from "./types.ts";

export type Compiled = { readonly sql: string; readonly schema: Schema };

export type CompileOptions = {
  /** Puts marks of the steps into the SQL (see trace.ts). */
  readonly traced?: boolean;
  /** Takes narrowDuckdb. */
  readonly narrow?: boolean;
  /** SQL text will read it. */
  readonly isView?: boolean;
  /** Its rows leave the engine. */
  readonly isResult?: boolean;
};

/** From a plan to SQL that DuckDB runs. Uses one connection: callers are in a queue. */
export class Planner {
  readonly #database: Binder;
  readonly leaves: Leaves;
  #known: Known = new WeakMap();

  constructor(database: Binder, local: LocalData) {
    this.#database = database;
    this.leaves = new Leaves(database, local);
  }

  /** Tables, views or settings have changed: what was known of columns may not hold any more. */
  forget(): void {
    this.#known = new WeakMap();
  }

  async schema(plan: Plan): Promise<Schema> {
    return (await this.#analyse(plan)).of(plan);
  }

  /** @throws AnalysisError for what cannot be, with the user's step at fault as its origin. */
  async compile(
    plan: Plan,
    { traced = false, narrow = false, isView = false, isResult = false }: CompileOptions = {},
  ): Promise<Compiled> {
    const schemas = await this.#analyse(plan);
    if (isView) refuseTypes(schemas.of(plan), "a view");
    if (isResult) refuseCalendarIntervals(schemas.of(plan));
    await this.#prepareLeaves(plan, "local");
    const finish = traced ? tracer(plan) : undefined;
    return { sql: this.#sql(plan, narrow ? narrowDuckdb : duckdb, schemas, finish), schema: schemas.of(plan) };
  }

  /** The SQL of a part of a plan that was compiled before. */
  sql(plan: Plan, schemas = new Schemas(this.#known)): string {
    return this.#sql(plan, duckdb, schemas);
  }

  #sql(plan: Plan, dialect: Dialect, schemas: Schemas, finish?: ReturnType<typeof tracer>): string {
    return compile(plan, dialect, { schemas, leaf: (leaf) => this.leaves.leaf(leaf), finish });
  }

  /** What a plan reads, each file once. */
  async files(plan: Plan): Promise<readonly string[]> {
    await this.#prepareLeaves(plan, "read");
    return [...new Set(childrenFirst(plan).flatMap((node) => this.leaves.filesOf(node)))];
  }

  async #analyse(plan: Plan): Promise<Schemas> {
    // Files are looked for each time: a folder may have new ones.
    if (await this.#prepareLeaves(plan, "read")) this.forget();
    return analyse(plan, (node, schemas) => this.#describe(node, schemas), this.#known);
  }

  async #prepareLeaves(plan: Plan, kind: "read" | "local"): Promise<boolean> {
    let changed = false;
    for (const node of childrenFirst(plan)) {
      if (node.kind !== kind) continue;
      try {
        if (await this.leaves.prepare(node)) changed = true;
      } catch (error) {
        throw engineError(error, { origin: node.origin });
      }
    }
    return changed;
  }

  async #describe(node: Plan, schemas: Schemas): Promise<Schema> {
    await this.#prepareLeaves(node, "local");
    let sql: string | undefined;
    try {
      if (node.kind === "read" || node.kind === "table" || node.kind === "sql") {
        this.leaves.forgetColumns(node);
        sql = this.sql(node, schemas);
        return await this.leaves.columns(node, sql);
      }
      sql = this.sql(node, schemas);
      return (await describe(this.#database.main, sql)).map(asField);
    } catch (error) {
      const refused = engineError(error, { sql, origin: node.origin });
      throw (await this.#missingTable(node, refused)) ?? (await this.#brokenText(node, refused)) ?? refused;
    }
  }

  /** All texts of a step are described as one query: each by itself tells which cannot be read. */
  async #brokenText(node: Plan, { code, origin }: QuernError): Promise<unknown> {
    if (code !== "SYNTAX" || node.kind !== "project") return undefined;
    for (const { expression } of node.columns) {
      const mistake = expression.kind === "sql" && (await mistakeIn(this.#database, expression.text));
      if (mistake) return withOrigin(mistake, origin);
    }
    return undefined;
  }

  /** What is near is looked for among the user's own names; DuckDB proposes tables of its system. */
  async #missingTable(node: Plan, { message, origin, sql }: QuernError): Promise<QuernError | undefined> {
    const missing = /^Table with name "?(.*?)"? does not exist|^Catalog .* does not exist/.exec(message);
    if (missing === null) return undefined;
    const name = node.kind === "table" ? node.name : (missing[1] ?? "");
    if (name === "") return undefined;
    const names = await this.#database.rows<{ name: string }>(
      `SELECT table_name AS name FROM duckdb_tables() WHERE NOT internal AND schema_name <> 'quern'
       UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal`,
    );
    const near = didYouMean(
      name,
      names.map((row) => row.name),
    );
    return new AnalysisError("NO_TABLE", `There is no table or view ${JSON.stringify(name)}.${near}`, { origin, sql });
  }
}

const asField = (column: EngineColumn) => ({
  name: column.name,
  type: leafType(column.type, "sql").type,
  nullable: true,
});

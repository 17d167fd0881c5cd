import { AnalysisError, EngineError, QuernError } from "../../errors.ts";
import { analyse, type Known } from "../../plan/analyse.ts";
import type { Plan } from "../../plan/nodes.ts";
import { Schemas } from "../../plan/schemas.ts";
import type { Schema } from "../../plan/types.ts";
import { childrenFirst } from "../../plan/walk.ts";
import { compile } from "../../sql/compile.ts";
import { spark } from "../../sql/spark.ts";
import type { RunOptions } from "../engine.ts";
import type { SparkClient } from "./client.ts";
import { Leaves } from "./leaves.ts";
import type { Relation } from "./proto/gen/spark_connect_pb.ts";
import { sqlRelation } from "./relations.ts";
import type { SentRows } from "./sent-rows.ts";
import type { StoredOnServer } from "./stored.ts";
import { serverFields } from "./types.ts";

export type Compiled = { readonly sql: string; readonly relation: Relation; readonly schema: Schema };

/** From a plan to SQL, with the relations that it names, which a Spark server runs. Callers take turns. */
export class Planner {
  readonly #client: SparkClient;
  readonly #leaves: Leaves;
  #known: Known = new WeakMap();

  constructor(client: SparkClient, sent: SentRows, stored: StoredOnServer) {
    this.#client = client;
    this.#leaves = new Leaves(client, sent, stored);
  }

  /** Tables, views or settings have changed: what was known of columns may not hold any more. */
  forget(): void {
    this.#known = new WeakMap();
  }

  async schema(plan: Plan, options: RunOptions = {}): Promise<Schema> {
    return (await this.#analyse(plan, options)).of(plan);
  }

  /** @throws AnalysisError for what cannot be, with the user's step at fault as its origin. */
  async compile(plan: Plan, options: RunOptions = {}): Promise<Compiled> {
    const schemas = await this.#analyse(plan, options);
    return { ...this.#compiled(plan, schemas), schema: schemas.of(plan) };
  }

  /** When the server refuses a plan, its parts are analysed from the sources on: the first that it refuses is at fault. */
  async locate(plan: Plan, refused: unknown): Promise<Error> {
    if (!(refused instanceof AnalysisError) || refused.origin !== undefined) return asError(refused);
    const schemas = new Schemas(this.#known);
    for (const part of childrenFirst(plan)) {
      try {
        await this.#client.schema(this.#compiled(part, schemas).relation);
      } catch (error) {
        return placed(error, part);
      }
    }
    return placed(refused, plan);
  }

  #compiled(plan: Plan, schemas: Schemas): { readonly sql: string; readonly relation: Relation } {
    const sql = compile(plan, spark, { schemas, leaf: (leaf) => this.#leaves.leaf(leaf) });
    const named = childrenFirst(plan).flatMap((node) => this.#leaves.relation(node) ?? []);
    return { sql, relation: sqlRelation(sql, named) };
  }

  async #analyse(plan: Plan, options: RunOptions): Promise<Schemas> {
    for (const node of childrenFirst(plan)) {
      try {
        await this.#leaves.prepare(node, options);
      } catch (error) {
        throw placed(await this.#client.failure(error, options), node);
      }
    }
    return analyse(plan, (node, schemas) => this.#describe(node, schemas, options), this.#known);
  }

  async #describe(node: Plan, schemas: Schemas, options: RunOptions): Promise<Schema> {
    this.#leaves.forgetColumns(node);
    const { sql, relation } = this.#compiled(node, schemas);
    try {
      const fields = serverFields(await this.#client.schema(relation, options));
      if (fields.length === 0)
        throw new EngineError("NO_ROWS", "This SQL gives no rows that a DataFrame could have.", { sql });
      if (node.kind === "read" || node.kind === "table" || node.kind === "sql") this.#leaves.setColumns(node, fields);
      return fields.map(({ name, type, nullable }) => ({ name, type, nullable }));
    } catch (error) {
      throw placed(error, node);
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** The error with a step as its place, unless it has one. */
function placed(error: unknown, { origin }: Plan): Error {
  if (!(error instanceof QuernError) || error.origin !== undefined || origin === undefined) return asError(error);
  const Kind = error.constructor as typeof QuernError;
  return new Kind(error.code, error.message, { cause: error.cause, sql: error.sql, origin });
}

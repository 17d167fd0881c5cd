import { AnalysisError, EngineError, withOrigin } from "../../errors.ts";
import { analyse, foreignSpan, type Known } from "../../plan/analyse.ts";
import { hasInterval } from "../../plan/interval-types.ts";
import type { Plan } from "../../plan/nodes.ts";
import { isLong, mergeSteps } from "../../plan/rewrite/merge-steps.ts";
import { Schemas } from "../../plan/schemas.ts";
import { isCorrelated } from "../../plan/subqueries.ts";
import type { Schema } from "../../plan/types.ts";
import { childrenFirst } from "../../plan/walk.ts";
import { compile, type LeafPlan } from "../../sql/compile.ts";
import type { Finish } from "../../sql/mark-steps.ts";
import { spark } from "../../sql/spark.ts";
import type { RunOptions } from "../engine.ts";
import type { SparkClient } from "./client.ts";
import { sparkDetails } from "./errors.ts";
import { everythingOf, stepAt, stepThatFails } from "./failed-step.ts";
import { Leaves } from "./leaves.ts";
import type { Relation } from "./proto/gen/spark_connect_pb.ts";
import { type Named, sqlRelation } from "./relations.ts";
import { runCommand } from "./run.ts";
import type { SentRows } from "./sent-rows.ts";
import type { StoredOnServer } from "./stored.ts";
import { asText, serverFields } from "./types.ts";

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
    const { sql, relation } = this.#compiled(plan, schemas);
    return { sql, relation, schema: schemas.of(plan) };
  }

  /**
   * An error with the step at fault as its place. Of an expression that failed the server tells where it stands in the
   * SQL. When it refuses a plan, the parts are analysed from the sources on: the first that it refuses is at fault.
   */
  async locate(plan: Plan, refused: unknown, options: RunOptions = {}): Promise<Error> {
    if (refused instanceof EngineError) return this.#locateFailure(plan, refused, options);
    if (!(refused instanceof AnalysisError) || refused.origin !== undefined) return asError(refused);
    const schemas = new Schemas(this.#known);
    for (const part of childrenFirst(plan)) {
      if (isCorrelated(part)) continue;
      try {
        await this.#client.schema(this.#compiled(part, schemas).relation);
      } catch (error) {
        return placed(error, part);
      }
    }
    return placed(refused, plan);
  }

  async #locateFailure(plan: Plan, failure: EngineError, options: RunOptions): Promise<Error> {
    const details = sparkDetails(failure);
    if (details === undefined || failure.origin !== undefined) return failure;
    const schemas = new Schemas(this.#known);
    const { fragment: place } = details;
    // A view's expression stands in the text of the view, and one of a long chain in a text of several steps.
    if (isLong(plan)) return failure;
    if (place !== undefined && failure.sql?.slice(place.start, place.stop + 1) === place.text) {
      const step = stepAt(plan, failure.sql, place.start, (finish) => this.#sql(plan, schemas, finish));
      if (step !== undefined) return placed(failure, step);
    }
    if (!OF_VALUES.test(details.sqlState ?? "")) return failure;
    const failsAlike = async (part: Plan): Promise<boolean> => {
      const { sql, named } = this.#compiled(part, schemas);
      const found = await runCommand(this.#client, sqlRelation(everythingOf(sql), named), options).catch(
        (error) => error,
      );
      return sparkDetails(found)?.errorClass === details.errorClass;
    };
    const step = await stepThatFails(plan, failsAlike);
    return step === undefined ? failure : placed(failure, step);
  }

  #compiled(plan: Plan, schemas: Schemas) {
    const { root, originalOf } = this.#merged(plan, schemas);
    const sql = this.#sqlOf(root, originalOf, schemas);
    const named: Named[] = childrenFirst(root).flatMap((node) => this.#leaves.relation(originalOf(node)) ?? []);
    return { sql, named, relation: sqlRelation(sql, named) };
  }

  #sql(plan: Plan, schemas: Schemas, finish: Finish): string {
    return this.#sqlOf(plan, (node) => node, schemas, finish);
  }

  #sqlOf(root: Plan, originalOf: (node: Plan) => Plan, schemas: Schemas, finish?: Finish): string {
    const leaf = (node: LeafPlan) => this.#leaves.leaf(originalOf(node) as LeafPlan);
    return compile(root, spark, { schemas, leaf, finish });
  }

  /** Long chains with their steps merged: Spark's analyzer takes them level by level, with the third power of their number. */
  #merged(plan: Plan, schemas: Schemas): { readonly root: Plan; readonly originalOf: (node: Plan) => Plan } {
    if (!schemas.has(plan) || !isLong(plan)) return { root: plan, originalOf: (node) => node };
    return mergeSteps(plan, this.#known, MERGED);
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
      const isLeaf = node.kind === "read" || node.kind === "table" || node.kind === "sql";
      const found = serverFields(await this.#client.schema(relation, options));
      const fields = isLeaf ? found.map(asText) : found;
      if (fields.length === 0)
        throw new EngineError("NO_ROWS", "This SQL gives no rows that a DataFrame could have.", { sql });
      const foreign =
        node.kind === "sql" && node.isTranslated
          ? fields.find(({ cast, type }) => cast || hasInterval(type))
          : undefined;
      if (foreign !== undefined) throw foreignSpan(`Column "${foreign.name}" of this text`);
      if (isLeaf) this.#leaves.setColumns(node, fields);
      return fields.map(({ name, type, nullable }) => ({ name, type, nullable }));
    } catch (error) {
      throw placed(withPaths(error, node), node);
    }
  }
}

/** SQLSTATEs of what values do: data exceptions, and errors that the user's text raises. */
const OF_VALUES = /^(?:22|P0001)/;

/** Its parser takes some 200 levels, in the memory that its threads have. */
const MERGED = { nodes: 192, depth: 64 };

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Of files Spark does not always say which. */
function withPaths(error: unknown, node: Plan): unknown {
  if (!(error instanceof AnalysisError) || node.kind !== "read") return error;
  if (node.paths.some((path) => error.message.includes(path))) return error;
  const paths = node.paths.map((path) => JSON.stringify(path)).join(", ");
  const { code, message, cause, sql } = error;
  return new AnalysisError(code, `Reading ${paths}: ${message}`, { cause, sql });
}

/** The error with a step as its place, unless it has one. */
const placed = (error: unknown, { origin }: Plan): Error => asError(withOrigin(error, origin));

import { EngineError } from "../../errors.ts";
import { hasInterval, withAllFields } from "../../plan/interval-types.ts";
import type { Plan, PlanOf } from "../../plan/nodes.ts";
import { sameType } from "../../plan/numeric.ts";
import type { Field, Schema } from "../../plan/types.ts";
import type { Leaf, LeafPlan } from "../../sql/compile.ts";
import { spark, sparkType } from "../../sql/spark.ts";
import type { RunOptions } from "../engine.ts";
import { decode } from "./batches.ts";
import type { SparkClient } from "./client.ts";
import { parse } from "./parse.ts";
import type { Relation } from "./proto/gen/spark_connect_pb.ts";
import { type Named, readRelation, sqlCommand, sqlRelation } from "./relations.ts";
import type { SentRows } from "./sent-rows.ts";
import { isSniffed, SNIFFED_LINES, sniffedOptions } from "./sniff.ts";
import type { StoredOnServer } from "./stored.ts";
import type { ServerField } from "./types.ts";

/** The sources of plans that SQL text cannot say: they go along with it as relations of their own. */
export class Leaves {
  readonly #client: SparkClient;
  readonly #sent: SentRows;
  readonly #stored: StoredOnServer;
  readonly #relations = new WeakMap<Plan, Named>();
  readonly #selects = new WeakMap<Plan, readonly string[]>();
  #count = 0;

  constructor(client: SparkClient, sent: SentRows, stored: StoredOnServer) {
    this.#client = client;
    this.#sent = sent;
    this.#stored = stored;
  }

  /** Makes a leaf ready to be compiled. */
  async prepare(plan: Plan, options: RunOptions = {}): Promise<void> {
    if (plan.kind === "stored" || plan.kind === "local") this.#castSent(plan, plan.schema);
    if (plan.kind === "stored") {
      const received = this.#sent.ofTable(plan.table);
      if (received !== undefined) return this.#name(plan, received);
      this.#selects.delete(plan);
      if (await this.#stored.has(plan.table)) return;
      throw new EngineError("ROWS_LOST", "The rows of this frame are no longer kept: they were released.");
    }
    if (plan.kind === "local") return this.#name(plan, await this.#sent.ofLocal(plan, options));
    if (plan.kind === "sql" && parse(plan.text).isReport) this.#name(plan, await this.#report(plan.text));
    if (this.#relations.has(plan)) return;
    if (plan.kind === "read") this.#name(plan, readRelation(isSniffed(plan) ? await this.#sniffed(plan) : plan));
  }

  relation(plan: Plan): Named | undefined {
    return this.#relations.get(plan);
  }

  /** Columns of types that Quern does not have are read as text. */
  setColumns(plan: Plan, fields: readonly ServerField[]): void {
    if (!fields.some(({ cast }) => cast)) this.#selects.delete(plan);
    else
      this.#selects.set(
        plan,
        fields.map(({ name, cast }) => {
          const quoted = spark.quote(name);
          return cast ? `CAST(${quoted} AS STRING) AS ${quoted}` : quoted;
        }),
      );
  }

  /** Intervals are sent with all fields. */
  #castSent(plan: Plan, schema: Schema): void {
    const isPart = ({ type }: Field) => hasInterval(type) && !sameType(type, withAllFields(type));
    if (!schema.some(isPart)) return;
    this.#selects.set(
      plan,
      schema.map((field) => {
        const quoted = spark.quote(field.name);
        return isPart(field) ? `CAST(${quoted} AS ${sparkType(field.type)}) AS ${quoted}` : quoted;
      }),
    );
  }

  forgetColumns(plan: Plan): void {
    this.#selects.delete(plan);
  }

  /** For `compile`; the leaves have to be prepared. */
  leaf(plan: LeafPlan): Leaf | undefined {
    const named = this.#relations.get(plan);
    const select = this.#selects.get(plan);
    return { ...(named && { from: spark.quote(named.name) }), ...(select && { select }) };
  }

  #name(plan: Plan, relation: Relation): void {
    const name = this.#relations.get(plan)?.name ?? `quern_${plan.kind}_${++this.#count}`;
    this.#relations.set(plan, { name, relation });
  }

  /** With the options that its first lines tell. */
  async #sniffed(plan: PlanOf<"read">): Promise<PlanOf<"read">> {
    const { pathglobfilter, recursivefilelookup } = plan.options;
    const options = {
      ...(pathglobfilter !== undefined && { pathglobfilter }),
      ...(recursivefilelookup !== undefined && { recursivefilelookup }),
    };
    const file = {
      name: "quern_lines",
      relation: readRelation({ kind: "read", format: "text", paths: plan.paths, options }),
    };
    const query = sqlRelation(`SELECT value FROM quern_lines LIMIT ${SNIFFED_LINES}`, [file]);
    const lines: string[] = [];
    for await (const { responseType } of this.#client.execute(query).responses) {
      if (responseType.case !== "arrowBatch") continue;
      for (const batch of decode(responseType.value.data)) for (const row of batch) lines.push(String(row?.value));
    }
    return { ...plan, options: { ...sniffedOptions(plan, lines), ...plan.options } };
  }

  /** The rows of a command, as the server answers it. */
  async #report(sql: string): Promise<Relation> {
    let found: Relation | undefined;
    for await (const { responseType } of this.#client.execute(sqlCommand(sql)).responses) {
      if (responseType.case === "sqlCommandResult") found = responseType.value.relation;
    }
    if (found === undefined)
      throw new EngineError("NO_ROWS", "This SQL gives no rows that a DataFrame could have.", { sql });
    return found;
  }
}

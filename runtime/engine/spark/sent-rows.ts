import { randomBytes } from "node:crypto";
import type { Table } from "apache-arrow";
import { EngineError } from "../../errors.ts";
import type { PlanOf } from "../../plan/nodes.ts";
import type { Rows, RunOptions, StoredRows } from "../engine.ts";
import type { SparkClient } from "./client.ts";
import type { Relation } from "./proto/gen/spark_connect_pb.ts";
import { checkArrow, inlineRelation, sentDdl } from "./relations.ts";
import { upload } from "./upload.ts";

type Sent = { readonly relation: Relation; readonly session: string };

/** Rows that were made elsewhere: each goes to the server once, and stays there as long as the session. */
export class SentRows {
  readonly #client: SparkClient;
  readonly #local = new WeakMap<Table, Map<string, Sent>>();
  readonly #received = new Map<string, Sent>();

  constructor(client: SparkClient) {
    this.#client = client;
  }

  /** Data from JavaScript: what is small goes along with each plan. After the loss of a session it is sent again. */
  async ofLocal({ data, schema }: PlanOf<"local">, options: RunOptions = {}): Promise<Relation> {
    const columns = sentDdl(schema);
    const known = this.#local.get(data) ?? new Map<string, Sent>();
    this.#local.set(data, known);
    const found = known.get(columns);
    const session = this.#session();
    if (found?.session === session) return found.relation;
    checkArrow(data.schema.fields, schema);
    const bytes = data.data.reduce((sum, part) => sum + part.byteLength, 0);
    const relation =
      bytes < INLINE_BYTES
        ? inlineRelation(data, schema)
        : (await upload(this.#client, data.batches, columns, options)).relation;
    known.set(columns, { relation, session });
    return relation;
  }

  /** Rows of another engine. */
  async receive({ schema, batches }: Rows, options: RunOptions = {}): Promise<StoredRows> {
    const session = this.#session();
    const { relation, rows, bytes } = await upload(this.#client, batches, sentDdl(schema), options);
    const table = `received_${randomBytes(4).toString("hex")}`;
    this.#received.set(table, { relation, session });
    return { table, schema, rows, bytes };
  }

  /** The rows of a table that was received. */
  ofTable(table: string): Relation | undefined {
    const found = this.#received.get(table);
    if (found === undefined) return undefined;
    if (found.session === this.#session()) return found.relation;
    throw new EngineError(
      "ROWS_LOST",
      `The rows of this frame were moved to ${this.#client.address}, whose session has been lost since: transfer the frame again.`,
    );
  }

  /** Answers whether it was one of these. The server frees the rows with the session. */
  forget(table: string): boolean {
    return this.#received.delete(table);
  }

  #session(): string {
    return this.#client.header().sessionId;
  }
}

const INLINE_BYTES = 2 ** 20;

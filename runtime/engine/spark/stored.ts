import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { EngineError } from "../../errors.ts";
import type { Plan } from "../../plan/nodes.ts";
import { spark } from "../../sql/spark.ts";
import type { RunOptions, StoredRows, Storing } from "../engine.ts";
import type { SparkClient } from "./client.ts";
import type { Compiled } from "./planner.ts";
import { CommandSchema, type Relation, RelationSchema } from "./proto/gen/spark_connect_pb.ts";
import { sqlCommand, sqlRelation, viewCommand } from "./relations.ts";
import { runCommand } from "./run.ts";

type Entry = {
  readonly plan: Plan;
  readonly storing: Storing;
  /** The server's session that has it. */
  readonly session: string;
  /** The server's name of a checkpoint. */
  readonly relationId?: string;
};

/** Compiles a plan, and says of what the server refuses which step is at fault. */
type Compile = (plan: Plan, options: RunOptions) => Promise<Compiled>;

/**
 * Rows that the server keeps: each a temporary view, which plans name. A persisted plan is in Spark's cache, where every plan
 * that holds it finds it; Spark fills the cache with the first query that needs it.
 *
 * Spark finds cached plans by what they are, for all sessions of a server, and drops a plan from its cache when a temporary
 * view of it is dropped, as it does behind each query that brings relations along. So each of ours holds a condition of its
 * own, which is always true.
 */
export class StoredOnServer {
  readonly #client: SparkClient;
  readonly #compile: Compile;
  readonly #entries = new Map<string, Entry>();
  /** Those that are just being made again. */
  readonly #renewing = new Map<string, Promise<void>>();

  constructor(client: SparkClient, compile: Compile) {
    this.#client = client;
    this.#compile = compile;
  }

  async store(plan: Plan, storing: Storing, options: RunOptions): Promise<StoredRows> {
    const table = `${PREFIX}${randomBytes(4).toString("hex")}`;
    return { table, schema: await this.#make(table, plan, storing, options) };
  }

  /**
   * Answers whether the rows of a table are here. In another session than they were made in, what was persisted is made
   * again.
   * @throws EngineError for a checkpoint, whose rows went with its session.
   */
  async has(table: string): Promise<boolean> {
    const entry = this.#entries.get(table);
    if (entry === undefined) return false;
    if (entry.session === this.#session()) return true;
    if (entry.storing.checkpoint !== undefined) {
      throw new EngineError(
        "ROWS_LOST",
        `This checkpoint was in a session of ${this.#client.address} that has ended: make it again.`,
      );
    }
    const renewing =
      this.#renewing.get(table) ??
      this.#make(table, entry.plan, entry.storing, {})
        .then(() => {})
        .finally(() => this.#renewing.delete(table));
    this.#renewing.set(table, renewing);
    await renewing;
    return true;
  }

  /** Frees the rows; answers whether they were here. */
  async release(table: string): Promise<boolean> {
    const entry = this.#entries.get(table);
    if (entry === undefined) return false;
    this.#entries.delete(table);
    if (entry.session !== this.#session()) return true;
    const { relationId } = entry;
    if (relationId === undefined) {
      await this.#client.analyze({ case: "unpersist", value: { relation: namedTable(table) } });
    }
    await runCommand(this.#client, sqlCommand(`DROP VIEW IF EXISTS ${spark.quote(table)}`));
    if (relationId !== undefined) {
      const value = { relation: { relationId } };
      await runCommand(
        this.#client,
        create(CommandSchema, { commandType: { case: "removeCachedRemoteRelationCommand", value } }),
      );
    }
    return true;
  }

  /** The server's cache outlives sessions: what is in it is taken out at the end of this one. */
  async close(): Promise<void> {
    const cached = [...this.#entries].filter(
      ([, { relationId, session }]) => relationId === undefined && session === this.#session(),
    );
    this.#entries.clear();
    const { service, limits } = this.#client;
    const release = ([table]: readonly [string, Entry]) =>
      service
        .analyzePlan(
          { ...this.#client.header(), analyze: { case: "unpersist", value: { relation: namedTable(table) } } },
          { timeoutMs: limits.stopMs },
        )
        .catch(() => {});
    await Promise.all(cached.map(release));
  }

  async #make(table: string, plan: Plan, storing: Storing, options: RunOptions): Promise<StoredRows["schema"]> {
    const { relation, sql, schema } = await this.#compile(plan, options);
    const entry = { plan, storing, session: this.#session() };
    const { useDisk, useMemory, replication } = storing.level;
    const storageLevel = { useDisk, useMemory, replication, deserialized: useMemory };
    if (storing.checkpoint !== undefined) {
      const local = storing.checkpoint === "local";
      const value = { relation, local, eager: true, ...(local && { storageLevel }) };
      const command = create(CommandSchema, { commandType: { case: "checkpointCommand", value } });
      const made = await runCommand(this.#client, command, { ...options, sql }).catch((error) => {
        throw /Checkpoint directory has not been set/.test(String(error)) ? noFolder(this.#client.address) : error;
      });
      const rows = made?.case === "checkpointCommandResult" ? made.value.relation : undefined;
      if (rows === undefined) throw new EngineError("PROTOCOL", "The server made no checkpoint, and did not say why.");
      const { relationId } = rows;
      const cached = create(RelationSchema, { relType: { case: "cachedRemoteRelation", value: rows } });
      await runCommand(this.#client, viewCommand(table, cached, true));
      this.#entries.set(table, { ...entry, relationId });
      return schema;
    }
    const own = withText(relation, `SELECT * FROM (\n${sql}\n) WHERE '${table}' IS NOT NULL`);
    await runCommand(this.#client, viewCommand(table, own, true), { ...options, sql });
    await this.#client.analyze({ case: "persist", value: { relation: namedTable(table), storageLevel } }, options);
    this.#entries.set(table, entry);
    return schema;
  }

  #session(): string {
    return this.#client.header().sessionId;
  }
}

const noFolder = (address: string) =>
  new EngineError(
    "NO_CHECKPOINT_FOLDER",
    `The Spark server at ${address} has no folder for checkpoints: spark.checkpoint.dir names one when it starts. localCheckpoint() needs none.`,
  );

const PREFIX = "quern_stored_";

/** Views of ours, which are nobody's tables. */
export const isStoredTable = (name: string): boolean => /^quern_stored_[0-9a-f]{8}$/.test(name);

/** A table or view, by its name. */
export const namedTable = (unparsedIdentifier: string): Relation =>
  create(RelationSchema, {
    relType: { case: "read", value: { readType: { case: "namedTable", value: { unparsedIdentifier } } } },
  });

/** The same relation with other SQL text over what comes along with it. */
function withText(given: Relation, text: string): Relation {
  const { relType } = given;
  const root = sqlRelation(text);
  if (relType.case !== "withRelations") return root;
  const value = { root, references: relType.value.references };
  return create(RelationSchema, { relType: { case: "withRelations", value } });
}

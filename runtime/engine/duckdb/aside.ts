import type { DuckDBConnection } from "@duckdb/node-api";
import type { Plan } from "../../plan/nodes.ts";
import type { Schema } from "../../plan/types.ts";
import { quoteName } from "../../sql/duckdb-literal.ts";
import type { RunOptions } from "../engine.ts";
import type { Database } from "./connection.ts";
import { interruptible, throwIfAborted } from "./interrupt.ts";
import { columnType } from "./local/load.ts";
import { Planner } from "./planner.ts";
import { Queue } from "./queue.ts";

/**
 * Finds the columns of plans apart from the actions, on connections of its own: a source that answers slowly holds up
 * none of them. What is slow cannot always be interrupted, so there is a second lane beside it; there are no more, since
 * all share the engine's threads.
 */
export class Aside {
  /** The one that has answered last is the first: it knows of inner plans what it was asked before. */
  #lanes: readonly [Lane, Lane];

  constructor(database: Database) {
    this.#lanes = [new Lane(database), new Lane(database)];
  }

  async schema(plan: Plan, options: RunOptions): Promise<Schema> {
    const [first, second] = this.#lanes;
    if (first.waiting <= second.waiting) return first.schema(plan, options);
    const schema = await second.schema(plan, options);
    this.#lanes = [second, first];
    return schema;
  }

  /** Tables, views or settings have changed. */
  forget(): void {
    for (const lane of this.#lanes) lane.forget();
  }

  close(): void {
    for (const lane of this.#lanes) lane.close();
  }
}

class Lane {
  waiting = 0;
  readonly #database: Database;
  readonly #queue = new Queue();
  #own: { readonly connection: DuckDBConnection; readonly planner: Planner } | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  async schema(plan: Plan, { signal }: RunOptions): Promise<Schema> {
    this.waiting += 1;
    try {
      return await this.#queue.add(async () => {
        throwIfAborted(signal);
        this.#own ??= await this.#open();
        const { connection, planner } = this.#own;
        return interruptible(connection, signal, () => planner.schema(plan));
      });
    } finally {
      this.waiting -= 1;
    }
  }

  async #open() {
    const connection = await this.#database.connect();
    const rows: Database["rows"] = (sql) => this.#database.rows(sql, connection);
    const planner = new Planner({ main: connection, rows, describesOnly: true }, { tableOf: emptyTable });
    return { connection, planner };
  }

  /** The connection has the settings from when it was opened. */
  forget(): void {
    const own = this.#own;
    this.#own = undefined;
    if (own !== undefined) this.#queue.add(async () => own.connection.closeSync()).catch(() => {});
  }

  close(): void {
    this.forget();
    this.#queue.close();
  }
}

/** In place of local data: its columns are all that is asked for. */
async function emptyTable(_data: unknown, schema: Schema): Promise<string> {
  const columns = schema.map((field) => `CAST(NULL AS ${columnType(field.type)}) AS ${quoteName(field.name)}`);
  return `(SELECT ${columns.join(", ")} WHERE false)`;
}

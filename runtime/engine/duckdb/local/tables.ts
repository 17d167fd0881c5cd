import type { Table } from "apache-arrow";
import type { Schema } from "../../../plan/types.ts";
import { quoteName } from "../../../sql/duckdb-literal.ts";
import { type Database, OWN_SCHEMA } from "../connection.ts";
import { engineError } from "../errors.ts";
import { loadTable } from "./load.ts";

/** Copies local data into the engine when it is first used, and drops the copy when nobody holds the data any more. */
export class LocalTables {
  readonly #database: Database;
  readonly #tables = new WeakMap<Table, Map<string, Promise<string>>>();
  readonly #collected: FinalizationRegistry<string>;
  /** Data that views read stays as long as the session. */
  readonly #kept = new Set<Table>();
  #count = 0;

  constructor(database: Database) {
    this.#database = database;
    this.#collected = new FinalizationRegistry((name) => {
      // Behind whatever runs: a plan that names the table was compiled from data that was still held.
      database.queue
        .add(() => database.main.run(`DROP TABLE IF EXISTS ${name}`))
        .catch(() => {
          // The engine was closed in the meantime, and the table with it.
        });
    });
  }

  /** The qualified name of the table with this data. */
  tableOf(data: Table, schema: Schema): Promise<string> {
    const tables = this.#tables.get(data) ?? new Map<string, Promise<string>>();
    this.#tables.set(data, tables);
    const key = JSON.stringify(schema);
    const known = tables.get(key);
    if (known !== undefined) return known;
    const name = `local_${++this.#count}`;
    const loaded = loadTable(this.#database, name, data.batches, schema).then(
      () => {
        const qualified = `${OWN_SCHEMA}.${quoteName(name)}`;
        this.#collected.register(data, qualified);
        return qualified;
      },
      (error: unknown) => {
        tables.delete(key);
        throw engineError(error);
      },
    );
    tables.set(key, loaded);
    return loaded;
  }

  keep(data: Table): void {
    this.#kept.add(data);
  }
}

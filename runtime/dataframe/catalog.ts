import { inspect } from "node:util";
import type { CatalogCommand, CatalogTable } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { nameParts } from "../plan/name-parts.ts";
import { didYouMean } from "../plan/nearest.ts";
import { typeName } from "../plan/type-names.ts";
import type { Context } from "./context.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import type { StorageLevel } from "./storage-level.ts";

/** A table or view. Temporary views are in no database. */
export type TableEntry = {
  readonly name: string;
  readonly database: string | null;
  readonly kind: "table" | "view";
  readonly isTemporary: boolean;
};

/** A column of a table, with its type as text. */
export type ColumnEntry = { readonly name: string; readonly dataType: string; readonly nullable: boolean };

/**
 * The tables and views of a session. What Spark calls a database is a schema of DuckDB; patterns are Spark's: `*` stands for
 * any text, and `|` is between alternatives.
 */
export class Catalog {
  readonly #context: Context;
  readonly #table: (name: string) => DataFrame<any>;

  constructor(context: Context, table: (name: string) => DataFrame<any>) {
    this.#context = context;
    this.#table = table;
  }

  currentDatabase(): Promise<string> {
    return this.#context.command("current database", async (engine) => (await engine.databases()).current);
  }
  /** From now on, names without a database are looked for in this one. */
  setCurrentDatabase(name: string): Promise<void> {
    return this.#run(`use ${name}`, { what: "use", name });
  }
  async listDatabases(pattern = "*"): Promise<string[]> {
    const { all } = await this.#context.command("list databases", (engine) => engine.databases());
    return all.filter(matching(pattern));
  }
  async databaseExists(name: string): Promise<boolean> {
    return (await this.listDatabases()).some((database) => isSame(database, name));
  }

  createDatabase(name: string, { ifNotExists = false }: { readonly ifNotExists?: boolean } = {}): Promise<void> {
    return this.#run(`create database ${name}`, { what: "create schema", name, ifNotExists });
  }
  /** Drops a database; with `cascade`, its tables too. */
  dropDatabase(
    name: string,
    { ifExists = false, cascade = false }: { readonly ifExists?: boolean; readonly cascade?: boolean } = {},
  ): Promise<void> {
    return this.#run(`drop database ${name}`, { what: "drop schema", name, ifExists, cascade });
  }

  /** The tables and views of a database, the current one by default, and the temporary views. */
  async listTables(database?: string, pattern = "*"): Promise<TableEntry[]> {
    const found = await this.#context.command("list tables", async (engine) => {
      const { current, all } = await engine.databases();
      const own = database === undefined ? current : all.find((candidate) => isSame(candidate, database));
      if (own === undefined)
        throw new AnalysisError("NO_DATABASE", `There is no database "${database}".${didYouMean(database ?? "", all)}`);
      return (await engine.tables(own)).filter((table) => table.database === null || table.database === own);
    });
    return found.map((table) => this.#entry(table)).filter(({ name }) => matching(pattern)(name));
  }
  /** A table or view by its name, or by `database.name`. */
  async getTable(name: string): Promise<TableEntry> {
    const tables = await this.#tablesOf(name);
    const found = tables.find((table) => isSame(table.name, ownName(name)));
    if (found !== undefined) return found;
    const near = didYouMean(
      name,
      tables.map((table) => table.name),
    );
    throw new AnalysisError("NO_TABLE", `There is no table or view "${name}".${near}`);
  }
  async tableExists(name: string): Promise<boolean> {
    const database = databaseOf(name);
    if (database !== undefined && !(await this.databaseExists(database))) return false;
    return (await this.#tablesOf(name)).some((table) => isSame(table.name, ownName(name)));
  }
  async listColumns(table: string): Promise<ColumnEntry[]> {
    const schema = await this.#table(table).schema();
    return schema.map(({ name, type, nullable }) => ({ name, dataType: typeName(type), nullable }));
  }

  /** Whether there was such a view. */
  async dropTempView(name: string): Promise<boolean> {
    return this.#context.command(`drop view ${name}`, async (engine) => {
      const tables = await engine.tables();
      const views = tables.filter((table) => table.kind === "view" && isSame(table.name, name));
      // SQL text may have made a temporary one in front of this session's.
      for (const view of views) await engine.dropView(view.name);
      this.#context.sources.forgetViewsNamedIn(name);
      return views.length > 0;
    });
  }
  /** Drops a table with its rows. */
  dropTable(name: string, { ifExists = false }: { readonly ifExists?: boolean } = {}): Promise<void> {
    return this.#run(`drop table ${name}`, { what: "drop table", name, ifExists });
  }
  /** Drops a view that SQL text has made. */
  dropView(name: string, { ifExists = false }: { readonly ifExists?: boolean } = {}): Promise<void> {
    return this.#run(`drop view ${name}`, { what: "drop view", name, ifExists });
  }
  /** Has a table's files looked at anew, where others have changed them. DuckDB looks each time. */
  refreshTable(name: string): Promise<void> {
    return this.#run(`refresh table ${name}`, { what: "refresh table", name });
  }

  /** Keeps a table's or view's rows, as `table(name).persist(level)` does. */
  cacheTable(name: string, level?: StorageLevel): void {
    this.#table(name).persist(level);
  }
  uncacheTable(name: string): void {
    this.#table(name).unpersist();
  }
  /** Whether a table's or view's rows are kept, or are to be by the next action. */
  isCached(name: string): Promise<boolean> {
    return this.#context.isCached(this.#table(name).plan);
  }
  /** Forgets all that this session has cached. */
  clearCache(): Promise<void> {
    return this.#context.uncacheAll();
  }

  [inspect.custom](): string {
    return offered("Catalog", this);
  }

  #tablesOf(name: string): Promise<TableEntry[]> {
    return this.listTables(databaseOf(name));
  }

  #run(title: string, command: CatalogCommand): Promise<void> {
    return this.#context.command(title, async (engine) => {
      await engine.runOnCatalog(command);
      if (command.what === "drop table" || command.what === "drop view")
        this.#context.sources.forgetViewsNamedIn(ownName(command.name));
    });
  }

  /** Views of this session are temporary, whatever the engine makes of them. */
  #entry({ name, database, kind, isTemporary }: CatalogTable): TableEntry {
    const isOurs = kind === "view" && this.#context.sources.isView(name);
    return { name, database: isOurs ? null : database, kind, isTemporary: isTemporary || isOurs };
  }
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const ownName = (name: string): string => nameParts(name).at(-1) ?? name;
const databaseOf = (name: string): string | undefined => nameParts(name).at(-2);

function matching(pattern: string): (name: string) => boolean {
  const alternatives = pattern.split("|").map((one) =>
    one
      .trim()
      .replace(/[.+?^${}()[\]\\]/g, "\\$&")
      .replaceAll("*", ".*"),
  );
  const regex = new RegExp(`^(?:${alternatives.join("|")})$`, "isu");
  return (name) => regex.test(name);
}

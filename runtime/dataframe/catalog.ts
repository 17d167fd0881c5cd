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

  /** The name of the catalog that databases are in. */
  currentCatalog(): Promise<string> {
    return this.#context.command("current catalog", async (engine) => (await engine.databases()).catalog);
  }

  createDatabase(name: string, ifNotExists?: boolean | { readonly ifNotExists?: boolean }): Promise<void>;
  createDatabase(name: string, ...given: readonly unknown[]): Promise<void> {
    const { ifNotExists = false } = flags("createDatabase", ["ifNotExists"], given);
    return this.#run(`create database ${name}`, { what: "create schema", name, ifNotExists });
  }
  /** Drops a database; with `cascade`, its tables too: `dropDatabase("old", true, true)`, `dropDatabase("old", { cascade: true })`. */
  dropDatabase(name: string, ifExists?: boolean, cascade?: boolean): Promise<void>;
  dropDatabase(name: string, options: { readonly ifExists?: boolean; readonly cascade?: boolean }): Promise<void>;
  dropDatabase(name: string, ...given: readonly unknown[]): Promise<void> {
    const { ifExists = false, cascade = false } = flags("dropDatabase", ["ifExists", "cascade"], given);
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
  /** The views of a database, the current one by default, and the temporary views. */
  async listViews(database?: string, pattern = "*"): Promise<TableEntry[]> {
    return (await this.listTables(database, pattern)).filter(({ kind }) => kind === "view");
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
  async tableExists(table: string, inDatabase?: string): Promise<boolean> {
    const name = within(table, inDatabase);
    const database = databaseOf(name);
    if (database !== undefined && !(await this.databaseExists(database))) return false;
    return (await this.#tablesOf(name)).some((table) => isSame(table.name, ownName(name)));
  }
  async listColumns(table: string, inDatabase?: string): Promise<ColumnEntry[]> {
    const schema = await this.#table(within(table, inDatabase)).schema();
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
  /** Drops a table with its rows: `dropTable("late", true)`, or `{ ifExists: true }`, where it may not be there. */
  dropTable(name: string, ifExists?: boolean | { readonly ifExists?: boolean }): Promise<void>;
  dropTable(name: string, ...given: readonly unknown[]): Promise<void> {
    const { ifExists = false } = flags("dropTable", ["ifExists"], given);
    return this.#run(`drop table ${name}`, { what: "drop table", name, ifExists });
  }
  /** Drops a view that SQL text has made. */
  dropView(name: string, ifExists?: boolean | { readonly ifExists?: boolean }): Promise<void>;
  dropView(name: string, ...given: readonly unknown[]): Promise<void> {
    const { ifExists = false } = flags("dropView", ["ifExists"], given);
    return this.#run(`drop view ${name}`, { what: "drop view", name, ifExists });
  }
  /** Removes the rows of a table. */
  truncateTable(name: string): Promise<void> {
    return this.#run(`truncate table ${name}`, { what: "truncate table", name });
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

/** Flags in their order, or by their names. */
function flags<N extends string>(
  method: string,
  names: readonly N[],
  given: readonly unknown[],
): { readonly [K in N]?: boolean } {
  const [first] = given;
  const isNamed = typeof first === "object" && first !== null && given.length === 1;
  const entries = isNamed ? Object.entries(first) : given.map((value, at) => [names[at] ?? "", value] as const);
  const found = entries.filter(([, value]) => value !== undefined);
  if (found.some(([name, value]) => !names.includes(name as N) || typeof value !== "boolean"))
    throw new AnalysisError(
      "CATALOG",
      `${method} takes a name, and true or { ${names.map((name) => `${name}: true`).join(", ")} }, not ${inspect(isNamed ? first : given, { depth: 1 })}`,
    );
  return Object.fromEntries(found) as { readonly [K in N]?: boolean };
}

const within = (name: string, database: string | undefined): string =>
  database === undefined ? name : `${database}.${name}`;

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

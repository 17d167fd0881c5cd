import { inspect } from "node:util";
import type { Context } from "./context.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";

export type TableEntry = { readonly name: string; readonly kind: "table" | "view" };

/** The tables and views of a session. */
export class Catalog {
  readonly #context: Context;
  readonly #table: (name: string) => DataFrame<any>;

  constructor(context: Context, table: (name: string) => DataFrame<any>) {
    this.#context = context;
    this.#table = table;
  }

  async listTables(): Promise<TableEntry[]> {
    return this.#context.command("list tables", async (engine) => [...(await engine.tables())]);
  }
  async tableExists(name: string): Promise<boolean> {
    const tables = await this.listTables();
    return tables.some((table) => table.name.toLowerCase() === name.toLowerCase());
  }
  /** Whether there was such a view. */
  async dropTempView(name: string): Promise<boolean> {
    return this.#context.command(`drop view ${name}`, async (engine) => {
      const tables = await engine.tables();
      const views = tables.filter((table) => table.kind === "view" && table.name.toLowerCase() === name.toLowerCase());
      // SQL text may have made a temporary one in front of this session's.
      for (const view of views) await engine.dropView(view.name);
      this.#context.sources.forgetViewsNamedIn(name);
      return views.length > 0;
    });
  }

  /** Keeps a table's or view's rows, as `table(name).cache()` does. */
  cacheTable(name: string): void {
    this.#table(name).cache();
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
}

import { inspect } from "node:util";
import type { Table } from "apache-arrow";
import type { Schema } from "../plan/types.ts";
import { sparkTable } from "./spark-table.ts";

/** The first rows of a frame, as `show` and the display of a frame want them. */
export class Preview {
  readonly schema: Schema;
  /** The rows that are shown, and at least one more if there are more. */
  readonly table: Table;
  /** How many rows are shown at most. */
  readonly limit: number;
  /** Rows in all, where that is known without computing them. */
  readonly total: number | undefined;
  /** The session's time zone. */
  readonly timeZone: string;
  /** What computed them, where that is not in this process. */
  readonly engine: string | undefined;
  /** How many characters of a value are shown, where that was asked for; infinitely many for all. */
  readonly characters: number | undefined;

  constructor(content: Pick<Preview, "schema" | "table" | "limit" | "total" | "timeZone" | "engine" | "characters">) {
    this.schema = content.schema;
    this.table = content.table;
    this.limit = content.limit;
    this.total = content.total;
    this.timeZone = content.timeZone;
    this.engine = content.engine;
    this.characters = content.characters;
  }

  /** Whether there are more rows than those shown. */
  get more(): boolean {
    return this.table.numRows > this.limit;
  }

  [inspect.custom](): string {
    return sparkTable(this);
  }
}

import { inspect } from "node:util";
import type { Table } from "apache-arrow";
import { AnalysisError } from "../errors.ts";
import type { Schema } from "../plan/types.ts";
import { sparkTable } from "./spark-table.ts";
import { rowCount } from "./steps.ts";

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

export type ShowOptions = {
  /** How many rows; 20. */
  readonly n?: number;
  /** How many characters of a value, or false for all of them. */
  readonly truncate?: boolean | number;
  /** Each value on a line of its own. */
  readonly vertical?: boolean;
};

/** What `show` was asked for. */
export type Shown = { readonly n: number; readonly characters?: number; readonly vertical: boolean };

/** @throws AnalysisError for what `show` would pass over. */
export function shown(given: readonly unknown[]): Shown {
  const [first] = given;
  const isNamed = typeof first === "object" && first !== null && given.length === 1;
  const options = isNamed ? { ...first } : { n: first, truncate: given[1], vertical: given[2] };
  const { n, truncate, vertical, ...others } = options as { readonly [name: string]: unknown };
  const isUnknown = Object.keys(others).length > 0 || given.length > 3;
  const isLength = truncate === undefined || typeof truncate === "boolean" || Number.isSafeInteger(truncate);
  if (isUnknown || !isLength || !["boolean", "undefined"].includes(typeof vertical))
    throw new AnalysisError(
      "SHOW",
      `show takes a number of rows, a number of characters or false for whole values, and whether rows are vertical: show(20, false, true) or show({ truncate: false }), not ${inspect(given.length === 1 ? first : given, { depth: 1 })}`,
    );
  const characters = typeof truncate === "number" && truncate > 0 ? truncate : Number.POSITIVE_INFINITY;
  return {
    n: rowCount("show", (n ?? 20) as number),
    ...(truncate !== undefined && truncate !== true && { characters }),
    vertical: vertical === true,
  };
}

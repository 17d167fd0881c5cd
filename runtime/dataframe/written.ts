import { inspect } from "node:util";
import type { WriteMode, WriteSummary } from "../engine/engine.ts";

/** What a write gives, as a line of text where it is shown. */
export class Written implements WriteSummary {
  declare readonly path?: string;
  declare readonly table?: string;
  declare readonly rows?: number;
  declare readonly files?: number;
  declare readonly bytes?: number;
  declare readonly partitions?: number;
  /** The engine, where it is no part of this process. */
  declare readonly engine?: string;

  readonly #mode: WriteMode;

  constructor(summary: WriteSummary, mode: WriteMode, engine: string | undefined) {
    const known = Object.entries({ ...summary, engine }).filter(([, value]) => value !== undefined);
    Object.assign(this, Object.fromEntries(known));
    this.#mode = mode;
  }

  [inspect.custom](): string {
    const { path, table, engine, rows, files, bytes, partitions } = this;
    const target = table === undefined ? (path ?? "the rows") : `table ${table}`;
    if (files === 0) return `Left ${target} as it was`;
    const numbers = [
      counted(rows, "row"),
      counted(files, "file"),
      counted(partitions || undefined, "partition"),
      counted(bytes, "byte"),
    ].filter((text) => text !== undefined);
    const where = `${target}${engine ? ` on ${engine}` : ""}`;
    if (numbers.length > 0) return `Wrote ${where}: ${numbers.join(", ")}`;
    const unless = this.#mode === "ignore" ? " unless it was there" : "";
    return `Wrote ${where}${unless} (the server does not tell how many rows)`;
  }
}

const counted = (count: number | undefined, unit: string): string | undefined =>
  count === undefined ? undefined : `${count.toLocaleString("en-US")} ${unit}${count === 1 ? "" : "s"}`;

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { EngineError } from "../../errors.ts";
import type { Schema } from "../../plan/types.ts";
import { quoteName, quoteText } from "../../sql/duckdb-literal.ts";
import type { Keep, Kept } from "../engine.ts";
import { OWN_SCHEMA } from "./connection.ts";

/** What lies beside the rows, as JSON; `types` are DuckDB's, in the order of the columns. */
type Entry = Keep & { readonly schema: Schema; readonly rows: number; readonly types: readonly string[] };

/**
 * Rows on disk that outlive this engine: for each plan a folder with a Parquet file, and a view over it. The entry is
 * written last and by a rename: without it, the folder is one that a crash left half.
 */
export class KeptRows {
  readonly #folder: string;
  /** By table. */
  readonly #held = new Map<string, { readonly path: string; readonly key: string }>();
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async create(connection: DuckDBConnection, sql: string, schema: Schema, { key, note }: Keep): Promise<Kept> {
    mkdirSync(this.#folder, { recursive: true });
    const path = mkdtempSync(join(this.#folder, "rows-"));
    try {
      const types = await columnTypes(connection, sql);
      const copied = await connection.runAndReadAll(
        `COPY (${sql}) TO ${quoteText(join(path, rowsFile))} (FORMAT parquet, COMPRESSION zstd)`,
      );
      const rows = Number(copied.getRows()[0]?.[0] ?? 0);
      const entry: Entry = { key, note, schema, rows, types };
      const table = await this.#open(connection, path, entry);
      writeFileSync(join(path, "entry.next"), JSON.stringify(entry));
      renameSync(join(path, "entry.next"), join(path, entryFile));
      this.#supersede(key, path);
      return { ...entry, table, bytes: bytesOf(path) };
    } catch (error) {
      rmSync(path, { recursive: true, force: true });
      throw diskFull(error, this.#folder) ?? error;
    }
  }

  /** Makes what an earlier engine kept readable; what cannot be read is left out. */
  async attach(connection: DuckDBConnection): Promise<Kept[]> {
    const found: Kept[] = [];
    for (const path of foldersByAge(this.#folder)) {
      if ([...this.#held.values()].some((held) => held.path === path)) continue;
      const entry = readEntry(path);
      if (entry === undefined) continue;
      try {
        found.push({ ...entry, table: await this.#open(connection, path, entry), bytes: bytesOf(path) });
      } catch {
        // Somebody has damaged it: it is computed again.
      }
    }
    return found;
  }

  /** Removes the rows; answers whether the table is one of these. */
  async drop(connection: DuckDBConnection, table: string): Promise<boolean> {
    const held = this.#held.get(table);
    if (held === undefined) return false;
    this.#held.delete(table);
    await connection.run(`DROP VIEW IF EXISTS ${OWN_SCHEMA}.${quoteName(table)}`);
    rmSync(held.path, { recursive: true, force: true });
    return true;
  }

  /** Frames that are the rows from before may still be read until the session ends; nothing finds them by their key. */
  #supersede(key: string, path: string): void {
    for (const other of foldersByAge(this.#folder)) {
      if (other !== path && readEntry(other)?.key === key) rmSync(join(other, entryFile));
    }
  }

  keyOf(table: string): string | undefined {
    return this.#held.get(table)?.key;
  }

  async #open(connection: DuckDBConnection, path: string, { key, schema, types }: Entry): Promise<string> {
    const table = `kept_${++this.#count}`;
    const rows = `read_parquet(${quoteText(join(path, rowsFile))}, hive_partitioning = false)`;
    const read = await columnTypes(connection, `SELECT * FROM ${rows}`);
    // Parquet knows fewer types than DuckDB.
    const columns = schema.map(({ name }, i) =>
      read[i] === types[i] ? quoteName(name) : `CAST(${quoteName(name)} AS ${types[i]}) AS ${quoteName(name)}`,
    );
    await connection.run(`CREATE VIEW ${OWN_SCHEMA}.${quoteName(table)} AS SELECT ${columns.join(", ")} FROM ${rows}`);
    this.#held.set(table, { path, key });
    return table;
  }
}

function diskFull(cause: unknown, folder: string): EngineError | undefined {
  if (!/No space left on device|ENOSPC/.test(String(cause))) return undefined;
  const message = `The disk is full: the rows cannot be kept in ${JSON.stringify(folder)}. Nothing of them is left there. Free some room, persist in memory, or set TMPDIR to a larger disk before the kernel starts.`;
  return new EngineError("IO", message, { cause });
}

const rowsFile = "rows.parquet";
const entryFile = "entry.json";

async function columnTypes(connection: DuckDBConnection, sql: string): Promise<string[]> {
  const described = await connection.runAndReadAll(`DESCRIBE ${sql}`);
  return described.getRows().map(([, type]) => String(type));
}

const bytesOf = (path: string): number => statSync(join(path, rowsFile)).size;

/** The oldest first. */
function foldersByAge(folder: string): string[] {
  try {
    const paths = readdirSync(folder).map((name) => join(folder, name));
    return paths.sort((a, b) => statSync(a).ctimeMs - statSync(b).ctimeMs);
  } catch {
    return [];
  }
}

/** Undefined where a crash came before it was whole. */
function readEntry(path: string): Entry | undefined {
  try {
    return JSON.parse(readFileSync(join(path, entryFile), "utf8"));
  } catch {
    return undefined;
  }
}

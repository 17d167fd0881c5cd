import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join, parse, relative } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { AnalysisError, EngineError, QuernError } from "../../../errors.ts";
import type { Schema } from "../../../plan/types.ts";
import type { WriteSummary } from "../../engine.ts";
import { engineError } from "../errors.ts";
import { toLocalPath } from "../readers/files.ts";
import { copyStatement, partitionKeys } from "./copy.ts";
import { makeFolder, moveInto, recover, release, removeMade, sidePath, swapIn } from "./staging.ts";
import type { FileTarget } from "./target.ts";

/**
 * Writes a query's rows as a folder of part files. They are written beside the target and swapped in by renames: a
 * write that fails or is interrupted leaves the target as it was, and nothing beside it.
 */
export async function writeFiles(
  connection: DuckDBConnection,
  sql: string,
  schema: Schema,
  target: FileTarget,
  beforeSwap: () => Promise<void>,
): Promise<WriteSummary> {
  const path = localTarget(target);
  attempt(target, () => recover(path));
  const exists = existsSync(path);
  if (exists && target.mode === "ignore") return { path: target.path, rows: 0, files: 0, bytes: 0, partitions: 0 };
  checkTarget(path, target, exists);
  const staging = sidePath(path, "staging");
  const statement = copyStatement(sql, schema, target, staging);
  const made = attempt(target, () => makeFolder(dirname(path)));
  try {
    attempt(target, () => mkdirSync(staging));
    const rows = await copy(connection, statement, staging, sql, schema, target);
    const written = await finishFiles(staging);
    if (exists && target.mode === "overwrite") await beforeSwap();
    attempt(target, () => (target.mode === "append" ? moveInto(path, staging) : swapIn(path, staging)));
    return { path: target.path, rows, ...written };
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    removeMade(made, dirname(path));
    throw error instanceof QuernError ? error : engineError(error, { sql: statement });
  } finally {
    release(staging);
  }
}

async function copy(
  connection: DuckDBConnection,
  statement: string,
  staging: string,
  sql: string,
  schema: Schema,
  target: FileTarget,
): Promise<number> {
  const rows = await count(connection, statement);
  if (rows > 0 || partitionKeys(schema, target).length === 0) return rows;
  // No rows are no partitions: one file without any keeps the columns.
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  return count(
    connection,
    copyStatement(`SELECT * FROM (${sql}) LIMIT 0`, schema, { ...target, partitionBy: [] }, staging),
  );
}

async function count(connection: DuckDBConnection, statement: string): Promise<number> {
  const reader = await connection.runAndReadAll(statement);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

/** Numbers the files so that their order is that of their names, and brings them to the disk before they count. */
async function finishFiles(staging: string): Promise<{ files: number; bytes: number; partitions: number }> {
  const partitions = new Set<string>();
  let [files, bytes] = [0, 0];
  for (const name of readdirSync(staging, { recursive: true }) as string[]) {
    const from = join(staging, name);
    const stats = statSync(from);
    if (!stats.isFile()) continue;
    const numbered = basename(name).replace(/^part-(\d+)-/, (_, i: string) => `part-${i.padStart(5, "0")}-`);
    const to = join(dirname(from), numbered);
    renameSync(from, to);
    await sync(to);
    files++;
    bytes += stats.size;
    const folder = relative(staging, dirname(from));
    if (folder !== "") partitions.add(folder);
  }
  await (await open(join(staging, "_SUCCESS"), "w")).close();
  return { files, bytes, partitions: partitions.size };
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function localTarget(target: FileTarget): string {
  const path = toLocalPath(target.path);
  if (path !== undefined) return path;
  throw new EngineError(
    "NOT_LOCAL",
    `${JSON.stringify(target.path)} is no local path. Remote targets cannot be written atomically and are not supported.`,
  );
}

function checkTarget(path: string, target: FileTarget, exists: boolean): void {
  const quoted = JSON.stringify(target.path);
  if (path === parse(path).root || !relative(path, process.cwd()).startsWith("..")) {
    const message = `${quoted} is the working folder or above it: it would be replaced. Name a folder of its own.`;
    throw new AnalysisError("BAD_TARGET", message);
  }
  if (!exists) return;
  if (target.mode === "errorifexists") {
    throw new AnalysisError(
      "EXISTS",
      `${quoted} already exists. Use .mode("overwrite") to replace it, .mode("append") to add to it, or .mode("ignore") to keep it.`,
    );
  }
  if (target.mode === "append" && !statSync(path).isDirectory()) {
    throw new AnalysisError("NOT_A_FOLDER", `${quoted} is a file: only folders can be appended to.`);
  }
}

/** File-system work whose failures are told in the user's terms. */
function attempt<T>(target: FileTarget, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const quoted = JSON.stringify(target.path);
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
      const text = `${quoted} cannot be written: no permission for the folder ${JSON.stringify(dirname(localTarget(target)))}.`;
      throw new EngineError("NO_PERMISSION", text, { cause });
    }
    if (code === "ENOSPC") throw new EngineError("IO", `${quoted} cannot be written: the disk is full.`, { cause });
    if (code === "ENOTDIR" || code === "EEXIST") {
      throw new EngineError("NOT_A_FOLDER", `${quoted} cannot be written: a part of the path is a file.`, { cause });
    }
    if (code === "ENOENT") {
      const text = `${quoted} cannot be written: no folder can be made there (${message}).`;
      throw new EngineError("NOT_A_FOLDER", text, { cause });
    }
    throw new EngineError("IO", `${quoted} cannot be written: ${message}`, { cause });
  }
}

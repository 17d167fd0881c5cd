import type { Schema, SqlType } from "../../../plan/types.ts";
import { duckdbType, quoteName } from "../../../sql/duckdb-literal.ts";
import type { DataFile } from "./files.ts";

/**
 * The reader's arguments for partition folders (`day=2024-01-01`), with types as Spark infers them from all values;
 * and the columns that DuckDB would add from folders above what the user named.
 */
export function partitionArguments(
  files: readonly DataFile[],
  schema?: Schema,
): { arguments: string[]; extra: string[] } {
  const names = partitionNames(files);
  if (names.length === 0) return { arguments: ["hive_partitioning = false"], extra: [] };
  const types = names.map((name) => {
    const declared = schema?.find((field) => field.name.toLowerCase() === name.toLowerCase());
    return `${quoteName(name)}: ${duckdbType(declared?.type ?? inferType(files, name))}`;
  });
  const above = new Set<string>();
  for (const file of files.slice(0, 1)) {
    for (const match of file.path.matchAll(/(?<=^|[\\/])([^\\/=]+)=[^\\/]*(?=[\\/])/g)) above.add(match[1] as string);
  }
  return {
    arguments: ["hive_partitioning = true", `hive_types = {${types.join(", ")}}`],
    extra: [...above].filter((name) => !names.includes(name)),
  };
}

/** Partition columns, where every file has the same ones. */
export function partitionNames(files: readonly DataFile[]): readonly string[] {
  const names = files[0]?.partitions.map((partition) => partition.name) ?? [];
  const same = files.every((file) => file.partitions.map((partition) => partition.name).join("/") === names.join("/"));
  return same ? names : [];
}

function inferType(files: readonly DataFile[], name: string): SqlType {
  const values = files.flatMap((file) => file.partitions.find((partition) => partition.name === name)?.value ?? []);
  const all = (test: (value: string) => boolean) => values.length > 0 && values.every(test);
  if (all((value) => /^[+-]?\d{1,18}$/.test(value))) {
    return all((value) => Math.abs(Number(value)) < 2 ** 31) ? { kind: "int" } : { kind: "long" };
  }
  if (all((value) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))) return { kind: "double" };
  if (all((value) => /^\d{4}-\d{2}-\d{2}$/.test(value))) return { kind: "date" };
  if (all((value) => /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/.test(value))) return { kind: "timestamp_ntz" };
  return { kind: "string" };
}

import type { Schema, SqlType } from "../../../plan/types.ts";
import { duckdbType, quoteName } from "../../../sql/duckdb-literal.ts";
import type { DataFile } from "./files.ts";

export type PartitionReading = {
  /** For the reader function. */
  readonly arguments: readonly string[];
  /** What the reader gives, without columns of folders above what the user named, and with names as the user knows. */
  readonly wrap: (reader: string) => string;
};

/** How partition folders (`day=2024-01-01`) are read, with types as Spark infers them from all values. */
export function partitionReading(files: readonly DataFile[], schema?: Schema): PartitionReading {
  const names = partitionNames(files);
  const partitions = names.length === 0 ? [] : (files[0]?.partitions ?? []);
  if (partitions.length === 0) return { arguments: ["hive_partitioning = false"], wrap: (reader) => reader };
  const types = partitions.map(({ name, written }) => {
    const declared = schema?.find((field) => field.name.toLowerCase() === name.toLowerCase());
    return `${quoteName(written)}: ${duckdbType(declared?.type ?? inferType(files, name))}`;
  });
  const inPath = [...(files[0]?.path ?? "").matchAll(/(?<=^|[\\/])([^\\/=]+)=[^\\/]*(?=[\\/])/g)].map(
    (match) => match[1],
  );
  const above = [...new Set(inPath)].filter((name) => partitions.every(({ written }) => written !== name));
  // DuckDB has them in the order of their names, Spark in that of the folders.
  const taken = [...above, ...partitions.map(({ written }) => written)].map((name) => quoteName(name ?? ""));
  const inOrder = partitions.map(({ name, written }) =>
    name === written ? quoteName(name) : `${quoteName(written)} AS ${quoteName(name)}`,
  );
  const isSame = above.length === 0 && partitions.length === 1 && partitions[0]?.name === partitions[0]?.written;
  return {
    arguments: ["hive_partitioning = true", `hive_types = {${types.join(", ")}}`],
    wrap: (reader) =>
      isSame ? reader : `(SELECT * EXCLUDE (${taken.join(", ")}), ${inOrder.join(", ")} FROM ${reader})`,
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

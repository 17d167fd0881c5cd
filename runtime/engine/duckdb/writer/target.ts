import { AnalysisError, type Origin } from "../../../errors.ts";
import type { FileFormat } from "../../../plan/nodes.ts";
import type { WriteTarget } from "../../engine.ts";
import { writeFormat } from "../formats.ts";

/** Files that this engine can write. */
export type FileTarget = Omit<WriteTarget, "table"> & { readonly format: FileFormat; readonly path: string };
export type TableTarget = WriteTarget & { readonly table: NonNullable<WriteTarget["table"]> };

/** @throws AnalysisError for what only a cluster's sources know. */
export function checkedTarget(target: WriteTarget, origin?: Origin): FileTarget | TableTarget {
  const { table, ...files } = target;
  const { path, partitionBy } = files;
  const format = writeFormat(target.format ?? "parquet", origin);
  const layout = [
    ["bucketBy", target.bucketBy],
    ["sortBy", target.sortBy],
    ["clusterBy", target.clusterBy],
    ["partitionBy", table && partitionBy.length > 0 ? partitionBy : undefined],
  ].find(([, given]) => given !== undefined);
  if (layout !== undefined) {
    const message = `${layout[0]} lays out the files of a cluster's tables; DuckDB's ${table ? "tables are in memory" : "files know partitionBy"}. Leave it out, or write on a Spark server: use("sc://host:15002").`;
    throw new AnalysisError("LAYOUT", message, { origin });
  }
  if (table !== undefined) return { ...target, table };
  if (path === undefined) throw new AnalysisError("PATH", `write.${format} takes a path`, { origin });
  return { ...files, format, path };
}

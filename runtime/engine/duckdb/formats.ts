import { AnalysisError, type Origin } from "../../errors.ts";
import { nearest } from "../../plan/nearest.ts";
import type { FileFormat } from "../../plan/nodes.ts";

/** What DuckDB reads: lines of text too. */
export type ReadFormat = FileFormat | "text";

const read: readonly ReadFormat[] = ["parquet", "csv", "json", "text"];
const written: readonly FileFormat[] = ["parquet", "csv", "json"];

export const readFormat = (format: string, origin?: Origin): ReadFormat => known("reads", read, format, origin);
export const writeFormat = (format: string, origin?: Origin): FileFormat => known("writes", written, format, origin);

/** There are formats that only Spark has, and misspelt ones. */
function known<F extends string>(does: string, formats: readonly F[], format: string, origin: Origin | undefined): F {
  const found = formats.find((name) => name === format);
  if (found !== undefined) return found;
  const near = nearest(format, formats);
  const way =
    near === undefined ? ` A Spark server may know "${format}": use("sc://host:15002").` : ` Did you mean "${near}"?`;
  throw new AnalysisError("FORMAT", `DuckDB ${does} ${formats.join(", ")}, not "${format}".${way}`, { origin });
}

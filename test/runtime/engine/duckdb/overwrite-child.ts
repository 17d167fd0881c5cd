import { openDuckDB } from "../../../../runtime/engine/duckdb/duckdb.ts";
import { sql, target } from "./helper.ts";

// Overwrites a path with far more than can be written before its parent kills it.
const [path] = process.argv.slice(2);
const engine = await openDuckDB({ threads: 2 });
if (path !== undefined) {
  const endless = sql("SELECT a.range AS i FROM range(100000000) a, range(100) b");
  await engine.write(endless, target("parquet", path, { mode: "overwrite" }));
}

import { duckdbType, quoteName } from "../../../sql/duckdb-literal.ts";
import { columnNames } from "../describe.ts";
import type { ReadContext } from "./source.ts";

export async function parquetSource({ database, node, list, shared, wrap }: ReadContext): Promise<string> {
  const from = wrap(`read_parquet(${[list, ...shared].join(", ")})`);
  const { schema } = node;
  if (schema === undefined) return from;
  // A given schema picks columns by name; what a file does not have is null.
  const present = new Map((await columnNames(database, `FROM ${from}`)).map((name) => [name.toLowerCase(), name]));
  const columns = schema.map((field) => {
    const name = present.get(field.name.toLowerCase());
    const value = name === undefined ? "NULL" : quoteName(name);
    return `CAST(${value} AS ${duckdbType(field.type)}) AS ${quoteName(field.name)}`;
  });
  return `(SELECT ${columns.join(", ")} FROM ${from})`;
}

import type { DuckDBType } from "@duckdb/node-api";
import { quoteName, quoteText } from "../../../sql/duckdb-literal.ts";
import { describe, type EngineColumn } from "../describe.ts";
import type { ReadContext } from "./source.ts";

/**
 * The types of columns where DuckDB's own detection is wrong, as a `columns` argument: ISO 8601 times with a zone are
 * instants, those without are times without a zone whatever their fractions, "Infinity" is no date, and what looks like a
 * time of day is text. Undefined where it is right.
 */
export async function jsonColumns(context: ReadContext, args: readonly string[]): Promise<string | undefined> {
  const { files, remote, node } = context;
  const stamp = files.map((file) => [file.path, file.bytes, file.changedMs]);
  const key = JSON.stringify([stamp, remote, node.options]);
  if (cache.has(key)) return cache.get(key);
  const found = await detect(context, args);
  if (cache.size > CACHED) cache.delete(cache.keys().next().value as string);
  cache.set(key, found);
  return found;
}

async function detect({ database, files }: ReadContext, args: readonly string[]): Promise<string | undefined> {
  const columns = await describe(database.main, `FROM read_json(${args.join(", ")})`);
  const partitions = /hive_types = \{([^}]*)\}/.exec(args.join(", "))?.[1] ?? "";
  const own = columns.filter((column) => !partitions.includes(`${quoteName(column.name)}: `));
  let open = own.filter((column) => ["DATE", "TIMESTAMP", "VARCHAR"].includes(sqlType(column)));
  const times = own.filter((column) => /\bTIME\b/.test(column.type.toString()));
  const types = new Map<string, string>();
  // The first rows rule most columns of text out.
  const isSmall = files.reduce((sum, file) => sum + file.bytes, 0) <= SMALL_BYTES;
  for (const limit of [FIRST_ROWS, isSmall ? "ALL" : SAMPLE_ROWS]) {
    if (open.length === 0) break;
    const asText = own.map((column) => {
      const type = open.includes(column) ? "VARCHAR" : sqlType(column);
      return `${quoteText(column.name)}: ${quoteText(type)}`;
    });
    const tests = open.map(({ name }, i) => {
      const all = (pattern: string) => `bool_and(regexp_full_match(${quoteName(name)}, ${quoteText(pattern)}))`;
      return `[${[ZONED, LOCAL, INFINITE].map(all).join(", ")}] AS c${i}`;
    });
    const sample = `SELECT * FROM read_json(${[...args, `columns = {${asText.join(", ")}}`].join(", ")}) LIMIT ${limit}`;
    const [row] = await database.rows<{ [name: string]: readonly (boolean | null)[] }>(
      `SELECT ${tests.join(", ")} FROM (${sample})`,
    );
    types.clear();
    for (const [i, column] of open.entries()) {
      const [zoned, local, infinite] = row?.[`c${i}`] ?? [];
      const type = zoned ? "TIMESTAMPTZ" : local ? "TIMESTAMP" : infinite ? "VARCHAR" : undefined;
      if (type !== undefined && type !== sqlType(column)) types.set(column.name, type);
    }
    open = open.filter((column) => types.has(column.name));
  }
  if (types.size === 0 && times.length === 0) return undefined;
  const all = own.map((column) => `${quoteText(column.name)}: ${quoteText(types.get(column.name) ?? sqlType(column))}`);
  return `columns = {${all.join(", ")}}`;
}

const sqlType = (column: EngineColumn): string => (column.type.alias === "JSON" ? "JSON" : plainType(column));

/** The type with text in place of times of day, which JSON does not have. */
const plainType = ({ type }: EngineColumn): string => withoutTimes(type);

function withoutTimes(type: DuckDBType): string {
  const { valueType, entryNames, entryTypes } = type as DuckDBType & {
    readonly valueType?: DuckDBType;
    readonly entryNames?: readonly string[];
    readonly entryTypes?: readonly DuckDBType[];
  };
  const text = type.toString();
  if (text === "TIME") return "VARCHAR";
  if (!text.includes("TIME")) return text;
  if (text.endsWith("[]") && valueType !== undefined) return `${withoutTimes(valueType)}[]`;
  if (entryNames === undefined || entryTypes === undefined) return text;
  const fields = entryNames.map((name, index) => `${quoteName(name)} ${withoutTimes(entryTypes[index] as DuckDBType)}`);
  return `STRUCT(${fields.join(", ")})`;
}

const TIME = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?`;
const LOCAL = TIME;
const ZONED = String.raw`${TIME}(Z|[+-]\d\d(:?\d\d)?)`;
const INFINITE = "[+-]?(?i:inf|infinity|nan)";
const [FIRST_ROWS, SAMPLE_ROWS] = [2048, 204_800];
const SMALL_BYTES = 32 * 2 ** 20;
const CACHED = 200;
const cache = new Map<string, string | undefined>();

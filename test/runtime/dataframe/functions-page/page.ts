import { readFileSync } from "node:fs";
import { F } from "../../../../runtime/index.ts";
import { sparkOnly } from "../../../../runtime/sql/duckdb-functions/spark-only.ts";
import { duckdbOnly, reasonWithout } from "./reasons.ts";

export type Group = { readonly title: string; readonly names: readonly string[] };

/** The functions of PySpark 4.2.1, in the groups of its own list (`__all__` of pyspark.sql.functions). */
export const groups: readonly Group[] = readFileSync(new URL("pyspark-functions.txt", import.meta.url), "utf8")
  .trim()
  .split("\n\n")
  .map((text) => {
    const [title = "", ...lines] = text.split("\n");
    return { title: title.replace("# ", ""), names: lines.join(" ").split(" ") };
  });

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
const inF = (name: string) => Object.hasOwn(F, name);

/** docs/functions.md: where each function of PySpark is. */
export function page(): string {
  const all = groups.flatMap(({ names }) => names);
  const onSpark = all.filter((name) => inF(name) && name in sparkOnly);
  const onDuckDB = all.filter((name) => name in duckdbOnly);
  const onBoth = all.filter((name) => inF(name) && !(name in sparkOnly) && !(name in duckdbOnly));
  const missing = all.length - onBoth.length - onSpark.length - onDuckDB.length;
  const counts = `Of PySpark 4.2.1's ${all.length} functions, ${onBoth.length} give the same on both engines, ${onSpark.length} work on Spark only, ${onDuckDB.length} on DuckDB only, and ${missing} are not in Quern.`;
  const own = Object.keys(F).filter((name) => !all.includes(name));
  const more = `## Not in PySpark's list\n\n${code(own.sort())}`;
  return `${[HEAD, counts, ...groups.map(section), more].join("\n\n")}\n`;
}

function section({ title, names }: Group): string {
  const both = names.filter((name) => inF(name) && !(name in sparkOnly) && !(name in duckdbOnly));
  const duckdb = names.filter((name) => name in duckdbOnly);
  const spark = names.filter((name) => inF(name) && name in sparkOnly);
  const missing = names.filter((name) => !inF(name));
  const parts = [`## ${title}`];
  if (both.length > 0) parts.push(`On both engines: ${code(both)}`);
  if (spark.length > 0) parts.push(`On Spark only:\n\n${listed(spark, (name) => sparkOnly[name] ?? "")}`);
  if (duckdb.length > 0) parts.push(`On DuckDB only:\n\n${listed(duckdb, (name) => duckdbOnly[name] ?? "")}`);
  if (missing.length > 0) parts.push(`Not in Quern:\n\n${listed(missing, reasonWithout)}`);
  return parts.join("\n\n");
}

/** Names that share a reason share a line. */
function listed(names: readonly string[], reasonOf: (name: string) => string): string {
  const byReason = Map.groupBy(names, reasonOf);
  return [...byReason].map(([reason, those]) => `- ${code(those)}: ${reason}`).join("\n");
}

const HEAD = `# Functions

Written by \`node test/runtime/dataframe/functions-page/write-page.ts\` from the tables of functions; a test compares it.

Functions are members of \`F\` (\`F.upper(f.name)\`) and exports of the package, by PySpark's names. They mean what Spark 4 means in
ANSI mode, on DuckDB too: what DuckDB cannot do alike works on Spark only and is, on DuckDB, an error that says so before
anything runs.`;

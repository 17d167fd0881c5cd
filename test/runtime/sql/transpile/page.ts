import { queriesIn } from "./corpus.ts";

const FILES = [
  ["duckdb-to-spark.txt", "DuckDB's SQL on Spark"],
  ["spark-to-duckdb.txt", "Spark's SQL on DuckDB"],
] as const;

const WORDS = { equal: "The same rows", refused: "Refused before anything runs", fails: "An error of the query" };

/** docs/sql-text.md: what becomes of each query of the corpus on the other engine. */
export function page(): string {
  const parts = FILES.map(([file, title]) => {
    const queries = queriesIn(file);
    const count = (outcome: keyof typeof WORDS) => queries.filter((query) => query.outcome === outcome).length;
    const sections = [...new Set(queries.map(({ section }) => section))].map((section) => {
      const lists = (["equal", "refused", "fails"] as const).flatMap((outcome) => {
        const texts = queries.filter((query) => query.section === section && query.outcome === outcome);
        return texts.length === 0
          ? []
          : [`${WORDS[outcome]}:`, `\`\`\`sql\n${texts.map(({ text }) => text).join("\n")}\n\`\`\``];
      });
      return [`### ${section}`, ...lists].join("\n\n");
    });
    const counts = `${queries.length} queries: ${count("equal")} give the same rows, ${count("refused")} are refused, ${count("fails")} are an error of the query on the other engine. None gives other rows.`;
    return [`## ${title}`, counts, ...sections].join("\n\n");
  });
  return `${[HEAD, ...parts].join("\n\n")}\n`;
}

const HEAD = `# SQL text on the other engine

Written by \`node test/runtime/sql/transpile/write-page.ts\` from the queries of \`test/runtime/sql/transpile\`, which the tests run.

Texts (\`sql\`, \`expr\`, \`selectExpr\`, \`filter("…")\`) are read in the session's dialect, DuckDB's on both engines unless
\`spark.conf.set("spark.quern.sql.dialect", "spark")\` was called; a frame keeps the dialect that held when it was made.

DuckDB's SQL is translated for Spark by a library, [Polyglot](https://github.com/tobilg/polyglot). Only what was seen to give the same
rows is translated; all else is an error that names it. Where that hangs on a type, which the translator does not know, the error
comes when the query runs ("An error of the query" below). The ways out are the DataFrame's methods, or text in the engine's own SQL.

Spark's SQL becomes a plan on DuckDB, as if it had been written with the DataFrame's methods: the library reads it, and functions (all that
[work on both engines](functions.md)), callbacks, windows, casts, types and names of columns mean there what they mean in plans. What plans
have no terms for is refused by its name: \`WITH RECURSIVE\`, \`INSERT\`, \`SHOW\` and \`DESCRIBE\` (use \`spark.catalog\`), \`IN (SELECT …)\` as a
value, windows over a RANGE of time, columns of rows more than one query around, queries nested more than 32 deep, a result with two
columns of one name. Queries in \`expr("…")\` stand in filter, select and withColumn.

What differs of DuckDB's SQL on Spark, and is no error:

- A DATE and an INTERVAL of days or more is a DATE on Spark, and a TIMESTAMP at midnight in DuckDB.
- The kind of number may be another (LONG for \`ceil\` and \`floor\` on Spark, where DuckDB has DOUBLE); the numbers are the same.
- Names of columns without AS are DuckDB's only for plain calls such as \`count(*)\` and \`sum(x)\`; others are the engine's. A column
  is named as the text spells it on Spark, and as its table does in DuckDB.
- What is NULL or infinite in DuckDB, as division by zero, is an error on Spark.
- Texts, NULL and values of the types of a UNION's sides are converted by the engine's own rules: cast where they differ.`;

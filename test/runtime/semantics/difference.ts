import type { Answer, AnsweredColumn } from "./answers.ts";
import type { Example, Section } from "./example.ts";
import { roundedText } from "./value-text.ts";

/** What an example says that is not so; undefined if it is as it says. */
export function complaint(section: Section, example: Example<any>, duckdb: Answer, spark: Answer): string | undefined {
  const { outcome } = example;
  const said = difference(duckdb, spark, {
    isOrdered: section.how !== "frames" || example.isOrdered === true,
    isNear: outcome.kind === "nearly",
    isPromised: section.how !== "frames" || section.isUnpromised !== true,
  });
  switch (outcome.kind) {
    case "same":
      if (said === undefined && "error" in spark) return `an error on both: ${spark.error} (${spark.message})`;
      return said;
    case "nearly":
      return said;
    case "fails":
      if (!("error" in spark)) return `Spark has an answer: ${shown(spark)}`;
      if (spark.error !== outcome.error) return `on Spark the error is ${spark.error}: ${spark.message}`;
      return said;
    case "differs":
      return said === undefined ? "it does not differ" : undefined;
    case "missing":
      if ("error" in spark) return `Spark fails: ${spark.error} (${spark.message})`;
      if (!("error" in duckdb)) return `DuckDB has an answer: ${shown(duckdb)}`;
      return duckdb.isRefused ? undefined : `DuckDB fails only when it runs: ${duckdb.error} (${duckdb.message})`;
  }
}

type Demands = { readonly isOrdered: boolean; readonly isNear: boolean; readonly isPromised: boolean };

function difference(duckdb: Answer, spark: Answer, { isOrdered, isNear, isPromised }: Demands): string | undefined {
  if ("error" in duckdb || "error" in spark) {
    if ("error" in duckdb && "error" in spark && duckdb.error === spark.error) return undefined;
    return `DuckDB: ${shown(duckdb)}\nSpark:  ${shown(spark)}`;
  }
  if (duckdb.columns.length !== spark.columns.length)
    return `columns: DuckDB ${duckdb.columns.map(({ name }) => name)}, Spark ${spark.columns.map(({ name }) => name)}`;
  for (const [index, ours] of duckdb.columns.entries()) {
    const said = promiseDifference(ours, spark.columns[index] as AnsweredColumn, isPromised);
    if (said !== undefined) return said;
  }
  const found = rowTexts(duckdb.columns, isNear);
  const wanted = rowTexts(spark.columns, isNear);
  if (!isOrdered) for (const rows of [found, wanted]) rows.sort();
  if (found.length !== wanted.length)
    return `rows: DuckDB ${found.length}, Spark ${wanted.length}\n${found.join("\n")}\n--\n${wanted.join("\n")}`;
  const wrong = found.flatMap((row, at) =>
    row === wanted[at] ? [] : [`row ${at}: DuckDB ${row}, Spark ${wanted[at]}`],
  );
  return wrong.length === 0 ? undefined : wrong.join("\n");
}

/** Names and types are equal. What Spark promises never to be null, we do; what we promise beyond that is kept. */
function promiseDifference(ours: AnsweredColumn, sparks: AnsweredColumn, isPromised: boolean): string | undefined {
  if (ours.name !== sparks.name) return `names: DuckDB ${ours.name}, Spark ${sparks.name}`;
  if (ours.type !== sparks.type) return `types: DuckDB ${ours.type}, Spark ${sparks.type}`;
  if (isPromised && ours.nullable && !sparks.nullable)
    return `${ours.name} may be null in DuckDB, and never is on Spark`;
  if (!ours.nullable && ours.values.includes("null"))
    return `${ours.name} is null in DuckDB, though that was ruled out`;
  return undefined;
}

const rowTexts = (columns: readonly AnsweredColumn[], isNear: boolean): string[] =>
  (columns[0]?.values ?? []).map((_, row) => {
    const text = columns.map(({ values }) => values[row]).join(" | ");
    return isNear ? roundedText(text) : text;
  });

const shown = (answer: Answer): string =>
  "error" in answer
    ? `error ${answer.error} (${answer.message})`
    : answer.columns.map(({ name, type, values }) => `${name} ${type}: ${values.join(" | ")}`).join("; ");

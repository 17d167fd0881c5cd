import type { Dialect } from "./dialect.ts";
import { duckdbCast, duckdbConvert } from "./duckdb-cast.ts";
import { aggregateTemplates } from "./duckdb-functions/aggregates.ts";
import { collectionTemplates } from "./duckdb-functions/collections.ts";
import { conditionalTemplates } from "./duckdb-functions/conditional.ts";
import { dateTemplates } from "./duckdb-functions/dates.ts";
import { mathTemplates } from "./duckdb-functions/math.ts";
import { operatorTemplates } from "./duckdb-functions/operators.ts";
import { stringTemplates } from "./duckdb-functions/strings.ts";
import { windowTemplates } from "./duckdb-functions/windows.ts";
import { duckdbLiteral, quoteName, quoteText } from "./duckdb-literal.ts";
import { tight } from "./fragment.ts";

/** DuckDB 1.5, with SQL that gives what Spark 4 gives in ANSI mode. */
export const duckdb: Dialect = {
  name: "duckdb",
  quote: quoteName,
  literal: duckdbLiteral,
  cast: duckdbCast,
  convert: duckdbConvert,
  field: (input, name) => tight(`struct_extract(${input.text}, ${quoteText(name)})`),
  functions: {
    ...operatorTemplates,
    ...aggregateTemplates,
    ...mathTemplates,
    ...stringTemplates,
    ...dateTemplates,
    ...conditionalTemplates,
    ...collectionTemplates,
    ...windowTemplates,
  },
  rangeDistance: (distance, key) =>
    key?.kind === "date"
      ? `INTERVAL ${distance} DAY`
      : key?.kind.startsWith("timestamp")
        ? `INTERVAL ${distance} SECOND`
        : String(distance),
  starReplacing: (replacements) => `* REPLACE (${replacements.join(", ")})`,
  range: ({ start, end, step }) => ({ from: `range(${start}, ${end}, ${step})`, select: ['"range" AS "id"'] }),
};

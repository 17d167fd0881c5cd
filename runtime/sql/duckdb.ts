import type { SqlType } from "../plan/types.ts";
import { outsideOfSql } from "../plan/udf/udf.ts";
import type { Dialect } from "./dialect.ts";
import { duckdbCast, duckdbConvert } from "./duckdb-cast.ts";
import { aggregateTemplates } from "./duckdb-functions/aggregates.ts";
import { arrayTemplates } from "./duckdb-functions/arrays.ts";
import { bitmapTemplates } from "./duckdb-functions/bitmaps.ts";
import { calendarIntervalTemplates } from "./duckdb-functions/calendar-intervals.ts";
import { collectionTemplates, duckdbField } from "./duckdb-functions/collections.ts";
import { conditionalTemplates } from "./duckdb-functions/conditional.ts";
import { conversionTemplates } from "./duckdb-functions/conversions.ts";
import { csvTemplates } from "./duckdb-functions/csv.ts";
import { dateTemplates } from "./duckdb-functions/dates.ts";
import { generatorTemplates } from "./duckdb-functions/generators.ts";
import { hashTemplates } from "./duckdb-functions/hashes.ts";
import { higherOrderTemplates } from "./duckdb-functions/higher-order.ts";
import { intervalTemplates } from "./duckdb-functions/intervals.ts";
import { jsonTemplates } from "./duckdb-functions/json.ts";
import { mathTemplates } from "./duckdb-functions/math.ts";
import { miscTemplates } from "./duckdb-functions/misc.ts";
import { moreAggregateTemplates } from "./duckdb-functions/more-aggregates.ts";
import { moreDateTemplates } from "./duckdb-functions/more-dates.ts";
import { moreMathTemplates } from "./duckdb-functions/more-math.ts";
import { moreStringTemplates } from "./duckdb-functions/more-strings.ts";
import { narrowDecimalTemplates } from "./duckdb-functions/narrow-decimals.ts";
import { operatorTemplates } from "./duckdb-functions/operators.ts";
import { percentileTemplates } from "./duckdb-functions/percentiles.ts";
import { randomTemplates } from "./duckdb-functions/random.ts";
import { builtInTemplates, sparkOnlyTemplates } from "./duckdb-functions/spark-only.ts";
import { stringTemplates } from "./duckdb-functions/strings.ts";
import { timeWindowTemplates } from "./duckdb-functions/time-windows.ts";
import { timeTemplates } from "./duckdb-functions/times.ts";
import { urlTemplates } from "./duckdb-functions/urls.ts";
import { variantTemplates } from "./duckdb-functions/variants.ts";
import { windowTemplates } from "./duckdb-functions/windows.ts";
import { duckdbLambda, duckdbVariable } from "./duckdb-lambda.ts";
import { duckdbLiteral, duckdbType, quoteName, quoteText } from "./duckdb-literal.ts";
import { groupKey, orderKey } from "./duckdb-order-key.ts";
import { loose, tight } from "./fragment.ts";
import { withAliases } from "./function-aliases.ts";
import { percentText } from "./literal-text.ts";
import { refuseTypes, refuseTypesIn } from "./refuse-types.ts";

/** DuckDB 1.5, with SQL that gives what Spark 4 gives in ANSI mode. */
export const duckdb: Dialect = {
  name: "duckdb",
  quote: quoteName,
  literal: duckdbLiteral,
  cast: duckdbCast,
  convert: duckdbConvert,
  checkInput: (schema) => refuseTypes(schema, "SQL text"),
  userText: (text, type, columnType) => {
    refuseTypesIn(text, columnType);
    return hasForeignTypes(type) ? tight(`CAST(${text} AS ${duckdbType(type)})`) : loose(text);
  },
  field: duckdbField,
  variable: duckdbVariable,
  lambda: duckdbLambda,
  outside: (name, type) => tight(`CAST(error(${quoteText(outsideOfSql(name))}) AS ${duckdbType(type)})`),
  functions: withAliases({
    ...operatorTemplates,
    ...aggregateTemplates,
    ...moreAggregateTemplates,
    ...percentileTemplates,
    ...mathTemplates,
    ...moreMathTemplates,
    ...stringTemplates,
    ...moreStringTemplates,
    ...dateTemplates,
    ...moreDateTemplates,
    ...timeTemplates,
    ...intervalTemplates,
    ...calendarIntervalTemplates,
    ...miscTemplates,
    ...randomTemplates,
    ...conditionalTemplates,
    ...collectionTemplates,
    ...arrayTemplates,
    ...generatorTemplates,
    ...higherOrderTemplates,
    ...windowTemplates,
    ...timeWindowTemplates,
    ...urlTemplates,
    ...jsonTemplates,
    ...csvTemplates,
    ...hashTemplates,
    ...bitmapTemplates,
    ...conversionTemplates,
    ...variantTemplates,
    ...builtInTemplates,
    ...sparkOnlyTemplates,
  }),
  orderKey,
  groupKey,
  sample: ({ fraction, seed }) =>
    `bernoulli(${percentText(fraction)}) REPEATABLE (${BigInt.asUintN(31, BigInt(seed))})`,
  rangeDistance: (distance, key) => (key?.kind === "date" ? `INTERVAL ${distance} DAY` : String(distance)),
  hasAsofJoin: true,
  generatesStructs: true,
  starReplacing: (replacements) => `* REPLACE (${replacements.join(", ")})`,
  range: ({ start, end, step }) => ({ from: `range(${start}, ${end}, ${step})`, select: ['"range" AS "id"'] }),
};

/** The same, which sums decimals faster, and fails where they are too large for that: what fails is to be run as `duckdb`. */
export const narrowDuckdb: Dialect = { ...duckdb, functions: { ...duckdb.functions, ...narrowDecimalTemplates } };

/** DuckDB may give a type here that plans do not have, such as HUGEINT for a sum or UUID for a text. */
const hasForeignTypes = ({ kind }: SqlType): boolean =>
  !["void", "boolean", "byte", "float", "double", "date", "timestamp", "time", "binary"].includes(kind);

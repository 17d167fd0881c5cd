import assert from "node:assert/strict";
import { test } from "node:test";
import { expressionText } from "../../../runtime/plan/expression-text.ts";
import type { Expression } from "../../../runtime/plan/expressions.ts";
import type { FunctionEntry } from "../../../runtime/plan/functions/entry.ts";
import { operators } from "../../../runtime/plan/functions/operators.ts";
import { functions } from "../../../runtime/plan/functions.ts";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import { typeName } from "../../../runtime/plan/type-names.ts";
import type { Schema } from "../../../runtime/plan/types.ts";
import { typeOf } from "../../../runtime/plan/typing.ts";
import { mayBeOfVariant } from "../../../runtime/plan/udf/udf.ts";
import { operandsFirst } from "../../../runtime/plan/walk.ts";
import { duckdb } from "../../../runtime/sql/duckdb.ts";
import { sparkOnly } from "../../../runtime/sql/duckdb-functions/spark-only.ts";
import { spark } from "../../../runtime/sql/spark.ts";
import { plansOnEngines } from "../../helpers/plans-on-engines.ts";
import {
  aggregate,
  asc,
  boundTypes,
  call,
  col,
  failure,
  int,
  project,
  query,
  run,
  schemaOf,
  sqlOf,
  table,
  text,
  truth,
  valuesOf,
} from "../../helpers/valid-sql.ts";

await run(`CREATE TABLE all_types AS SELECT 1::TINYINT AS byte, 2::SMALLINT AS short, 3 AS int, 4::BIGINT AS long,
  1.5::FLOAT AS float, 2.5::DOUBLE AS double, 1.25::DECIMAL(10, 2) AS decimal, 1.23456::DECIMAL(20, 5) AS wide,
  'abc' AS string, true AS bool, DATE '2020-01-31' AS date, TIMESTAMP '2020-01-31 10:20:30.5' AS ntz,
  TIMESTAMPTZ '2020-01-31 10:20:30.5+00' AS ts, [1, 2, NULL] AS list, {'a': 1, 'b': 'x'} AS struct, map {'k': 1} AS map,
  'xy'::BLOB AS blob, TIME '10:20:30.5' AS clock,
  {'value': '\\x00'::BLOB, 'metadata': '\\x01\\x00\\x00'::BLOB} AS variant`);
const schema = await schemaOf(table("all_types"));
const columns = schema.map((field) => col(field.name));
const variant = columns.at(-1) as Expression;

/** Analysing takes Spark some milliseconds a column. */
const few = ["int", "long", "decimal", "string", "date"].map((name) => col(name));
const fewest = ["int", "string", "list", "variant"].map((name) => col(name));

const literals: { readonly [parameter: string]: Expression } = {
  string: text("month"),
  int: int(1),
  boolean: truth(true),
};

/** Every first argument, each with all of `second`; further ones are of one type each. */
function* argumentLists(entry: FunctionEntry, count: number, second = columns): Generator<Expression[]> {
  const choices = (index: number): readonly Expression[] => {
    const parameter = entry.parameters[Math.min(index, entry.parameters.length - 1)];
    if (parameter?.literal) return [literals[parameter.className] ?? int(1)];
    return index === 0 ? columns : index === 1 ? second : [col(parameter?.className === "timeOfDay" ? "clock" : "int")];
  };
  let lists: Expression[][] = [[]];
  for (let index = 0; index < count; index++)
    lists = lists.flatMap((list) => choices(index).map((argument) => [...list, argument]));
  yield* lists;
}

/** Refused over windows, or over those with an order. */
const notOverOrder = new Set(["countDistinct", "count_distinct", "median"]);

/** One plan of all calls, so that DuckDB binds them in one go; aggregates are tried as windows, too. */
function plansOf(entry: FunctionEntry, calls: readonly Expression[]): Plan[] {
  const input = table("all_types");
  const over = (inner: Expression): Expression => ({
    kind: "window",
    call: inner,
    over: { partitionBy: [col("bool")], orderBy: [asc(col("int"))] },
  });
  const columns = (list: readonly Expression[]) => Object.fromEntries(list.map((item, index) => [`c${index}`, item]));
  if (entry.kind === "scalar") return [project(input, columns(calls))];
  const windowed = project(input, columns(calls.map(over)));
  if (entry.kind === "window") return [windowed];
  const grouped = aggregate(input, {}, columns(calls));
  return calls.some((call) => call.kind === "call" && notOverOrder.has(call.name)) ? [grouped] : [grouped, windowed];
}

function accepted(name: string, entry: FunctionEntry, second = columns): Expression[] {
  const calls: Expression[] = [];
  for (let count = entry.least; count <= Math.min(entry.most, Math.max(entry.least, 2)); count++)
    for (const args of argumentLists(entry, count, second)) calls.push(call(name, ...args));
  return calls.filter((expression) => {
    // In JavaScript alone, and tried as examples.
    if (mayBeOfVariant(expression) && operandsFirst(expression).includes(variant)) return false;
    try {
      typeOf(expression, schema);
      return true;
    } catch (error) {
      assert.equal((error as { code?: string }).code, "TYPE_MISMATCH");
      return false;
    }
  });
}

const calendarInterval = /\binterval\b(?! (?:year|month|day|hour|minute|second))/;

/** DuckDB's TIME has no digits that it would tell; intervals are counted there, in microseconds or months, or are structs. */
const inDuckdb = (type: string): string =>
  type
    .replace(calendarInterval, "struct<months:int,days:int,micros:bigint>")
    .replace(/\btime\(\d\)/, "time(6)")
    .replace(/\binterval (?:year|month)(?: to month)?/, "int")
    .replace(/\binterval \w+(?: to \w+)?/, "bigint");

/** What of a function is not as the table says, over all arguments that the table accepts. */
async function drift(name: string, entry: FunctionEntry): Promise<string[]> {
  const found: string[] = [];
  const calls = accepted(name, entry);
  assert.notEqual(calls.length, 0, name);
  for (const plan of plansOf(entry, calls)) {
    const promised = await schemaOf(plan);
    for (const [index, type] of (await boundTypes(plan)).entries()) {
      const expected = typeName(promised[index]?.type ?? { kind: "void" });
      const text = expressionText(calls[index] ?? int(0));
      if (typeName(type) !== inDuckdb(expected)) found.push(`${text} is ${typeName(type)}, not ${expected}`);
    }
  }
  return found;
}

// An empty array has no element type in DuckDB; patterns are tested with real ones elsewhere.
// Nor has NULL alone one. The structs of windows over time, and buckets, whose size is an interval, are tested elsewhere.
const special = new Set(
  "array format_number flatten map_from_entries convert_timezone raise_error assert_true histogram_numeric withField dropFields window_time orError shapeOfVariant time_bucket".split(
    " ",
  ),
);
/** What is text of a certain kind: formats, units, character sets. */
const takesFormat = (name: string, { parameters }: FunctionEntry) =>
  parameters.some(({ literal, className }) => literal && className === "string") &&
  !["date_trunc", "trunc", "array_join"].includes(name);
const isTested = (name: string, entry: FunctionEntry) =>
  !special.has(name) && !takesFormat(name, entry) && !entry.parameters.some(({ className }) => className === "lambda");

for (const kind of ["scalar", "aggregate", "window"] as const)
  test(`DuckDB binds every ${kind} function with every pair of types that the table accepts, to the type it promises`, async () => {
    const found: string[] = [];
    for (const [name, entry] of Object.entries(functions))
      if (entry.kind === kind && !(name in sparkOnly) && isTested(name, entry))
        found.push(...(await drift(name, entry)));
    assert.deepEqual(found, []);
  });

async function sparkDrift(
  kind: FunctionEntry["kind"],
  names: readonly string[],
  bound: (plan: Plan) => Promise<Schema>,
): Promise<string[]> {
  const calls = names.flatMap((name) =>
    accepted(name, functions[name] as FunctionEntry, name in operators ? few : fewest),
  );
  const [plan] = plansOf({ kind } as FunctionEntry, calls);
  assert.ok(plan);
  const promised = await schemaOf(plan);
  const real = await bound(query(await sqlOf(plan, spark)));
  return real.flatMap(({ type }, index) => {
    // A query's own columns of this type are read as text.
    const expected = typeName(promised[index]?.type ?? { kind: "void" }).replace(calendarInterval, "string");
    const text = expressionText(calls[index] ?? int(0));
    return typeName(type) === expected ? [] : [`${text} is ${typeName(type)}, not ${expected}`];
  });
}

plansOnEngines(({ engine, schemaOf: bound, run, test }) => {
  if (engine === "DuckDB") return;

  test("Spark takes every function with the types that the table accepts, and gives what it promises", async () => {
    await run(`CREATE TEMP VIEW all_types AS SELECT 1Y AS byte, 2S AS short, 3 AS int, 4L AS long, float(1.5) AS float,
      2.5D AS double, CAST(1.25 AS DECIMAL(10, 2)) AS decimal, CAST(1.23456 AS DECIMAL(20, 5)) AS wide, 'abc' AS string,
      true AS bool, DATE '2020-01-31' AS date, TIMESTAMP_NTZ '2020-01-31 10:20:30.5' AS ntz,
      TIMESTAMP '2020-01-31 10:20:30.5+00:00' AS ts, array(1, 2, NULL) AS list, named_struct('a', 1, 'b', 'x') AS struct,
      map('k', 1) AS map, X'7879' AS blob, TIME '10:20:30.5' AS clock, parse_json('null') AS variant`);
    const found: string[] = [];
    for (const kind of ["scalar", "aggregate", "window"] as const) {
      const names = Object.entries(functions).flatMap(([name, entry]) =>
        entry.kind === kind && isTested(name, entry) ? [name] : [],
      );
      const drifts = (names: readonly string[]) => sparkDrift(kind, names, bound);
      // Where Spark refuses the query, it is asked about each function by itself.
      found.push(
        ...(await drifts(names).catch(async () =>
          (
            await Promise.all(names.map((name) => drifts([name]).catch((error) => [`${name}: ${error.message}`])))
          ).flat(),
        )),
      );
    }
    assert.deepEqual(found, []);
  });
});

test("a function without a template of its own is in DuckDB's catalogue, as what the table says it is", async () => {
  const catalogue = new Set(
    await valuesOf(query("SELECT DISTINCT function_name || ' ' || function_type FROM duckdb_functions()")),
  );
  const missing = Object.entries(functions).filter(
    ([name, { kind }]) =>
      duckdb.functions[name] === undefined &&
      !catalogue.has(`${name} ${kind}`) &&
      !(kind === "scalar" && catalogue.has(`${name} macro`)),
  );
  // This one is syntax.
  assert.deepEqual(
    missing.map(([name]) => name),
    ["coalesce"],
  );
});

test("a dialect has templates only for functions that the table has", () => {
  for (const dialect of [duckdb, spark])
    assert.deepEqual(
      Object.keys(dialect.functions).filter((name) => functions[name] === undefined),
      [],
    );
});

test("formats parse and print with the functions that take them", async () => {
  const plan = project(table("all_types"), {
    printed: call("date_format", col("ts"), text("yyyy")),
    day: call("to_date", text("2020-02"), text("yyyy-MM")),
    time: call("to_timestamp", text("2020"), text("yyyy")),
    seconds: call("unix_timestamp", text("2020"), text("yyyy")),
  });
  assert.deepEqual((await boundTypes(plan)).map(typeName), ["string", "date", "timestamp", "bigint"]);
});

test("a wrong call is refused with what the function takes", async () => {
  const message = async (expression: Expression) =>
    (await failure(schemaOf(project(table("all_types"), { x: expression })))).message;
  assert.equal(await message(call("uper", col("string"))), 'There is no function "uper". Did you mean "upper"?');
  assert.equal(await message(call("upper")), "upper takes 1 argument, not 0.");
  assert.equal(await message(call("substring", text("a"))), "substring takes 2 to 3 arguments, not 1.");
  assert.equal(await message(call("greatest", int(1))), "greatest takes at least 2 arguments, not 1.");
  assert.equal(
    await message(call("add", col("bool"), int(1))),
    "In (bool + 1): add needs numbers (bool is boolean, 1 is int).",
  );
  assert.equal(
    await message(call("eq", col("list"), int(1))),
    "In (list = 1): eq cannot compare these types (list is array<int>, 1 is int).",
  );
  assert.match(
    await message(call("date_trunc", col("string"), col("ts"))),
    /date_trunc: argument 1 has to be a plain value/,
  );
});

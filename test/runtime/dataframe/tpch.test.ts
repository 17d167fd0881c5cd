import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { openDuckDB } from "../../../runtime/engine/duckdb/duckdb.ts";
import { SparkSession } from "../../../runtime/index.ts";
import { openSharedSpark, sharedSpark } from "../../helpers/shared-spark.ts";
import { sparkParts } from "../../helpers/spark-server.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { queries } from "../../helpers/tpch/queries.ts";
import { makeTables, nameTables, type Tables, tablesIn, tpchParts } from "../../helpers/tpch/tables.ts";
import { texts } from "../../helpers/tpch/texts.ts";

const generator = tpchParts();
const server = sparkParts();
const folder = tempFolder();
const here = new SparkSession("DuckDB", openDuckDB);
const there = new SparkSession("Spark", openSharedSpark, undefined, { isElsewhere: true, dialect: "spark" });
let tables: Tables;

before(async () => {
  if (generator.skip !== false) return;
  if (server.skip === false) sharedSpark().catch(() => {});
  makeTables(generator.path, folder.path, 0.1);
  tables = tablesIn(here, folder.path);
  await nameTables(tables);
});
after(async () => {
  await here.stop();
  await there.stop();
  if (server.skip === false) await (await sharedSpark()).stop();
  folder[Symbol.dispose]();
});

type Rows = readonly { readonly [column: string]: unknown }[];

const isText = (value: unknown) => typeof value === "string" || value instanceof Date;
/** The API's averages and quotients of decimals have Spark's six digits, the SQL's are doubles. */
const isClose = (one: unknown, other: unknown) =>
  isText(one) ? String(one) === String(other) : Math.abs(Number(one) - Number(other)) <= 1e-6;
const exactly = (rows: Rows) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])));

for (const [index, query] of queries.entries()) {
  test(`TPC-H query ${index + 1} gives the rows that its SQL gives`, { skip: generator.skip }, async () => {
    const rows = await query(tables).collect();
    const expected = await here.sql(texts[index] as string).collect();
    assert.ok(rows.length > 0);
    assert.equal(rows.length, expected.length);
    for (const [at, row] of rows.entries()) {
      const other = Object.values(expected[at] as object);
      assert.ok(
        Object.values(row).every((value, column) => isClose(value, other[column])),
        `${inspect(row)} ${inspect(other)}`,
      );
    }
  });

  test(`TPC-H query ${index + 1} in Spark's SQL gives on DuckDB what the API gives`, {
    skip: generator.skip,
  }, async () => {
    await here.conf.set("spark.quern.sql.dialect", "spark");
    const frame = here.sql(texts[index] as string);
    await here.conf.unset("spark.quern.sql.dialect");
    const values = (rows: Rows) => exactly(rows).map((row) => Object.values(row));
    assert.deepEqual(values(await frame.collect()), values(await query(tables).collect()));
  });

  test(`TPC-H query ${index + 1} gives the same rows on Spark`, { skip: generator.skip || server.skip }, async () => {
    const rows = await query(tablesIn(there, folder.path)).collect();
    assert.deepEqual(exactly(rows), exactly(await query(tables).collect()));
  });
}

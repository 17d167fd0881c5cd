import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import {
  avg,
  coalesce,
  col,
  concat,
  count,
  type DataFrame,
  F,
  hour,
  lag,
  lit,
  max,
  range,
  rank,
  row_number,
  spark,
  sum,
  upper,
  Window,
  when,
} from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, engine, range, read, spark, test }) => {
  const flights = read.parquet(resolve("node_modules/vega-datasets/data/flights-3m.parquet"));
  const people = createDataFrame([
    { id: 1, name: "Ada", team: "a", pay: 10.5 as number | null },
    { id: 2, name: "Bo", team: "b", pay: null },
    { id: 3, name: "Cy", team: "a", pay: 7 },
  ]);
  const teams = createDataFrame([
    { team: "a", city: "Oslo" },
    { team: "c", city: "Rome" },
  ]);
  const collected = (frame: DataFrame<any>) => frame.collect();

  test("columns are selected by callback, name and col", async () => {
    const expected = [{ id: 1, loud: "ADA" }];
    const first = people.limit(1);
    assert.deepEqual(await first.select((f) => ({ id: f.id, loud: upper(f.name) })).collect(), expected);
    assert.deepEqual(await first.select((f) => [f.id, upper(f.name).alias("loud")]).collect(), expected);
    assert.deepEqual(await first.select("id", upper("name").alias("loud")).collect(), expected);
    assert.deepEqual(await first.select(col("id"), upper(col("name")).alias("loud")).collect(), expected);
    assert.deepEqual(await first.selectExpr("id", "upper(name) as loud").collect(), expected);
    assert.deepEqual(await first.selectExpr("*", 'id + 1 AS "next one"').select("next one").collect(), [
      { "next one": 2 },
    ]);
  });

  test("filter takes a callback, a column or SQL text", async () => {
    for (const condition of [(f: any) => f.pay.gt(8), col("pay").gt(8), "pay > 8"]) {
      assert.deepEqual(await people.filter(condition).select("id").collect(), [{ id: 1 }]);
      assert.deepEqual(await people.where(condition).select("id").collect(), [{ id: 1 }]);
    }
  });

  test("columns are added, replaced in place, renamed and dropped", async () => {
    const frame = people
      .withColumn("pay", (f) => coalesce(f.pay, lit(0)))
      .withColumns((f) => ({ double: f.pay.times(2), id: f.id.plus(100) }))
      .withColumnRenamed("name", "who")
      .withColumnsRenamed({ team: "group" })
      .drop("double")
      .withColumn("constant", lit("x"));
    assert.deepEqual(await frame.columns(), ["id", "who", "group", "pay", "constant"]);
    assert.deepEqual((await frame.collect())[1], { id: 102, who: "Bo", group: "b", pay: 0, constant: "x" });
  });

  test("groups are aggregated by callback, columns and the short forms", async () => {
    const grouped = people.groupBy((f) => ({ t: upper(f.team) })).agg((f) => ({ n: count(), pay: sum(f.pay) }));
    assert.deepEqual(await grouped.orderBy("t").collect(), [
      { t: "A", n: 2, pay: 17.5 },
      { t: "B", n: 1, pay: null },
    ]);
    const byName = people.groupBy("team").agg(max("id").alias("last"), F.count(col("pay")).alias("paid"));
    assert.deepEqual(await byName.orderBy((f) => f.team.desc()).collect(), [
      { team: "b", last: 2, paid: 0 },
      { team: "a", last: 3, paid: 2 },
    ]);
    assert.deepEqual(await people.groupBy("team").count().orderBy("team").collect(), [
      { team: "a", count: 2 },
      { team: "b", count: 1 },
    ]);
    assert.deepEqual(await people.groupBy().sum("id", "pay").collect(), [{ "sum(id)": 6, "sum(pay)": 17.5 }]);
    assert.deepEqual(await people.agg((f) => ({ mean: avg(f.id) })).collect(), [{ mean: 2 }]);
    assert.deepEqual(await people.groupBy("team").mean("id").orderBy("team").first(), { team: "a", "avg(id)": 2 });
  });

  test("a select of aggregates alone is one row, as in Spark", async () => {
    assert.deepEqual(await range(5).select(max("id"), lit(1).alias("one")).collect(), [{ "max(id)": 4, one: 1 }]);
    assert.deepEqual(
      await range(5)
        .select((f) => ({ n: count(), mean: sum(f.id).div(count()) }))
        .collect(),
      [{ n: 5, mean: 2 }],
    );
    assert.deepEqual(await range(0).select(count()).collect(), [{ "count(1)": 0 }]);
    assert.deepEqual(await range(2).select(lit(1).alias("one")).collect(), [{ one: 1 }, { one: 1 }]);
    await assert.rejects(
      range(5).select("id", max("id")).collect(),
      /max\(id\) cannot stand in select beside columns.*df\.agg\(…\) or groupBy/,
    );
    await assert.rejects(
      range(5).withColumn("m", max("id")).collect(),
      /stand in withColumn.*df\.agg\(…\).*\.over\(…\)/,
    );
    await assert.rejects(range(5).filter(max("id").gt(1)).collect(), /stand in filter.*df\.agg\(…\).*\.over\(…\)/);
  });

  test("an unnamed column has the name that Spark gives it", async () => {
    const frame = people.select(
      (f) => [f.id.plus(1), sum(f.id).over(Window.partitionBy("team")), f.id.cast("string")] as any,
    );
    assert.deepEqual(await frame.columns(), [
      "(id + 1)",
      "sum(id) OVER (PARTITION BY team ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
      "id",
    ]);
  });

  test("rows are sorted with nulls where Spark puts them", async () => {
    const ids = async (frame: DataFrame<any>) => (await collected(frame)).map((row) => row.id);
    assert.deepEqual(await ids(people.orderBy("pay")), [2, 3, 1]);
    assert.deepEqual(await ids(people.orderBy((f) => f.pay.desc())), [1, 3, 2]);
    assert.deepEqual(await ids(people.sort(col("team").desc(), "id")), [2, 1, 3]);
    assert.deepEqual(await ids(people.orderBy((f) => [f.team, f.pay.asc({ nulls: "last" })])), [3, 1, 2]);
  });

  test("limit, offset, distinct, dropDuplicates and union", async () => {
    assert.deepEqual(await range(10).limit(3).offset(1).collect(), [{ id: 1 }, { id: 2 }]);
    assert.equal(await people.select("team").distinct().count(), 2);
    assert.equal(await people.dropDuplicates("team").count(), 2);
    assert.deepEqual(await people.dropDuplicates(["team"]).columns(), ["id", "name", "team", "pay"]);
    assert.equal(await people.union(people).count(), 6);
    assert.equal(await people.union(people).dropDuplicates().count(), 3);
    assert.throws(() => people.limit(-1), /limit\(-1\)/);
    assert.throws(() => people.limit(1.5), /whole number/);
  });

  test("joins of every kind", async () => {
    const names = async (frame: DataFrame<any>, ...keys: string[]) =>
      (await collected(frame.orderBy(...keys))).map((row) => keys.map((key) => row[key]).join("|"));
    assert.deepEqual(await names(people.join(teams, "team"), "team", "name", "city"), ["a|Ada|Oslo", "a|Cy|Oslo"]);
    assert.deepEqual(await names(people.join(teams, ["team"], "left"), "name", "city"), ["Ada|Oslo", "Bo|", "Cy|Oslo"]);
    assert.deepEqual(await names(people.join(teams, "team", "right"), "team", "name"), ["a|Ada", "a|Cy", "c|"]);
    assert.deepEqual(await names(people.join(teams, "team", "outer"), "team", "id"), ["a|1", "a|3", "b|2", "c|"]);
    assert.deepEqual(await names(people.join(teams, "team", "left_semi"), "id"), ["1", "3"]);
    assert.deepEqual(await names(people.join(teams, "team", "anti"), "id"), ["2"]);
    assert.equal(await people.crossJoin(teams, { suffix: "_t" }).count(), 6);
    const conditional = people.join(teams, (a, b) => a.team.eq(b.team).and(a.pay.gt(8)), "inner", { suffix: "_t" });
    assert.deepEqual(await conditional.collect(), [
      { id: 1, name: "Ada", team: "a", pay: 10.5, team_t: "a", city: "Oslo" },
    ]);
  });

  test("a frame joins itself", async () => {
    const pairs = people.join(people, (a, b) => a.team.eq(b.team).and(a.id.lt(b.id)), "inner", { suffix: "2" });
    assert.deepEqual(await pairs.select("id", "id2").collect(), [{ id: 1, id2: 3 }]);
  });

  test("clashing names after a join are an error with the way out", async () => {
    const clash = people.join(teams as DataFrame, (a, b) => a.team.eq(b.team));
    await assert.rejects(clash.collect(), { name: "AnalysisError", message: /team.*suffix/s });
  });

  test("window functions", async () => {
    const byTeam = Window.partitionBy("team").orderBy("id");
    const frame = people.select((f) => ({
      id: f.id,
      n: row_number().over(byTeam),
      r: rank().over(Window.orderBy(f.pay.desc())),
      before: lag(f.name, 1, "none").over(byTeam),
      running: sum(f.id).over(byTeam.rowsBetween(Window.unboundedPreceding, Window.currentRow)),
    }));
    assert.deepEqual(await frame.orderBy("id").collect(), [
      { id: 1, n: 1, r: 1, before: "none", running: 1 },
      { id: 2, n: 1, r: 3, before: "none", running: 2 },
      { id: 3, n: 2, r: 2, before: "Ada", running: 4 },
    ]);
  });

  test("when, concat, casts, struct fields, arrays and maps", async () => {
    const frame = createDataFrame([
      { s: { city: "Oslo", "a b": 1 }, list: [1, 2], map: new Map([["k", 1]]), "my col": 3 },
    ]);
    const found = await frame
      .select((f) => ({
        city: f.s.city,
        ab: f.s["a b"],
        again: f.s.getField("city"),
        first: f.list.getItem(0),
        none: F.get(f.list, 9),
        k: f.map.getItem("k"),
        missing: f.map.getItem("x"),
        size: F.size(f.list),
        my: f["my col"].plus(1),
        text: concat(f.s.city, lit("-"), f["my col"].cast("string")),
        which: when(f["my col"].gt(5), "big").when(f["my col"].gt(2), "middle").otherwise("small"),
        bad: lit("x").tryCast("int"),
      }))
      .collect();
    assert.deepEqual(found, [
      {
        city: "Oslo",
        ab: 1,
        again: "Oslo",
        first: 1,
        none: null,
        k: 1,
        missing: null,
        size: 2,
        my: 4,
        text: "Oslo-3",
        which: "middle",
        bad: null,
      },
    ]);
  });

  test("literals mean in the engine what they mean in JavaScript", async () => {
    const at = new Date("2026-03-17T10:00:00.123Z");
    const frame = range(1).select(() => ({
      nan: lit(Number.NaN),
      inf: lit(Number.NEGATIVE_INFINITY),
      big: lit(2 ** 40),
      text: lit("it's \\ \u{1F600} 'x'"),
      at: lit(at),
      day: lit(Temporal.PlainDate.from("1969-07-20")),
      wall: lit(Temporal.PlainDateTime.from("2026-03-17T10:00:00")),
      bytes: lit(new Uint8Array([0, 39, 255])),
      none: lit(null),
      list: lit([1, 2]),
    }));
    assert.deepEqual(await frame.collect(), [
      {
        nan: Number.NaN,
        inf: Number.NEGATIVE_INFINITY,
        big: 2 ** 40,
        text: "it's \\ \u{1F600} 'x'",
        at,
        day: new Date("1969-07-20"),
        wall: new Date("2026-03-17T10:00:00Z"),
        bytes: new Uint8Array([0, 39, 255]),
        none: null,
        list: [1, 2],
      },
    ]);
  });

  test("nothing runs before an action, and inspecting runs nothing", async () => {
    const missing = read.parquet("no/such/file.parquet").filter((f) => f.x.gt(1));
    const where = engine === "Spark" ? " on Spark" : "";
    assert.equal(inspect(missing), `DataFrame[…]${where}`);
    assert.equal(inspect(missing.groupBy("a").count()), `DataFrame[a, count]${where}`);
    assert.equal(inspect(range(1)), `DataFrame[id: bigint]${where}`);
    assert.equal(JSON.stringify(range(1)), "{}");
    assert.equal(await missing, missing);
  });

  test("a schema shows itself as Spark prints it, and is an array of fields", async () => {
    const schema = await people.select("id", "pay").schema();
    assert.equal(inspect(schema), "root\n |-- id: long (nullable = false)\n |-- pay: double (nullable = true)");
    assert.equal(inspect(schema, { breakLength: Number.POSITIVE_INFINITY }), "id: bigint, pay: double");
    assert.deepEqual(schema[0], { name: "id", type: { kind: "long" }, nullable: false });
    assert.deepEqual(Object.keys(schema), ["0", "1"]);
  });

  test("what is not a value tells what it offers", () => {
    assert.match(
      inspect(spark),
      new RegExp(`^SparkSession over ${engine}, Quern \\d.*: \\{\n {2}version, engine, conf, .* sql\\(\\)`, "s"),
    );
    assert.match(inspect(spark.conf), /^Conf \{.*"spark.sql.session.timeZone": ".+"\s\}$/s);
    assert.match(inspect(spark.catalog), /^Catalog \{.*listTables\(\), listViews\(\), getTable\(\), tableExists\(\)/s);
    assert.match(inspect(F), /^F \{\n {2}abs, .*\n\}$/s);
    assert.match(inspect(Window), /^Window \{.*unboundedPreceding.*partitionBy\(\)/s);
    assert.equal(
      inspect(Window.partitionBy("a").orderBy(col("b").desc())),
      "WindowSpec<PARTITION BY a ORDER BY b DESC NULLS LAST>",
    );
    assert.match(inspect(read.option("sep", ";").format("csv")), /^DataFrameReader of csv, sep: ";": \{.*parquet\(\)/s);
    assert.match(
      inspect(people.write.partitionBy("id")),
      /^DataFrameWriter of parquet, mode errorifexists, partitioned by id: /,
    );
    assert.match(inspect(people.plot), /^Plot \{ bar\(\), line\(\)/);
    assert.match(inspect(people.groupBy("team")), /^GroupedData by team: \{ pivot\(\), agg\(\), count\(\)/);
  });

  test("an engine error carries the place of the step that is wrong", async () => {
    const good = flights.filter((f) => f.delay.gt(0));
    const bad = good.withColumn("x", (f) => f.dealy.plus(1));
    const later = bad.limit(3);
    await assert.rejects(later.collect(), (error: any) => {
      assert.match(error.message, /Column "dealy" .*Did you mean "delay"\?/);
      assert.match(error.origin.stack, /dataframe\.test\.ts/);
      const line = /dataframe\.test\.ts:(\d+)/.exec(error.origin.stack)?.[1];
      assert.equal(Number(line), lineOf("good.withColumn"));
      return true;
    });
  });

  test("what is no column is refused with advice", () => {
    assert.throws(
      () => people.filter(((f: any) => f.id === 1) as any),
      /filter: false is not a Column; JavaScript's own operators/,
    );
    assert.throws(() => people.filter((() => undefined) as any), /does the callback return something/);
    assert.throws(
      () => people.select((f) => ({ x: f.id.desc() }) as any),
      /column "x": .*asc\(\) and desc\(\) belong into orderBy/,
    );
    assert.throws(() => people.withColumn("x", 1 as any), /column "x": 1 is not a Column; use lit/);
    assert.throws(() => people.select((async () => ({})) as any), /cannot be async/);
  });

  test("columns can be dropped as columns", async () => {
    assert.deepEqual(await (people as any).drop(col("name"), "pay").limit(1).collect(), [{ id: 1, team: "a" }]);
  });

  test("a thousand columns", async () => {
    const wide = range(2).select((f) =>
      Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`c${i}`, f.id.plus(i)])),
    );
    const [row] = await wide.collect();
    assert.equal((row as any).c999, 999);
  });

  test("the three million flights are grouped by hour", async () => {
    const late = flights
      .filter((f) => f.delay.gt(0))
      .groupBy((f) => ({ hour: hour(f.date) }))
      .agg((f) => ({ n: count(), delay: avg(f.delay) }));
    const rows = await late.orderBy("hour").collect();
    assert.equal(rows.length, 24);
    assert.equal(
      rows.reduce((all, row) => all + row.n, 0),
      await flights.filter("delay > 0").count(),
    );
  });

  test("a join that cannot be is refused at once", () => {
    assert.throws(() => people.join(teams, "team", "lefft" as any), /There is no join "lefft".*Did you mean "left"/);
    assert.throws(() => people.join(teams, undefined as any, "left"), /needs a key or a condition/);
    assert.throws(() => people.join({} as any, "team"), /join takes a DataFrame/);
  });

  test("what is written by habit in Python gets the line to write here", () => {
    const frame: any = people;
    const says = (work: () => unknown, message: string | RegExp) =>
      assert.throws(work, { name: "AnalysisError", message });
    const missing = (position: number, method: string) =>
      `Argument ${position} of ${method} is undefined; is a property misspelt? Columns are named by f => f.wind, "wind" or col("wind")`;
    says(() => frame.select("id", frame.nope), missing(2, "select"));
    says(() => frame.filter(frame.nope), missing(1, "filter"));
    says(() => frame.agg(frame.nope), missing(1, "agg"));
    says(() => frame.groupBy("id").agg(frame.nope), missing(1, "agg"));
    says(() => frame.orderBy(frame.nope), missing(1, "orderBy"));
    says(() => frame.withColumn("x", frame.nope), missing(2, "withColumn"));
    says(() => frame.join(teams, frame.nope), missing(2, "join"));
    says(() => max(frame.nope), missing(1, "max"));
    says(() => count(frame.nope), missing(1, "count"));
    says(() => F.sum_distinct(frame.nope), missing(1, "sum"));
    says(() => F.datediff("a", frame.nope), missing(2, "datediff"));
    says(
      () => frame.agg({ pay: "maxx" }),
      'agg: there is no aggregate "maxx" for the column "pay". Did you mean "max"?',
    );
    says(() => frame.agg(() => ({ pay: "max" })), /; write agg\(f => \(\{ pay: max\(f\.pay\) \}\)\)/);
    says(() => Window.orderBy("id", { ascending: false } as any), /orderBy takes no .*col\("id"\)\.desc\(\)$/);
    says(() => frame.orderBy(0), /orderBy: the places of columns are counted from 1, and 0 is none/);
    says(() => frame.sort("id", false), /col\("id"\)\.desc\(\)/);
    says(() => frame.drop(frame.nope), "drop takes names of columns, not undefined");
    says(() => frame.dropDuplicates([frame.nope]), "dropDuplicates takes names of columns, not undefined");
    says(() => frame.withColumnRenamed(frame.nope, "x"), "withColumnRenamed takes names of columns, not undefined");
  });
});

test("frames of different sessions do not mix", () => {
  const other = new (spark.constructor as any)("other", () => assert.fail("opened"));
  assert.throws(() => range(1).join(other.range(1), "id"), /different sessions/);
});

test("a chain of two hundred steps", async () => {
  let frame: DataFrame<any> = range(3);
  for (let i = 0; i < 200; i++) frame = frame.withColumn("id", (f) => f.id.plus(1)).filter((f) => f.id.gt(0));
  assert.deepEqual(await frame.agg((f) => ({ s: sum(f.id) })).collect(), [{ s: 603 }]);
  await spark.stop();
});

function lineOf(text: string): number {
  const source = readFileSync(new URL(import.meta.url), "utf8").split("\n");
  return source.findIndex((line) => line.includes(text)) + 1;
}

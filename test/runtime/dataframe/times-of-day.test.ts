import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { makeData, Table, TimeMillisecond, Type, Vector } from "apache-arrow";
import { F, lit, schema, types } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const at = (text: string) => Temporal.PlainTime.from(text);
const texts = (rows: readonly { readonly [name: string]: unknown }[], name: string) =>
  rows.map((row) => (row[name] === null ? null : String(row[name])));
const folder = mkdtempSync(join(tmpdir(), "quern-times-"));
after(() => rmSync(folder, { recursive: true, force: true }));

onEngines(({ createDataFrame, engine, read, test }) => {
  const rows = [
    { i: 0, t: at("00:00") },
    { i: 1, t: at("12:34:56.789012") },
    { i: 2, t: null },
    { i: 3, t: at("23:59:59.999999") },
  ];
  const frame = createDataFrame(rows);
  const expected = ["00:00:00", "12:34:56.789012", null, "23:59:59.999999"];

  test("a Temporal.PlainTime is a TIME, and comes back as one whatever the options", async () => {
    assert.deepEqual(await frame.dtypes(), [
      ["i", "bigint"],
      ["t", "time(6)"],
    ]);
    for (const options of [{}, { time: "Temporal" }, { time: "Date" }] as const) {
      const found = await frame.orderBy("i").collect(options);
      assert.deepEqual(texts(found, "t"), expected);
      assert.ok(found[1]?.t instanceof Temporal.PlainTime);
    }
    const [literal] = await frame
      .limit(1)
      .select({ x: lit(at("01:02:03.000004")) } as never)
      .collect();
    assert.equal(String((literal as any).x), "01:02:03.000004");
    assert.deepEqual(texts(await frame.filter((f) => f.t.gt(at("12:00"))).collect(), "i").sort(), ["1", "3"]);
  });

  test("TIME has up to six digits behind the point, by its schema and by a cast", async () => {
    const given = schema({
      t: types.time(2).notNull(),
      l: types.array(types.time()),
      m: types.map(types.time(0), types.int),
    });
    const made = createDataFrame(
      [{ t: at("10:00:00.559"), l: [at("09:00"), null], m: new Map([[at("08:00"), 1]]) }],
      given,
    );
    assert.deepEqual(await made.dtypes(), [
      ["t", "time(2)"],
      ["l", "array<time(6)>"],
      ["m", "map<time(0),int>"],
    ]);
    const [row] = await made.collect();
    assert.equal(String(row?.t), "10:00:00.55");
    assert.deepEqual(row?.l?.map(String), ["09:00:00", "null"]);
    assert.deepEqual([...(row?.m?.keys() ?? [])].map(String), ["08:00:00"]);
    const cast = await frame
      .orderBy("i")
      .select((f) => ({ x: f.t.cast("time(3)") }))
      .collect();
    assert.deepEqual(texts(cast, "x"), ["00:00:00", "12:34:56.789", null, "23:59:59.999"]);
    assert.throws(
      () => createDataFrame([{ t: "10:00" as any }], "t TIME"),
      /Row 0, column "t": '10:00' is no TIME\(6\)/,
    );
    assert.throws(() => createDataFrame([[at("10:00")]] as any, "t TIME(7)"), /time\(7\) cannot be/);
    assert.throws(() => types.time(7), /from 0 to 6/);
  });

  test("Parquet keeps times of day, CSV and JSON where a schema says so", async () => {
    for (const format of ["parquet", "csv", "json"] as const) {
      const path = join(folder, `${engine}-${format}`);
      await frame.repartition(1).write.mode("overwrite")[format](path);
      const plain = read[format](path);
      const found = format === "parquet" ? plain : (read.schema("i INT, t TIME") as typeof read)[format](path);
      assert.deepEqual(texts(await found.orderBy("i").collect(), "t"), expected, format);
      const type = (await plain.schema()).find(({ name }) => name === "t")?.type.kind;
      if (format === "parquet") assert.equal(type, "time");
      if (format === "json") assert.equal(type, "string");
    }
  });

  test("Arrow has a TIME in nanoseconds, as Spark exchanges it", async () => {
    const table = await frame.orderBy("i").select("t").toArrow();
    assert.equal(String(table.schema.fields[0]?.type), "Time64<NANOSECOND>");
    assert.equal(table.schema.fields[0]?.type.typeId, Type.Time);
    assert.deepEqual(
      [...(table.getChildAt(0) as Iterable<bigint | null>)],
      [0n, 45_296_789_012_000n, null, 86_399_999_999_000n],
    );
  });

  test("what a time of day cannot do is said before anything runs", async () => {
    const fails = (make: (f: any) => any, message: RegExp) =>
      assert.rejects(frame.select((f) => ({ x: make(f) })).schema(), message);
    await fails((f) => F.sum(f.t), /t is time\(6\)/);
    await fails((f) => f.t.plus(1), /t is time\(6\), 1 is int/);
    await fails((f) => f.t.cast("timestamp"), /time\(6\), which cannot be cast to timestamp/);
    await fails((f) => f.t.eq(f.t.cast("time(0)")), /cannot compare these types/);
    await fails((f) => F.to_time(f.t), /to_time does not take this as argument 1/);
  });

  test("times of day are text where text is asked for, in nested values too", async () => {
    const shown = await frame.select((f) => ({ s: F.struct(f.t).cast("string") })).collect();
    assert.deepEqual(texts(shown, "s").sort(), ["{00:00:00}", "{12:34:56.789012}", "{23:59:59.999999}", "{null}"]);
  });
});

onEngines(({ createDataFrame, engine, read, sql, test }) => {
  if (engine !== "DuckDB") return;

  test("times of day in JSON are text, as they are to Spark", async () => {
    const path = join(folder, "text.json");
    writeFileSync(path, '{"t":"1:2:3","l":["10:00:00"],"s":{"a TIME":"10:00:00"},"d":"2024-02-29"}\n');
    const frame = read.json(path);
    assert.deepEqual(await frame.dtypes(), [
      ["t", "string"],
      ["l", "array<string>"],
      ["s", "struct<`a TIME`:string>"],
      ["d", "date"],
    ]);
    assert.equal(((await frame.collect()) as any[])[0].t, "1:2:3");
  });

  test("DuckDB's own times become TIME, and one of 24 hours is an error that says so", async () => {
    const frame = sql("select time '10:00' as t, time_ns '10:00:00.123456' as n");
    assert.deepEqual(await frame.dtypes(), [
      ["t", "time(6)"],
      ["n", "time(6)"],
    ]);
    assert.equal(String(((await frame.collect()) as any[])[0].n), "10:00:00.123456");
    await assert.rejects(sql("select time '24:00' as t").collect(), /Column "t" holds 24:00:00/);
  });

  test("an Arrow table's times of any unit are TIME", async () => {
    const data = makeData({
      type: new TimeMillisecond(),
      length: 2,
      nullCount: 0,
      data: Int32Array.of(1000, 86_399_999),
    } as any);
    const frame = createDataFrame(new Table({ t: new Vector([data]) } as any) as any);
    assert.deepEqual(texts((await frame.collect()) as any[], "t"), ["00:00:01", "23:59:59.999"]);
  });
});

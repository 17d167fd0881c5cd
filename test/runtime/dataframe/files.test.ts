import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { read, schema, types } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

onEngines(({ createDataFrame, engine, range, read, test }) => {
  test("what cannot be read is refused where it is written", () => {
    assert.throws(() => read.parquet(), /takes paths/);
    assert.throws(() => read.csv(""), /takes paths/);
    assert.throws(() => read.format("parqet" as any), /There is no format "parqet".*Did you mean "parquet"/);
    assert.throws(() => read.schema("id LNG"), /"LNG" is no type|"lng" is no type/);
    assert.throws(() => read.schema(1 as any), /A schema is text/);
  });

  test("CSV has a header and types unless told otherwise", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "ü data.csv");
    writeFileSync(path, "id;name\n1;a\n2;NA\n");
    assert.deepEqual(await read.option("nullValue", "NA").csv(path).collect(), [
      { id: 1, name: "a" },
      { id: 2, name: null },
    ]);
    assert.deepEqual(await read.option("header", false).csv(path).first(), { _c0: "id", _c1: "name" });
    assert.deepEqual(await read.option("inferSchema", false).csv(path).first(), { id: "1", name: "a" });
    const typed = read.schema(schema({ id: types.double, name: types.string })).csv(path);
    assert.deepEqual(await typed.first(), { id: 1, name: "a" });
    assert.deepEqual(await read.schema("id STRING, name STRING").csv(path).first(), { id: "1", name: "a" });
  });

  test("JSON Lines and an array are both read", async () => {
    using folder = tempFolder();
    const lines = join(folder.path, "lines.json");
    const array = join(folder.path, "array.json");
    writeFileSync(lines, '{"a":1,"b":{"c":["x"]}}\n{"a":2,"b":null}\n');
    writeFileSync(array, '[{"a":1,"b":{"c":["x"]}},{"a":2,"b":null}]');
    const expected = [
      { a: 1, b: { c: ["x"] } },
      { a: 2, b: null },
    ];
    assert.deepEqual(await read.json(lines).collect(), expected);
    assert.deepEqual(await read.json(array).collect(), expected);
  });

  test("what was written is read again, in each format, partitioned and not", async () => {
    using folder = tempFolder();
    const frame = range(10).select((f) => ({ id: f.id, part: f.id.mod(3).cast("int") }));
    for (const format of ["parquet", "csv", "json"] as const) {
      const path = join(folder.path, `out ${format}`);
      const summary = await frame.write.format(format).save(path);
      // Spark does not tell what it wrote.
      if (engine === "DuckDB") assert.equal(summary.rows, 10);
      assert.equal((await read[format](path).orderBy("id").collect()).length, 10);
      await frame.write.mode("overwrite").partitionBy("part")[format](path);
      assert.deepEqual(await read[format](path).groupBy("part").count().orderBy("part").collect(), [
        { part: 0, count: 4 },
        { part: 1, count: 3 },
        { part: 2, count: 3 },
      ]);
    }
  });

  test("mode, columns and options may stand behind the path, and what is none is refused", async () => {
    using folder = tempFolder();
    const frame = range(4).select((f) => ({ id: f.id, größe: f.id.mod(2) }));
    const path = join(folder.path, "out");
    await frame.write.parquet(path, { compression: "gzip" });
    await frame.write.parquet(path, "append");
    assert.equal(await read.parquet(path).count(), 8);
    await frame.write.csv(path, { mode: "overwrite", sep: "|", header: false });
    assert.deepEqual(
      await read.schema("id INT, g INT").options({ sep: "|", header: false }).csv(path).orderBy("id").first(),
      {
        id: 0,
        g: 0,
      },
    );
    await frame.write.save(path, "json", "overwrite", ["größe"], { compression: "gzip" });
    assert.deepEqual(await read.json(path).groupBy("größe").count().orderBy("größe").collect(), [
      { größe: 0, count: 2 },
      { größe: 1, count: 2 },
    ]);
    const wrong = frame.write as any;
    await assert.rejects(wrong.parquet(path, "overwrite", "id"), /write.parquet takes a path, and a mode or options/);
    await assert.rejects(wrong.parquet(path, true), { code: "WRITE" });
    assert.throws(() => wrong.save(path, "csv", "overwrit"), { code: "WRITE_MODE" });
    assert.throws(() => wrong.save(path, "csv", "overwrite", "id", {}, 1), { code: "WRITE" });
    await assert.rejects(wrong.csv(path, "overwrit"), { code: "WRITE_MODE" });
    assert.equal(await read.json(path).count(), 4);
  });

  test("the files of a frame are told, each once", async () => {
    using folder = tempFolder();
    const [one, two] = ["a", "b ü"].map((name) => join(folder.path, `${name}.json`)) as [string, string];
    for (const path of [one, two]) writeFileSync(path, '{"a":1}');
    const frame = read.json(folder.path);
    const files = (await frame.union(read.json(one)).filter("a > 0").inputFiles()).sort();
    assert.deepEqual(
      files.map((file) => decodeURI(file.replace(/^file:(\/\/)?/, ""))),
      [one, two],
    );
    assert.deepEqual(await range(3).inputFiles(), []);
    assert.equal(await frame.isLocal(), engine === "DuckDB");
    assert.equal(frame.isStreaming, false);
  });

  test("write modes", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "out");
    await range(2).write.parquet(path);
    await assert.rejects(range(2).write.parquet(path), /exist/);
    await range(2).write.mode("append").parquet(path);
    assert.equal(await read.parquet(path).count(), 4);
    await range(9).write.mode("ignore").parquet(path);
    assert.equal(await read.parquet(path).count(), 4);
    await range(3).write.mode("overwrite").parquet(path);
    assert.equal(await read.parquet(path).count(), 3);
    assert.throws(
      () => range(1).write.mode("overwrit" as any),
      /There is no mode "overwrit".*Did you mean "overwrite"/,
    );
  });

  test("a frame is written over the files that it reads, or keeps them", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "t");
    await range(5).write.parquet(path);
    const late = read.parquet(path).filter((f) => f.id.gt(2));
    const written = late.write.mode("overwrite").parquet(path);
    if (engine === "Spark") await assert.rejects(written, { code: "OVERWRITES_SOURCE" });
    else await written;
    assert.equal(await late.count(), 2);
  });

  test("missing and corrupt files are one clear sentence with the name", async () => {
    using folder = tempFolder();
    const missing = join(folder.path, "missing.parquet");
    await assert.rejects(read.parquet(missing).count(), (error: any) => error.message.includes("missing.parquet"));
    const corrupt = join(folder.path, "corrupt.parquet");
    writeFileSync(corrupt, "not parquet at all");
    await assert.rejects(read.parquet(corrupt).count(), (error: any) => error.message.includes("corrupt.parquet"));
    mkdirSync(join(folder.path, "empty"));
    await assert.rejects(read.parquet(join(folder.path, "empty")).count(), (error: any) =>
      error.message.includes("empty"),
    );
    assert.equal(await range(1).count(), 1);
  });

  test("every type survives the engine and a Parquet file", async () => {
    using folder = tempFolder();
    const ddl =
      "bo BOOLEAN, by BYTE, sh SHORT, i INT, l LONG, f FLOAT, d DOUBLE, de DECIMAL(38,10), s STRING, bi BINARY, da DATE, ts TIMESTAMP, nt TIMESTAMP_NTZ, ar ARRAY<ARRAY<INT>>, st STRUCT<a: INT, b: STRUCT<c: STRING>>, ma MAP<STRING, ARRAY<DOUBLE>>";
    const { Decimal } = await import("decimal.js");
    const full = {
      bo: true,
      by: -128,
      sh: 32767,
      i: -(2 ** 31),
      l: Number.MAX_SAFE_INTEGER,
      f: 0.5,
      d: Number.NEGATIVE_INFINITY,
      de: new Decimal("-1234567890123456789012345678.0123456789"),
      s: "a😀\nü",
      bi: new Uint8Array([0, 255]),
      da: new Date("1899-12-31"),
      ts: new Date("1969-12-31T23:59:59.999Z"),
      nt: new Date("2400-02-29T12:00:00.001Z"),
      ar: [[1, null], [], null],
      st: { a: null, b: { c: "x" } },
      ma: new Map([
        ["k", [1.5, null]],
        ["empty", null],
      ]),
    };
    const empty = Object.fromEntries(Object.keys(full).map((name) => [name, null]));
    const frame = createDataFrame([full, empty], ddl);
    assert.deepEqual(await frame.collect(), [full, empty]);
    const path = join(folder.path, "types");
    await frame.write.parquet(path);
    const back = read.parquet(path);
    assert.deepEqual(await back.collect(), [full, empty]);
    const kinds = async (f: typeof frame) => (await f.schema()).map(({ name, type }) => [name, type]);
    assert.deepEqual(await kinds(back), await kinds(frame));
  });
});

test("each option gives a new reader", () => {
  const base = read.option("header", true);
  const semicolon = base.option("sep", ";");
  const options = (reader: typeof read) => (reader.csv("x.csv").plan as any).options;
  assert.deepEqual(options(base), { header: "true", inferschema: "true" });
  assert.deepEqual(options(semicolon), { header: "true", inferschema: "true", sep: ";" });
  assert.deepEqual(options(read.options({ nullValue: "NA", multiLine: true })), {
    header: "true",
    inferschema: "true",
    nullvalue: "NA",
    multiline: "true",
  });
  assert.equal((read.format("json").load("a", "b").plan as any).format, "json");
  assert.deepEqual((read.parquet(["a", "b"], "c").plan as any).paths, ["a", "b", "c"]);
});

test("a misspelt option is an error with the nearest name", async () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, "a.csv"), "x\n1\n");
  await assert.rejects(
    read.option("headr", false).csv(join(folder.path, "a.csv")).collect(),
    /headr.*Did you mean "header"/s,
  );
});

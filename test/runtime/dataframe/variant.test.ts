import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { Decimal } from "decimal.js";
import { F, StorageLevel, schema, types, udf, type VariantValue } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const folder = mkdtempSync(join(tmpdir(), "quern-variants-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const day = Temporal.PlainDate.from("2024-02-29");
const at = Temporal.Instant.from("2024-02-29T11:34:56.789012Z");

onEngines(({ createDataFrame, engine, read, spark, test }) => {
  const texts = createDataFrame(
    [
      { i: 0, j: '{"b": [1, 2.50, "x"], "a": null}' },
      { i: 1, j: "9007199254740993" },
      { i: 2, j: "null" },
      { i: 3, j: null },
    ],
    "i INT NOT NULL, j STRING",
  );
  const parsed = texts.withColumn("v", F.parse_json("j"));

  test("a VARIANT comes as the JavaScript value that it is", async () => {
    const rows = await parsed
      .filter((f) => f.i.ne(1))
      .orderBy("i")
      .collect();
    const values: VariantValue[] = rows.map((row) => row.v);
    assert.deepEqual(values, [{ a: null, b: [1, new Decimal("2.5"), "x"] }, null, null]);
    assert.deepEqual(await parsed.dtypes(), [
      ["i", "int"],
      ["j", "string"],
      ["v", "variant"],
    ]);
  });

  test("longs and times in a VARIANT come as the options say", async () => {
    const second = parsed.filter((f) => f.i.eq(1));
    await assert.rejects(second.collect(), /"v" holds 9007199254740993, which a JavaScript number cannot hold/);
    assert.equal((await second.collect({ long: "bigint" }))[0]?.v, 9007199254740993n);
    const times = createDataFrame([{ v: [day, at] }], "v VARIANT");
    assert.deepEqual((await times.collect())[0]?.v, [new Date("2024-02-29"), new Date("2024-02-29T11:34:56.789Z")]);
    assert.deepEqual(String((await times.collect({ time: "Temporal" }))[0]?.v), `${day},${at}`);
  });

  test("JavaScript's values become VARIANTs and come back", async () => {
    const values = [
      { n: 1, x: 1.5, t: "é", l: [true, null, []], m: { deep: { er: new Uint8Array([0, 255]) } } },
      new Decimal("12345678901234567890.5"),
      -0,
      "text",
      null,
    ];
    const frame = createDataFrame(
      values.map((v, i) => ({ i, v, l: [v] })),
      schema({ i: types.int.notNull(), v: types.variant, l: types.array(types.variant) }),
    );
    const rows = await frame.orderBy("i").collect();
    assert.deepEqual(
      rows.map((row) => row.v),
      values,
    );
    assert.deepEqual(rows[0]?.l, [values[0]]);
    const map = createDataFrame([{ v: new Map([["k", 1n]]) }], "v VARIANT");
    assert.deepEqual((await map.collect())[0]?.v, { k: 1 });
    const wrong = (v: unknown) => () => createDataFrame([{ v }], "v VARIANT");
    assert.throws(
      wrong(Temporal.PlainTime.from("10:00")),
      /Row 0, column "v": Temporal.PlainTime.* is no VARIANT: it holds null/,
    );
    assert.throws(wrong({ f: () => 1 }), /is no VARIANT/);
    assert.throws(wrong(10n ** 38n), /is no VARIANT/);
  });

  test("a VARIANT is shown as JSON, times in the session's zone", async () => {
    await spark.conf.set("spark.sql.session.timeZone", "Europe/Berlin");
    try {
      const frame = createDataFrame([{ v: { t: at, d: day, x: [1.5, "ä"] } }], "v VARIANT");
      const json = '{"d":"2024-02-29","t":"2024-02-29 12:34:56.789012+01:00","x":[1.5,"ä"]}';
      const text = frame.select((f) => ({ s: f.v.cast("string"), j: F.to_json(f.v) }));
      assert.deepEqual(await text.collect(), [{ s: json, j: json }]);
    } finally {
      await spark.conf.unset("spark.sql.session.timeZone");
    }
  });

  test("Arrow has a VARIANT's two parts, by which a frame of them has it again", async () => {
    const table = await parsed.select("v").toArrow();
    assert.equal(String(table.schema.fields[0]?.type), "Struct<{value:Binary, metadata:Binary}>");
    const again = createDataFrame(tableFromIPC(tableToIPC(table)));
    assert.deepEqual(await again.dtypes(), [["v", "variant"]]);
    assert.equal(await again.filter((f: any) => F.is_variant_null(f.v)).count(), 1);
  });

  test("frames with VARIANTs are kept, joined and grouped by what is in them", async () => {
    const kept = parsed.persist(StorageLevel.DISK_ONLY);
    const ids = kept.select((f) => ({ i: f.i, first: F.variant_get(f.v, "$.b[0]", "int") }));
    assert.deepEqual(
      (await ids.groupBy("first").count().orderBy("first").collect()).map(({ first, count }) => [first, count]),
      [
        [null, 3],
        [1, 1],
      ],
    );
    assert.equal(
      await kept
        .join(
          ids.filter((f) => f.first.isNotNull()),
          "i",
        )
        .count(),
      1,
    );
    await kept.unpersist();
  });

  test("text in Spark's SQL reads the functions and the type", async () => {
    spark.conf.set("spark.quern.sql.dialect", "spark");
    try {
      const rows = await texts
        .selectExpr(
          "variant_get(parse_json(j), '$.b[1]', 'decimal(5,2)') AS d",
          "CAST(i AS VARIANT) AS v",
          "try_variant_get(parse_json(j), '$', 'int') AS n",
          "parse_json(j)::string AS s",
        )
        .limit(1)
        .collect();
      assert.deepEqual(rows, [{ d: new Decimal("2.5"), v: 0, n: null, s: '{"a":null,"b":[1,2.5,"x"]}' }]);
    } finally {
      spark.conf.unset("spark.quern.sql.dialect");
    }
  });

  test("Parquet holds VARIANTs, whichever engine reads them", async () => {
    const path = join(folder, `${engine}.parquet`);
    const whole = parsed.filter((f) => f.v.isNotNull()).select("i", "v");
    await whole.write.parquet(path);
    const back = read.parquet(path).orderBy("i");
    assert.deepEqual(await back.dtypes(), [
      ["i", "int"],
      ["v", "variant"],
    ]);
    assert.deepEqual(await back.collect({ long: "bigint" }), await whole.orderBy("i").collect({ long: "bigint" }));
    assert.equal(await back.filter((f: any) => F.is_variant_null(f.v)).count(), 1);
  });

  test("what cannot be compared is refused before anything runs", async () => {
    const pattern = /"?v"? is variant; values that are VARIANT cannot be compared, grouped or ordered\. Cast it/;
    await assert.rejects(parsed.orderBy("v").collect(), pattern);
    await assert.rejects(parsed.groupBy("v").count().collect(), pattern);
    await assert.rejects(parsed.select("v").distinct().collect(), pattern);
    await assert.rejects(parsed.filter((f: any) => f.v.eq(1)).collect(), /eq does not take this as argument 1/);
    await assert.rejects(parsed.select(F.countDistinct("v")).collect(), /does not take values that are VARIANT/);
    await assert.rejects(
      parsed.select(F.map_from_arrays(F.array("v"), F.array("i"))).collect(),
      /makes a map, whose keys cannot be VARIANT/,
    );
  });

  if (engine === "Spark") return;

  test("a function of the user's takes and gives VARIANTs", async () => {
    const wrapped = udf((value: VariantValue) => ({ value }), "variant", { nulls: "skip" });
    const rows = await parsed
      .filter((f) => f.i.eq(0))
      .select((f) => ({ w: wrapped(f.v) }))
      .collect();
    assert.deepEqual(rows, [{ w: { value: { a: null, b: [1, new Decimal("2.5"), "x"] } } }]);
  });

  test("DuckDB refuses VARIANTs where it would not have Spark's, and says what to do", async () => {
    const pattern = /"v" is variant; .* on DuckDB has no VARIANT as Spark does: write it as text first, by to_json/;
    await assert.rejects(parsed.createTempView("parsed"), pattern);
    await assert.rejects(parsed.write.saveAsTable("parsed"), pattern);
    await assert.rejects(parsed.write.json(join(folder, "json")), pattern);
    await assert.rejects(parsed.write.csv(join(folder, "csv")), pattern);
    await assert.rejects(parsed.persist().selectExpr("v IS NULL").collect(), pattern);
    await assert.rejects(
      parsed.write.parquet(join(folder, "null.parquet")),
      /A VARIANT that is to be written is NULL, and DuckDB does not tell JSON's null from NULL in files\. Leave such/,
    );
    await assert.rejects(
      read.schema("v VARIANT").json(join(folder, "none.json")).collect(),
      /json: the column "v" is read as variant on Spark only\. Here say "v STRING", and then parse_json\("v"\)/,
    );
  });

  test("a column of DuckDB's own VARIANT is one", async () => {
    const frame = spark.sql("SELECT {'a': 1.5}::VARIANT AS v UNION ALL SELECT NULL");
    assert.deepEqual(await frame.dtypes(), [["v", "variant"]]);
    const rows = await frame
      .select((f: any) => ({ t: F.schema_of_variant(f.v) }))
      .orderBy("t")
      .collect();
    assert.deepEqual(rows, [{ t: null }, { t: "OBJECT<a: DECIMAL(2,1)>" }]);
  });
});

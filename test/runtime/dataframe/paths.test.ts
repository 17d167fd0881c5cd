import assert from "node:assert/strict";
import { col, expr, F, lit, Observation, udf, Window } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, spark, engine, test }) => {
  const people = createDataFrame(
    [
      { id: 1, home: { city: "Ulm", at: { x: 1.5 } }, pets: [{ kind: "cat" }, { kind: null }], "a.b": 7 },
      { id: 2, home: null, pets: null, "a.b": 8 },
    ],
    "id int, home struct<city: string, at: struct<x: double>>, pets array<struct<kind: string>>, `a.b` int",
  ) as any;

  test("a path leads into structs, and the column is called what it ends with", async () => {
    const rows = await people.select("id", "home.city", col("home.at.X"), "pets.kind").orderBy("id").collect();
    assert.deepEqual(rows, [
      { id: 1, city: "Ulm", X: 1.5, kind: ["cat", null] },
      { id: 2, city: null, X: null, kind: null },
    ]);
    const counted = people
      .filter(col("home.at.x").gt(1).or(col("home.at.x").isNull()))
      .groupBy("home.city")
      .agg(F.max("home.at.x"), F.count("id").alias("home.city n"))
      .orderBy("city");
    assert.deepEqual(await counted.collect(), [
      { city: null, "max(home.at.x)": null, "home.city n": 1 },
      { city: "Ulm", "max(home.at.x)": 1.5, "home.city n": 1 },
    ]);
    assert.deepEqual(await people.select(F.upper("home.city"), col("home.city").alias("home.city")).columns(), [
      "upper(home.city)",
      "home.city",
    ]);
    const pivoted = people.groupBy("home.city").pivot("id", [1]);
    const most = { city: "Ulm", 1: 1.5 };
    assert.deepEqual(await pivoted.agg(F.max("home.at.x")).orderBy(col("city").desc()).limit(1).collect(), [most]);
    assert.deepEqual(await people.groupBy("home.city").pivot("home.at.x").max("id").columns(), ["city", "null", "1.5"]);
    assert.deepEqual(await people.groupBy("home.city").sum("home.at.x").columns(), ["city", "sum(home.at.x)"]);
  });

  test("a star stands for what is in a struct, of a frame with an alias, or in all columns", async () => {
    assert.deepEqual(await people.select("id", "home.*").orderBy("id").collect(), [
      { id: 1, city: "Ulm", at: { x: 1.5 } },
      { id: 2, city: null, at: null },
    ]);
    assert.deepEqual(await people.selectExpr("home.at.*", "home.city", 'home."city" AS town').columns(), [
      "x",
      "city",
      "town",
    ]);
    assert.deepEqual(await people.select(lit(1).alias("one"), col("*")).columns(), [
      "one",
      "id",
      "home",
      "pets",
      "a.b",
    ]);
    const [row] = await people
      .limit(1)
      .select(F.struct("*").alias("all"), F.struct("home.*", "id").alias("few"))
      .select("all.`a.b`", "few")
      .collect();
    assert.deepEqual(row, { "a.b": 7, few: { city: "Ulm", at: { x: 1.5 }, id: 1 } });
    const pairs = people
      .select("id", "home")
      .alias("l")
      .join(people.select("id", "pets").alias("r"), col("l.id").eq(col("r.id")));
    assert.deepEqual(await pairs.select("r.*").columns(), ["id", "pets"]);
    assert.deepEqual(await pairs.select("l.home.city", "r.*").columns(), ["city", "id", "pets"]);
    assert.deepEqual(await pairs.select("l.*", "r.*").columns(), ["id", "home", "r.id", "pets"]);
  });

  test("a field is found in the structs of an array and by the key of a map, and an index says what to write", async () => {
    const row = people.select("pets", F.create_map(lit("k"), "home").alias("m"), F.array("pets").alias("all"));
    const fields = row.select((f: any) => [f.pets.kind, f.m.k.city, f.all.getItem(0).kind.alias("first")]);
    assert.deepEqual(await fields.orderBy("city").collect(), [
      { kind: null, city: null, first: null },
      { kind: ["cat", null], city: "Ulm", first: ["cat", null] },
    ]);
    await assert.rejects(
      row.select((f: any) => f.pets[0]).collect(),
      /"pets" has no field "0".* An element is getItem\(0\)/,
    );
    await assert.rejects(row.select((f: any) => f.all[1].kind).collect(), /"all" .* An element is getItem\(1\)/);
    await assert.rejects(row.select((f: any) => f.pets.name).collect(), /"pets" has no field "name". Fields: kind/);
  });

  test("a column whose name has dots goes before a path, and is meant alone in backticks", async () => {
    const both = createDataFrame([{ a: { b: 1 }, "a.b": 2 }]) as any;
    assert.deepEqual(await both.select("a.b", col("`a`.`b`").alias("field")).collect(), [{ "a.b": 2, field: 1 }]);
    assert.deepEqual(await both.select("`a.b`").collect(), [{ "a.b": 2 }]);
    assert.deepEqual(await both.drop(col("`a.b`")).columns(), ["a"]);
    // As in Spark, these name whole columns.
    assert.deepEqual(await people.withColumn("home.city", lit(1)).drop("home.at").columns(), [
      "id",
      "home",
      "pets",
      "a.b",
      "home.city",
    ]);
    const odd = createDataFrame([{ "x`y": 1, ".": 3, "ü.ß": { "1": 4 } }]) as any;
    assert.deepEqual(await odd.select("x`y", ".", "ü.ß.1").collect(), [{ "x`y": 1, ".": 3, "1": 4 }]);
    assert.deepEqual(await odd.select("`x``y`", "`ü.ß`.1").collect(), [{ "x`y": 1, "1": 4 }]);
  });

  test("columns and fields may be called as members of promises, columns and objects are", async () => {
    const odd = createDataFrame([[1, 2, 3]], "then int, constructor int, alias int").withColumn(
      "st",
      F.struct(lit(4).alias("then"), lit(5).alias("catch")),
    ) as any;
    const values = async (frame: any) => Object.values((await frame.collect())[0]);
    const rows = odd.select((f: any) => [
      f.then,
      f.constructor,
      f.alias,
      f.st.then.alias("inner"),
      f.st.getField("catch"),
    ]);
    assert.deepEqual(await rows.columns(), ["then", "constructor", "alias", "inner", "catch"]);
    assert.deepEqual(await values(rows), [1, 2, 3, 4, 5]);
    assert.deepEqual(await values(odd.select("then", "st.catch", col("st.then").alias("inner"))), [1, 5, 4]);
    await assert.rejects(async () => odd.select(async (f: any) => f.then), /a callback cannot be async/);
  });

  test("paths stand wherever columns do: in joins, windows, sorts, functions of the user's own, sub-plans", async () => {
    const keys = createDataFrame([{ key: "Ulm", of: { id: 1 } }]) as any;
    const joined = people.join(keys, col("home.city").eq(col("key")), "left").orderBy(col("of.id").desc());
    assert.deepEqual(await joined.select("id", "key").collect(), [
      { id: 1, key: "Ulm" },
      { id: 2, key: null },
    ]);
    const ranked = people.withColumn("n", F.row_number().over(Window.partitionBy("home.at").orderBy("home.city")));
    assert.deepEqual(await ranked.select("n").collect(), [{ n: 1 }, { n: 1 }]);
    const inside = people.filter(
      keys
        .filter(
          col("of.id")
            .eq(col("id").outer())
            .and(col("key").eq(col("home.city").outer())),
        )
        .exists(),
    );
    assert.deepEqual(await inside.select("home.*", keys.select(F.max("of.id")).scalar().alias("most")).collect(), [
      { city: "Ulm", at: { x: 1.5 }, most: 1 },
    ]);
    if (engine === "DuckDB") {
      const long = udf((text: string) => text.length, "int");
      assert.deepEqual(await people.select(long("home.city").alias("n")).orderBy("n").collect(), [
        { n: null },
        { n: 3 },
      ]);
    }
    const observation = new Observation("cities");
    await people.observe(observation, F.count("home.city").alias("n")).count();
    assert.deepEqual(await observation.get, { n: 1 });
    assert.equal(await people.stat.sampleBy(col("home.city"), { Ulm: 1 }).count(), 1);
    people.select("home.city").createOrReplaceTempView("cities_of_paths");
    const kept = spark.table("cities_of_paths").cache();
    assert.equal(await kept.count(), 2);
    const filled = people.select("home.city").na.fill("?").cache();
    const level = String(filled.storageLevel);
    assert.ok(level !== "NONE", level);
    filled.unpersist();
    assert.equal(String(filled.storageLevel), "NONE");
    assert.equal(await people.select("home.city").filter("city = 'Ulm'").count(), 1);
    kept.unpersist();
    let chain = people;
    for (let i = 0; i < 60; i++)
      chain = chain.withColumn("n", col("home.at.x").plus(i)).withColumn("home", col("home"));
    assert.deepEqual(await chain.filter("n is not null").select("n").collect(), [{ n: 60.5 }]);
  });

  test("SQL text takes an alias, and its paths are paths", async () => {
    const named = people.select(
      expr("id + 1 AS next"),
      expr('CAST(id AS INT) as "the id"'),
      expr("concat('a as b', CAST(id AS STRING))"),
      expr("id -- the same as one\n"),
      expr("home.city"),
      expr("home.at.x as Größe"),
    );
    assert.deepEqual(await named.columns(), [
      "next",
      "the id",
      "concat('a as b', CAST(id AS STRING))",
      "id -- the same as one\n",
      "city",
      "Größe",
    ]);
    assert.deepEqual(await people.groupBy("id").agg(expr("max(home.at.x) AS most")).orderBy("id").collect(), [
      { id: 1, most: 1.5 },
      { id: 2, most: null },
    ]);
    assert.deepEqual(await people.agg(F.count(expr("*")), F.count(col("*")).alias("n")).collect(), [
      { "count(1)": 2, n: 2 },
    ]);
    assert.deepEqual(await people.selectExpr("id AS a -- a comment as b", "(id) as `c``d`").columns(), ["a", "c`d"]);
  });

  test("what a path does not lead to is an error at the step, with what there is", async () => {
    await assert.rejects(people.select("home.town").collect(), /"home" has no field "town"\. Fields: city, at/);
    await assert.rejects(people.select("id.x").collect(), /"id" is int and has no field "x"; only a struct has fields/);
    await assert.rejects(people.select("hime.city").collect(), /"hime\.city" is not in the frame\. Columns: id, home/);
    await assert.rejects(people.select("nope.*").collect(), /"nope\.\*" is of no frame and of no struct/);
    await assert.rejects(people.filter(col("*")).collect(), /"\*" is not in the frame/);
    await assert.rejects(
      people.select((f: any) => f["home.city"]).collect(),
      /"home" is a struct: write col\("home"\)\.getField\("city"\), or .* f => f\.home\.city\./,
    );
    const error = await people
      .select("home.town")
      .collect()
      .catch((failure: Error) => failure);
    assert.match((error as Error).stack ?? "", /paths\.test\.ts/);
  });
});

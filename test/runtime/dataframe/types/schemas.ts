/** Code and the type of its value, as the editor shows it. */
export const schemas: readonly (readonly [code: string, type: string])[] = [
  ['s.select("origin", "delay")', "DataFrame<{ delay: Sql.Short | null; origin: Sql.String; }>"],
  [
    "s.select((f) => ({ late: f.delay, far: f.distance.plus(1) }))",
    "DataFrame<{ late: Sql.Short | null; far: Sql.Int; }>",
  ],
  ['s.select((f) => [f.origin, f.delay.alias("late")])', "DataFrame<{ late: Sql.Short | null; origin: Sql.String; }>"],
  ['s.select("origin", col("x"))', "DataFrame<{ origin: Sql.String; x: any; }>"],
  ["s.select(name)", "DataFrame<any>"],
  ['s.select(...(await s.columns()).filter((c) => c !== "delay"))', "DataFrame<any>"],
  ['s.selectExpr("1 as a")', "DataFrame<any>"],
  [
    's.filter((f) => f.delay.gt(1)).where("distance > 1").distinct().limit(3).orderBy("origin")',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>",
  ],
  [
    's.withColumn("x", lit(1.5))',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; x: Sql.Double; }>",
  ],
  [
    's.withColumn("delay", (f) => f.delay.cast("bigint"))',
    "DataFrame<{ origin: Sql.String; delay: Sql.Long | null; distance: Sql.Int; }>",
  ],
  ["s.withColumn(name, lit(1))", "DataFrame<any>"],
  [
    's.withColumns((f) => ({ up: F.upper(f.origin), delay: lit("x") }))',
    "DataFrame<{ origin: Sql.String; delay: Sql.String; distance: Sql.Int; up: Sql.String; }>",
  ],
  [
    's.withColumnRenamed("delay", "late")',
    "DataFrame<{ distance: Sql.Int; late: Sql.Short | null; origin: Sql.String; }>",
  ],
  [
    's.withColumnsRenamed({ delay: "d", origin: "o" })',
    "DataFrame<{ d: Sql.Short | null; distance: Sql.Int; o: Sql.String; }>",
  ],
  ['s.drop("delay")', "DataFrame<{ distance: Sql.Int; origin: Sql.String; }>"],
  ["s.drop(name)", "DataFrame<any>"],
  ['s.groupBy("origin").count()', "DataFrame<{ count: Sql.Long; origin: Sql.String; }>"],
  [
    "s.groupBy((f) => ({ o: f.origin })).agg((f) => ({ n: count(), late: avg(f.delay), far: sum(f.distance) }))",
    "DataFrame<{ o: Sql.String; n: Sql.Long; late: Sql.Double | null; far: Sql.Long | null; }>",
  ],
  ['s.groupBy("origin").sum("distance")', 'DataFrame<{ origin: Sql.String; "sum(distance)": Sql.Long | null; }>'],
  [
    's.groupBy("origin").avg()',
    'DataFrame<{ "avg(delay)": Sql.Double | null; "avg(distance)": Sql.Double | null; origin: Sql.String; }>',
  ],
  ['s.select("origin").groupBy("origin").sum()', "DataFrame<{ origin: Sql.String; }>"],
  ["u.groupBy('a').sum()", "DataFrame<any>"],
  ['s.withColumn("x", col("y")).groupBy("origin").max()', "DataFrame<any>"],
  [
    's.groupBy("origin").pivot("distance", [100]).min()',
    'DataFrame<{ "100_min(delay)": Sql.Short | null; "100_min(distance)": Sql.Int | null; origin: Sql.String; }>',
  ],
  ['s.groupBy("origin").agg(max("delay"))', "DataFrame<any>"],
  ["s.agg((f) => ({ n: count(f.delay) }))", "DataFrame<{ n: Sql.Long; }>"],
  [
    's.join(g.drop("delay"), "origin")',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; city: Sql.String | null; }>",
  ],
  [
    's.join(g.drop("delay"), "origin", "left")',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; city: Sql.String | null; }>",
  ],
  [
    's.join(g, ["origin", "delay"], "full")',
    "DataFrame<{ origin: Sql.String; delay: Sql.Long | null; distance: Sql.Int | null; city: Sql.String | null; }>",
  ],
  [
    's.join(g, (a, b) => a.origin.eq(b.origin), "inner", { suffix: "_r" })',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; city: Sql.String | null; delay_r: Sql.Long; origin_r: Sql.String; }>",
  ],
  ['s.join(g, "origin", "semi")', "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>"],
  [
    's.crossJoin(g, { suffix: "_2" })',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; city: Sql.String | null; delay_2: Sql.Long; origin_2: Sql.String; }>",
  ],
  ['s.join(u, "origin")', "DataFrame<any>"],
  ['u.join(s, "origin")', "DataFrame<any>"],
  ["s.union(s)", "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>"],
  ['s.select("distance").union(g.select((f) => ({ distance: f.delay })))', "DataFrame<{ distance: Sql.Long; }>"],
  ['s.select("origin").union(g.select("city"))', "DataFrame<{ origin: any; }>"],
  [
    'p.select((f) => ({ a: f.price.plus(1), b: f.rate.times(2), c: f.price.div(f.rate), d: f.rate.cast("int").mod(2) }))',
    "DataFrame<{ a: Sql.Decimal; b: Sql.Double; c: Sql.Double; d: Sql.Int; }>",
  ],
  [
    'p.select((f) => ({ a: f.ok.cast("array<int>"), b: f.ok.cast("map<string,decimal(3,1)>"), c: f.ok.cast("DECIMAL(10,2)"), d: f.ok.tryCast("Timestamp") }))',
    "DataFrame<{ a: Sql.Array<Sql.Int | null> | null; b: Sql.Map<Sql.String, Sql.Decimal | null> | null; c: Sql.Decimal | null; d: Sql.Timestamp | null; }>",
  ],
  [
    'f.select((f) => ({ a: f.address.city, b: f.address.getField("cast"), c: f.tags.getItem(0) }))',
    "DataFrame<{ a: Sql.String | null; b: Sql.Int | null; c: Sql.String | null; }>",
  ],
  [
    'p.select((f) => ({ a: f.items.getItem(0).name, b: f.counts.getItem("a"), c: F.element_at(f.items, 1).id }))',
    "DataFrame<{ a: Sql.String | null; b: Sql.Long | null; c: Sql.Long | null; }>",
  ],
  [
    's.select((f) => ({ a: when(f.delay.gt(0), "late").otherwise("on time"), b: when(f.delay.gt(0), f.delay).otherwise(f.distance), c: when(f.delay.gt(0), 1).when(f.delay.lt(0), 1.5) }))',
    "DataFrame<{ a: Sql.String; b: Sql.Int | null; c: Sql.Double | null; }>",
  ],
  [
    's.select((f) => ({ a: coalesce(f.delay, lit(0)), b: F.greatest(f.delay, f.distance), c: lag(f.distance).over(Window.orderBy("origin")), d: row_number().over(Window.partitionBy("origin")) }))',
    "DataFrame<{ a: Sql.Int; b: Sql.Int | null; c: Sql.Int | null; d: Sql.Int; }>",
  ],
  [
    's.select((f) => ({ a: f.delay.isNull().and(f.origin.like("a%")), b: f.delay.gt(f.distance).not() }))',
    "DataFrame<{ a: Sql.Boolean; b: Sql.Boolean | null; }>",
  ],
  ['u.select("a").withColumn("b", (f) => f.a.plus(1))', "DataFrame<{ a: any; b: any; }>"],
  ["u.filter((f) => f.a.b.c.gt(1))", "DataFrame<any>"],
  ['u.groupBy("a").agg((f) => ({ n: count(), d: avg(f.delay) }))', "DataFrame<{ n: Sql.Long; d: any; a: any; }>"],
  ["await s.collect()", "{ origin: string; delay: number | null; distance: number; }[]"],
  [
    'await f.select("date", "address").take(2, { time: "Temporal" })',
    "{ address: { city: string | null; cast: number; } | null; date: Temporal.Instant | null; }[]",
  ],
  ["await s.first()", "{ origin: string; delay: number | null; distance: number; } | null"],
  ['await g.collect({ long: "bigint" })', "{ origin: string; city: string | null; delay: bigint; }[]"],
  ['await p.select("price", "counts").head()', "{ counts: Map<string, number>; price: Decimal; } | null"],
  ["s.stream()", "AsyncIterable<{ origin: string; delay: number | null; distance: number; }>"],
  ["await s.columns()", '("delay" | "distance" | "origin")[]'],
  ["range(3)", "DataFrame<{ id: Sql.Long; }>"],
  ['createDataFrame([{ a: 1, b: "x" }])', "DataFrame<{ a: Sql.Double | Sql.Long; b: Sql.String; }>"],
  ["read.parquet(name)", "DataFrame<any>"],
  ['sql("select 1 as a")', "DataFrame<any>"],
  ['s.transform((d) => d.drop("delay"))', "DataFrame<{ distance: Sql.Int; origin: Sql.String; }>"],
  [
    '((<S extends { distance: Sql.Int }>(d: DataFrame<S>) => d.withColumn("km", (f) => f.distance.times(1.6)))(s))',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; km: Sql.Double; }>",
  ],
  [
    's.groupBy(col("origin"), name)',
    "GroupedData<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }, any>",
  ],
  [
    's.dropDuplicates(["origin"]).dropDuplicates("origin", "delay").cache()',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>",
  ],
  ['createDataFrame([{ a: "7" }]).select((f) => ({ a: f.a.plus(1) }))', "DataFrame<{ a: any; }>"],
  [
    's.filter((f) => f.delay.gt(f.distance).or(f.origin.isin("a", "b")))',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>",
  ],
  ['f.select((f) => f["my col"])', 'DataFrame<{ "my col": Sql.Double; }>'],
  [
    's.agg((f) => [count().alias("n"), max(f.delay).alias("most")])',
    "DataFrame<{ most: Sql.Short | null; n: Sql.Long; }>",
  ],
  [
    's.join(g, "origin", "right", { suffix: "_r" })',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int | null; city: Sql.String | null; delay_r: Sql.Long; }>",
  ],
  ['s.select(["origin", "delay"])', "DataFrame<{ delay: Sql.Short | null; origin: Sql.String; }>"],
  ['s.drop(["delay", "origin"])', "DataFrame<{ distance: Sql.Int; }>"],
  ['s.groupBy(["origin"]).count().orderBy(["count", "origin"])', "DataFrame<{ count: Sql.Long; origin: Sql.String; }>"],
  [
    "s.unionByName(g, true).unionByName(g, { allowMissing: true })",
    "DataFrame<{ origin: Sql.String; delay: Sql.Long | null; distance: Sql.Int | null; city: Sql.String | null; }>",
  ],
  [
    "s.intersect(s).subtract(s).sample(0.5)",
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>",
  ],
  [
    's.groupBy("origin").pivot("distance", [100, 200]).sum("delay")',
    "DataFrame<{ 100: Sql.Long | null; 200: Sql.Long | null; origin: Sql.String; }>",
  ],
  [
    's.groupBy("origin").pivot("distance", [100]).agg((f) => ({ n: count(), far: max(f.delay) }))',
    'DataFrame<{ "100_far": Sql.Short | null; "100_n": Sql.Long | null; origin: Sql.String; }>',
  ],
  ['s.groupBy("origin").pivot("distance").count()', "DataFrame<any>"],
  ['s.rollup("origin").count()', "DataFrame<{ count: Sql.Long; origin: Sql.String | null; }>"],
  ['s.groupingSets(["origin"], []).count()', "DataFrame<{ count: Sql.Long; origin: Sql.String | null; }>"],
  ["s.na.fill(0)", "DataFrame<{ origin: Sql.String; delay: Sql.Short; distance: Sql.Int; }>"],
  ["s.fillna({ delay: 0 })", "DataFrame<{ origin: Sql.String; delay: Sql.Short; distance: Sql.Int; }>"],
  ['f.select("date", "delay").na.drop()', "DataFrame<{ date: Sql.Timestamp; delay: Sql.Short; }>"],
  [
    's.sample(true, 2, -1).dropna("all", 2, ["origin"])',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>",
  ],
  ['s.unpivot("origin")', "DataFrame<{ origin: Sql.String; value: any; variable: Sql.String; }>"],
  [
    "f.select((f) => ({ tag: F.explode(f.tags), origin: f.origin }))",
    "DataFrame<{ tag: Sql.String | null; origin: Sql.String; }>",
  ],
  [
    "f.select((f) => [f.origin, F.posexplode(f.tags)])",
    "DataFrame<{ col: Sql.String | null; origin: Sql.String; pos: Sql.Int; }>",
  ],
  [
    'f.select((f) => [f.origin, F.posexplode_outer(f.tags).alias("n", "tag")])',
    "DataFrame<{ n: Sql.Int | null; origin: Sql.String; tag: Sql.String | null; }>",
  ],
  ["p.select((p) => F.explode(p.counts))", "DataFrame<{ key: Sql.String; value: Sql.Long | null; }>"],
  ['p.select((p) => F.explode(p.counts).alias("k", "v"))', "DataFrame<{ k: Sql.String; v: Sql.Long | null; }>"],
  [
    "p.select((p) => [p.ok, F.inline(p.items)])",
    "DataFrame<{ id: Sql.Long | null; name: Sql.String | null; ok: Sql.Boolean | null; }>",
  ],
  [
    's.select((f) => [f.origin, F.json_tuple(f.origin, "a", "b").alias("x", "y")])',
    "DataFrame<{ origin: Sql.String; x: Sql.String | null; y: Sql.String | null; }>",
  ],
  ['s.select(F.stack(2, "delay", "distance").alias("n"))', "DataFrame<{ n: any; }>"],
  ['s.select(F.posexplode("tags"))', "DataFrame<any>"],
  [
    'p.select("*", F.posexplode("items").alias("n", "item")).select("n", "ok")',
    "DataFrame<{ n: any; ok: Sql.Boolean | null; }>",
  ],
  [
    "p.select((p) => ({ item: F.explode(p.items) })).select((q) => ({ id: q.item.id }))",
    "DataFrame<{ id: Sql.Long | null; }>",
  ],
  [
    "f.select((f) => ({ home: f.address })).select((q) => ({ city: q.home.city }))",
    "DataFrame<{ city: Sql.String | null; }>",
  ],
  ["s.transpose()", "DataFrame<any>"],
  ["s.select('origin').zipWithIndex()", "DataFrame<{ index: Sql.Long; origin: Sql.String; }>"],
  ['s.select("origin").zipWithIndex("n")', "DataFrame<{ n: Sql.Long; origin: Sql.String; }>"],
  ["s.toJSON()", "DataFrame<{ value: Sql.String; }>"],
  ['s.rollup("origin").agg(F.grouping_id().alias("id"))', "DataFrame<{ id: Sql.Long; origin: Sql.String | null; }>"],
  ["u.na.fill(0)", "DataFrame<any>"],
  ['u.groupBy("a").pivot("b", ["x"]).count()', "DataFrame<{ a: any; x: Sql.Long | null; }>"],
  ['s.select((f) => ({ x: udf((x: number) => x * 2, "DOUBLE")(f.delay) }))', "DataFrame<{ x: Sql.Double | null; }>"],
  [
    's.withColumn("x", udf((a: string, b: number) => [a, b].join(), "string")("origin", col("distance")))',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; x: Sql.String | null; }>",
  ],
  [
    's.filter(udf((x: number | null) => x === null, "BOOLEAN", { nulls: "pass" })("delay"))',
    "DataFrame<{ origin: Sql.String; delay: Sql.Short | null; distance: Sql.Int; }>",
  ],
  [
    "s.select((f) => ({ x: udf((x) => [x], 'array<int>')(f.distance) }))",
    "DataFrame<{ x: Sql.Array<Sql.Int | null> | null; }>",
  ],
  ['s.mapInBatches(async () => [{ id: 1 }], "id LONG")', "DataFrame<any>"],
];

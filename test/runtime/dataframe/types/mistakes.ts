/** Code and what is wrong with it: the error's number and its text, without "No overload matches this call". */
export const mistakes: readonly (readonly [code: string, ...errors: string[]])[] = [
  [
    's.select("orgin")',
    '2769 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    's.select("origin", "dely")',
    '2769 Argument of type \'"dely"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    "s.select((f) => ({ a: f.orgin }))",
    "2551 Property 'orgin' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'origin'?",
  ],
  [
    "s.filter((f) => f.dely.gt(1))",
    "2551 Property 'dely' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'delay'?",
  ],
  [
    "s.filter((f) => f.delay)",
    "2769 Type 'Column<Short | null, \"delay\">' is not assignable to type 'Condition'. > Type 'Short | null' is not assignable to type 'Boolean | null'. > Type 'Short' is not assignable to type 'Boolean'. > Types of property '[kind]' are incompatible. > Type '\"short\"' is not assignable to type '\"boolean\"'.",
  ],
  [
    's.filter((f) => f.origin === "SEA")',
    "2367 This comparison appears to be unintentional because the types 'Column<String, \"origin\">' and 'string' have no overlap.",
    "2769 Type 'boolean' is not assignable to type 'Condition'.",
  ],
  [
    's.withColumn("x", (f) => f.dely)',
    "2551 Property 'dely' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'delay'?",
  ],
  [
    's.na.fill("z", ["delay"])',
    '2345 Argument of type \'"delay"[]\' is not assignable to parameter of type \'"origin" | readonly "origin"[]\'. > Type \'"delay"[]\' is not assignable to type \'readonly "origin"[]\'. > Type \'"delay"\' is not assignable to type \'"origin"\'.',
  ],
  ['s.na.fill({ delay: "z" })', "2769 Type 'string' is not assignable to type 'NumericValue | undefined'."],
  [
    's.replace("a", 1)',
    "2345 Argument of type '1' is not assignable to parameter of type 'string | readonly (string | null)[] | null'.",
  ],
  ['s.replace("a", "b", ["delay"])', "2322 Type '\"delay\"' is not assignable to type '\"origin\"'."],
  [
    's.replace({ ny: "New York" }, "orgin")',
    '2345 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin" | readonly ("delay" | "distance" | "origin")[] | undefined\'.',
  ],
  [
    's.approxQuantile("origin", [0.5])',
    '2345 Argument of type \'"origin"\' is not assignable to parameter of type \'"delay" | "distance" | readonly ("delay" | "distance")[]\'.',
  ],
  ['s.approxQuantile("delay", ["a"])', "2322 Type 'string' is not assignable to type 'number'."],
  [
    's.withColumn("x", 1)',
    "2345 Argument of type 'number' is not assignable to parameter of type 'Column<any, any> | ((f: Columns<{ origin: String; delay: Short | null; distance: Int; }>) => Column<any, any>)'.",
  ],
  [
    "s.withColumns((f) => ({ x: f.orign }))",
    "2551 Property 'orign' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'origin'?",
  ],
  [
    's.withColumnRenamed("orgin", "o")',
    '2769 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    's.withColumnsRenamed({ orgin: "o" })',
    "2561 Object literal may only specify known properties, but 'orgin' does not exist in type '{ readonly delay?: string | undefined; readonly distance?: string | undefined; readonly origin?: string | undefined; }'. Did you mean to write 'origin'?",
  ],
  [
    's.drop("orgin")',
    '2769 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    's.dropDuplicates("orgin")',
    '2769 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin" | readonly ("delay" | "distance" | "origin")[]\'.',
  ],
  [
    's.orderBy("orgin")',
    '2769 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    "s.orderBy((f) => f.dely.desc())",
    "2551 Property 'dely' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'delay'?",
  ],
  [
    's.groupBy("orgin").count()',
    '2769 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    "s.groupBy((f) => ({ o: f.orgin })).count()",
    "2551 Property 'orgin' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'origin'?",
  ],
  [
    's.groupBy("origin").sum("origin")',
    '2345 Argument of type \'"origin"\' is not assignable to parameter of type \'"delay" | "distance"\'.',
  ],
  [
    's.groupBy("origin").max("dely")',
    '2345 Argument of type \'"dely"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    's.groupBy("origin").agg((f) => ({ n: sum(f.origin) }))',
    "2345 Argument of type 'Column<String, \"origin\">' is not assignable to parameter of type 'In<Measure>'. > Type 'Column<String, \"origin\">' is not assignable to type 'Column<Measure | null, any>'. > Type 'String' is not assignable to type 'Measure | null'. > Type 'String' is not assignable to type 'Byte | DayTimeInterval | Decimal | Double | Float | Int | Long | Short | YearMonthInterval'. > Type 'String' is not assignable to type 'YearMonthInterval'. > Types of property '[kind]' are incompatible. > Type '\"string\"' is not assignable to type '\"year_month_interval\"'.",
  ],
  [
    "s.agg((f) => ({ n: sum(f.dely) }))",
    "2551 Property 'dely' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'delay'?",
  ],
  [
    's.join(g.drop("delay"), "orgin")',
    '2769 Argument of type \'"orgin"\' is not assignable to parameter of type \'"origin" | Condition | readonly "origin"[] | ((a: Columns<{ origin: String; delay: Short | null; distance: Int; }>, b: Columns<{ city: String | null; origin: String; }>) => Condition)\'.',
  ],
  ['s.join(g.drop("delay"), ["origin", "city"])', "2769 Type '\"city\"' is not assignable to type '\"origin\"'."],
  [
    's.join(g, "origin")',
    "2769 Argument of type 'DataFrame<{ origin: String; city: String | null; delay: Long; }>' is not assignable to parameter of type '\"Both sides of the join have delay. Pass { suffix: \\\"_right\\\" } to rename the right side's, or drop or rename them before the join.\"'.",
  ],
  [
    "s.join(g, (a, b) => a.origin.eq(b.origin))",
    "2769 Argument of type 'DataFrame<{ origin: String; city: String | null; delay: Long; }>' is not assignable to parameter of type '\"Both sides of the join have origin, delay. Pass { suffix: \\\"_right\\\" } to rename the right side's, or drop or rename them before the join.\"'.",
  ],
  [
    's.join(g.drop("delay"), "origin", "lefft")',
    '2769 Argument of type \'"lefft"\' is not assignable to parameter of type \'"anti" | "cross" | "full" | "full_outer" | "fullouter" | "inner" | "left" | "left_anti" | "left_outer" | "left_semi" | "leftanti" | "leftouter" | "leftsemi" | "outer" | "right" | "right_outer" | "rightouter" | "semi" | undefined\'.',
  ],
  [
    's.join(g, (a, b) => a.orgin.eq(b.origin), "inner", { suffix: "_r" })',
    "2551 Property 'orgin' does not exist on type 'Columns<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'origin'?",
  ],
  [
    's.join(s.withColumn("x", lit(1)), "x")',
    '2769 Argument of type \'"x"\' is not assignable to parameter of type \'"delay" | "distance" | "origin" | Condition | readonly ("delay" | "distance" | "origin")[] | ((a: Columns<{ origin: String; delay: Short | null; distance: Int; }>, b: Columns<...>) => Condition)\'.',
  ],
  [
    "s.crossJoin(g)",
    "2345 Argument of type 'DataFrame<{ origin: String; city: String | null; delay: Long; }>' is not assignable to parameter of type '\"Both sides of the join have origin, delay. Pass { suffix: \\\"_right\\\" } to rename the right side's, or drop or rename them before the join.\"'.",
  ],
  [
    's.withColumn("a", lit(1)).withColumn("b", lit(1)).crossJoin(s.withColumn("a", lit(1)).withColumn("b", lit(1)))',
    "2345 Argument of type 'DataFrame<{ origin: String; delay: Short | null; distance: Int; a: Int; b: Int; }>' is not assignable to parameter of type '\"Both sides of the join have origin, distance, delay, b, …. Pass { suffix: \\\"_right\\\" } to rename the right side's, or drop or rename them before the join.\"'.",
  ],
  [
    's.drop("delay").filter((f) => f.delay.isNull())',
    "2339 Property 'delay' does not exist on type 'Columns<{ distance: Int; origin: String; }>'.",
  ],
  [
    's.select("origin").orderBy("delay")',
    "2769 Argument of type '\"delay\"' is not assignable to parameter of type '\"origin\"'.",
  ],
  [
    's.groupBy("origin").count().filter((f) => f.delay.gt(1))',
    "2339 Property 'delay' does not exist on type 'Columns<{ count: Long; origin: String; }>'.",
  ],
  [
    's.filter((f) => f.delay.gt("1"))',
    "2345 Argument of type 'string' is not assignable to parameter of type 'Column<Numeric | null, any> | NumericValue'.",
  ],
  [
    "s.filter((f) => f.origin.eq(1))",
    "2345 Argument of type 'number' is not assignable to parameter of type 'string | Column<String | Time | Temporal | null, any>'.",
  ],
  [
    's.select((f) => ({ a: f.delay.plus("1") }))',
    "2345 Argument of type 'string' is not assignable to parameter of type 'Addend'.",
  ],
  [
    "s.filter((f) => f.delay.and(f.distance.gt(1)))",
    "2684 The 'this' context of type 'Column<Short | null, \"delay\">' is not assignable to method's 'this' of type 'Condition'. > Type 'Short | null' is not assignable to type 'Boolean | null'. > Type 'Short' is not assignable to type 'Boolean'. > Types of property '[kind]' are incompatible. > Type '\"short\"' is not assignable to type '\"boolean\"'.",
  ],
  [
    "s.select((f) => ({ a: hour(f.delay) }))",
    "2345 Argument of type 'Column<Short | null, \"delay\">' is not assignable to parameter of type 'Daytime'. > Type 'Column<Short | null, \"delay\">' is not assignable to type 'Column<String | Time | Temporal | null, any>'. > Type 'Short | null' is not assignable to type 'String | Time | Temporal | null'. > Type 'Short' is not assignable to type 'String | Time | Temporal | null'. > Type 'Short' is not assignable to type 'Date | String | Time | Timestamp | TimestampNtz'. > Type 'Short' is not assignable to type 'TimestampNtz'. > Types of property '[kind]' are incompatible. > Type '\"short\"' is not assignable to type '\"timestamp_ntz\"'.",
  ],
  [
    "s.select((f) => ({ a: F.uper(f.origin) }))",
    "2551 Property 'uper' does not exist on type 'Functions'. Did you mean 'upper'?",
  ],
  [
    "s.select((f) => ({ a: f.origin.uper() }))",
    "2339 Property 'uper' does not exist on type 'Column<String, \"origin\">'.",
  ],
  [
    's.select((f) => ({ a: f.delay.cast("bigit") }))',
    '2345 Argument of type \'"bigit"\' is not assignable to parameter of type \'"bigint" | "binary" | "boolean" | "byte" | "date" | "decimal" | "double" | "float" | "int" | "integer" | "interval" | "long" | "real" | "short" | "smallint" | "string" | "time" | ... 4 more ... | "variant"\'.',
  ],
  [
    "f.select((f) => ({ a: f.address.ctiy }))",
    "2339 Property 'ctiy' does not exist on type 'Column<Struct<{ city: String | null; cast: Int; }> | null, \"address\"> & { readonly city: Column<String | null, \"city\">; }'.",
  ],
  [
    'f.select((f) => ({ a: f.address.getField("ctiy") }))',
    '2345 Argument of type \'"ctiy"\' is not assignable to parameter of type \'"cast" | "city"\'.',
  ],
  [
    'f.select((f) => ({ a: f.tags.getItem("a") }))',
    "2345 Argument of type 'string' is not assignable to parameter of type 'number | Column<Integral | null, any>'.",
  ],
  [
    "s.select((f) => ({ a: when(f.delay, 1) }))",
    "2345 Argument of type 'Column<Short | null, \"delay\">' is not assignable to parameter of type 'Condition'. > Type 'Short | null' is not assignable to type 'Boolean | null'. > Type 'Short' is not assignable to type 'Boolean'. > Types of property '[kind]' are incompatible. > Type '\"short\"' is not assignable to type '\"boolean\"'.",
  ],
  [
    's.write.partitionBy("orgin")',
    '2345 Argument of type \'"orgin"\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    's.write.mode("replace")',
    '2345 Argument of type \'"replace"\' is not assignable to parameter of type \'"append" | "error" | "errorifexists" | "ignore" | "overwrite"\'.',
  ],
  [
    's.plot.bar({ x: "orgin" })',
    "2820 Type '\"orgin\"' is not assignable to type 'Channel<{ origin: String; delay: Short | null; distance: Int; }> | undefined'. Did you mean '\"origin\"'?",
  ],
  [
    's.plot.bar({ x: { field: "orgin" } })',
    '2820 Type \'"orgin"\' is not assignable to type \'"delay" | "distance" | "origin" | undefined\'. Did you mean \'"origin"\'?',
  ],
  [
    "(await s.first())!.orgin",
    "2551 Property 'orgin' does not exist on type '{ origin: string; delay: number | null; distance: number; }'. Did you mean 'origin'?",
  ],
  [
    "(await s.collect()).map((row) => row.orgin)",
    "2551 Property 'orgin' does not exist on type '{ origin: string; delay: number | null; distance: number; }'. Did you mean 'origin'?",
  ],
  [
    "s.counts()",
    "2551 Property 'counts' does not exist on type 'DataFrame<{ origin: String; delay: Short | null; distance: Int; }>'. Did you mean 'count'?",
  ],
  [
    's.collect({ long: "string" })',
    '2322 Type \'"string"\' is not assignable to type \'"bigint" | "number" | undefined\'.',
  ],
  [
    "for await (const row of s.stream()) row.dely",
    "2551 Property 'dely' does not exist on type '{ origin: string; delay: number | null; distance: number; }'. Did you mean 'delay'?",
  ],
  ['read.option("header", true).cvs("a.csv")', "2339 Property 'cvs' does not exist on type 'DataFrameReader<any>'."],
  [
    'vega({ mark: "bar" }, s.limit("3"))',
    "2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
  ],
  [
    's.union(u.select("x")).filter((f) => f.orgin)',
    "2551 Property 'orgin' does not exist on type 'Columns<{ origin: any; delay: any; distance: any; }>'. Did you mean 'origin'?",
  ],
  [
    's.select(["origin", "dely"])',
    '2769 Argument of type \'string[]\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    's.drop(["dely"])',
    '2769 Argument of type \'string[]\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    's.orderBy(["dely"])',
    '2769 Argument of type \'string[]\' is not assignable to parameter of type \'"delay" | "distance" | "origin"\'.',
  ],
  [
    'udf((x: number) => String(x), "DOUBLE")',
    "2345 Argument of type '(x: number) => string' is not assignable to parameter of type '(x: number) => number | null | undefined'. > Type 'string' is not assignable to type 'number'.",
  ],
  [
    'udf((x: number) => x, "DOUBEL")',
    '2345 Argument of type \'"DOUBEL"\' is not assignable to parameter of type \'"bigint" | "binary" | "boolean" | "byte" | "date" | "decimal" | "double" | "float" | "int" | "integer" | "interval" | "long" | "real" | "short" | "smallint" | "string" | "time" | ... 4 more ... | "variant"\'.',
  ],
  [
    'udf(async (x: number) => x, "DOUBLE")',
    "2345 Argument of type '(x: number) => Promise<number>' is not assignable to parameter of type '(x: number) => number | null | undefined'. > Type 'Promise<number>' is not assignable to type 'number'.",
  ],
  [
    's.select((f) => udf((x: number) => x, "DOUBLE")(f.origin))',
    "2345 Argument of type 'Column<String, \"origin\">' is not assignable to parameter of type 'UdfArgument<number>'. > Type 'Column<String, \"origin\">' is not assignable to type 'Column<Byte | Double | Float | Int | Long | Short | null, any>'. > Type 'String' is not assignable to type 'Byte | Double | Float | Int | Long | Short | null'. > Type 'String' is not assignable to type 'Byte | Double | Float | Int | Long | Short'. > Type 'String' is not assignable to type 'Short'. > Types of property '[kind]' are incompatible. > Type '\"string\"' is not assignable to type '\"short\"'.",
  ],
  ['s.select((f) => udf((x: number) => x, "DOUBLE")())', "2554 Expected 1 arguments, but got 0."],
  ['udf((x: number | null) => x, "DOUBLE")', "2554 Expected 3 arguments, but got 2."],
  [
    's.mapInBatches((batch) => 7, "id LONG")',
    "2769 Type 'number' is not assignable to type 'Promise<BatchResult> | BatchResult'.",
  ],
];

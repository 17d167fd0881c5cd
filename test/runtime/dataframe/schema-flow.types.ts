/** Checked by tsc alone: how schemas flow through the methods of DataFrame. Nothing here runs. */
import type { Decimal } from "decimal.js";
import {
  avg,
  coalesce,
  col,
  concat,
  count,
  createDataFrame,
  type DataFrame,
  expr,
  F,
  hour,
  lag,
  lit,
  max,
  min,
  range,
  read,
  round,
  row_number,
  type Sql,
  schema,
  spark,
  sql,
  sum,
  table,
  types,
  upper,
  vega,
  Window,
  when,
  year,
} from "../../../runtime/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(equal: Equal<A, B>): void;
/** The schema of a frame, with its properties written out. */
type SchemaIn<D> = D extends DataFrame<infer S> ? (0 extends 1 & S ? any : { [K in keyof S]: S[K] }) : never;
type RowIn<D> = D extends { first(): Promise<infer R> } ? Exclude<R, null> : never;

type Flights = {
  date: Sql.TimestampNtz | null;
  delay: Sql.Short | null;
  distance: Sql.Short;
  origin: Sql.String;
  price: Sql.Decimal;
  address: Sql.Struct<{ city: Sql.String | null; cast: Sql.Int }>;
  tags: Sql.Array<Sql.String>;
  counts: Sql.Map<Sql.String, Sql.Long>;
  "my col": Sql.Double;
};

type Named = { id: Sql.Long | null; "full name": Sql.String };

export function typed(flights: DataFrame<Flights>): void {
  // Projections
  const named = flights.select("origin", "delay");
  same<SchemaIn<typeof named>, { origin: Sql.String; delay: Sql.Short | null }>(true);
  const object = flights.select((f) => ({ a: f.delay, b: f.distance.plus(1) }));
  same<SchemaIn<typeof object>, { a: Sql.Short | null; b: Sql.Int }>(true);
  // Rows, by the type of what gives them
  same<ReturnType<typeof flights.collect>, Promise<RowIn<typeof flights>[]>>(true);
  same<ReturnType<typeof flights.take>, Promise<RowIn<typeof flights>[]>>(true);
  same<ReturnType<typeof flights.first>, Promise<RowIn<typeof flights> | null>>(true);
  // Callbacks beside names and columns
  const beside = flights.select(
    "origin",
    (f) => f.distance.plus(1).alias("far"),
    (f) => ({ a: f.delay }),
  );
  same<SchemaIn<typeof beside>, { origin: Sql.String; far: Sql.Int; a: Sql.Short | null }>(true);
  const besideField = flights.select("address.city", (f) => [f.delay, f.origin]);
  same<SchemaIn<typeof besideField>, { city: Sql.String | null; delay: Sql.Short | null; origin: Sql.String }>(true);
  const besideAll = flights.select("*", (f) => f.distance.plus(1).alias("far"));
  same<SchemaIn<typeof besideAll>["far"], Sql.Int>(true);
  same<SchemaIn<typeof besideAll>["delay"], Sql.Short | null>(true);
  const oneOfTwo = flights.select(Math.random() > 0.5 ? "origin" : "delay", (f) => f.distance);
  same<SchemaIn<typeof oneOfTwo>, any>(true);
  const besideGroup = flights.groupBy("origin", (f) => ({ late: f.delay })).count();
  same<SchemaIn<typeof besideGroup>, { origin: Sql.String; late: Sql.Short | null; count: Sql.Long }>(true);
  const besideAggregate = flights.groupBy("origin").agg(count("*").alias("n"), (f) => max(f.distance).alias("far"));
  same<SchemaIn<typeof besideAggregate>, { origin: Sql.String; n: Sql.Long; far: Sql.Short | null }>(true);
  const ofAll = flights.agg(
    (f) => max(f.distance).alias("far"),
    (f) => ({ n: count(f.delay) }),
  );
  same<SchemaIn<typeof ofAll>, { far: Sql.Short | null; n: Sql.Long }>(true);
  const sorted = flights.orderBy(
    "origin",
    (f) => f.delay.desc(),
    (f) => [f.distance, f.price.asc()],
  );
  same<SchemaIn<typeof sorted>, SchemaIn<typeof flights>>(true);
  // @ts-expect-error: "dealy" is not a column.
  flights.select("origin", (f) => f.dealy);
  // @ts-expect-error: "dealy" is not a column.
  flights.orderBy((f) => f.dealy.desc(), "origin");
  // @ts-expect-error: "orign" is not a column.
  flights.select("orign", (f) => f.delay);
  const list = flights.select((f) => [f.origin, f.delay.alias("late")]);
  same<SchemaIn<typeof list>, { origin: Sql.String; late: Sql.Short | null }>(true);
  const mixed = flights.select("origin", col("x"));
  same<SchemaIn<typeof mixed>, { origin: Sql.String; x: any }>(true);

  const added = flights.select("origin").withColumn("n", (f) => upper(f.origin));
  same<SchemaIn<typeof added>, { origin: Sql.String; n: Sql.String }>(true);
  const replaced = flights.select("origin").withColumn("origin", lit(1));
  same<SchemaIn<typeof replaced>, { origin: Sql.Int }>(true);
  const several = flights.select("origin").withColumns((f) => ({ u: upper(f.origin), one: lit(1.5) }));
  same<SchemaIn<typeof several>, { origin: Sql.String; u: Sql.String; one: Sql.Double }>(true);
  const renamed = named.withColumnRenamed("delay", "late");
  same<SchemaIn<typeof renamed>, { origin: Sql.String; late: Sql.Short | null }>(true);
  const renamedAll = named.withColumnsRenamed({ delay: "d" });
  same<SchemaIn<typeof renamedAll>, { origin: Sql.String; d: Sql.Short | null }>(true);
  const dropped = named.drop("delay");
  same<SchemaIn<typeof dropped>, { origin: Sql.String }>(true);
  const kept = named
    .filter((f) => f.delay.gt(0))
    .where("delay > 0")
    .distinct()
    .limit(3)
    .orderBy("origin")
    .dropDuplicates("origin");
  same<SchemaIn<typeof kept>, { origin: Sql.String; delay: Sql.Short | null }>(true);

  // Groups
  const grouped = flights
    .groupBy((f) => ({ hour: hour(f.date) }))
    .agg((f) => ({ n: count(), delay: avg(f.delay), most: max(f.delay), far: sum(f.distance), paid: sum(f.price) }));
  same<
    SchemaIn<typeof grouped>,
    {
      hour: Sql.Int | null;
      n: Sql.Long;
      delay: Sql.Double | null;
      most: Sql.Short | null;
      far: Sql.Long | null;
      paid: Sql.Decimal | null;
    }
  >(true);
  const counted = flights.groupBy("origin").count();
  same<SchemaIn<typeof counted>, { origin: Sql.String; count: Sql.Long }>(true);
  const summed = flights.groupBy((f) => f.origin).sum("distance");
  same<SchemaIn<typeof summed>, { origin: Sql.String; "sum(distance)": Sql.Long | null }>(true);
  const whole = flights.agg((f) => ({ n: count(f.delay) }));
  same<SchemaIn<typeof whole>, { n: Sql.Long }>(true);

  // Joins
  const airports = createDataFrame(
    [{ origin: "a", city: "x" }],
    schema({ origin: types.string.notNull(), city: types.string.notNull() }),
  );
  const inner = named.join(airports, "origin");
  same<SchemaIn<typeof inner>, { origin: Sql.String; delay: Sql.Short | null; city: Sql.String }>(true);
  const left = named.join(airports, ["origin"], "left");
  same<SchemaIn<typeof left>, { origin: Sql.String; delay: Sql.Short | null; city: Sql.String | null }>(true);
  const right = airports.join(named, "origin", "right");
  same<SchemaIn<typeof right>, { origin: Sql.String; city: Sql.String | null; delay: Sql.Short | null }>(true);
  const full = airports.join(airports, (a, b) => a.origin.eq(b.city), "full", { suffix: "_2" });
  same<
    SchemaIn<typeof full>,
    {
      origin: Sql.String | null;
      city: Sql.String | null;
      origin_2: Sql.String | null;
      city_2: Sql.String | null;
    }
  >(true);
  const semi = named.join(airports, "origin", "semi");
  same<SchemaIn<typeof semi>, { origin: Sql.String; delay: Sql.Short | null }>(true);
  const crossed = named.select("delay").crossJoin(airports);
  same<SchemaIn<typeof crossed>, { delay: Sql.Short | null; origin: Sql.String; city: Sql.String }>(true);

  // Expressions
  const computed = flights.select((f) => ({
    quotient: f.distance.div(2),
    paid: f.price.plus(1),
    rate: f.price.times(1.5),
    nullable: f.delay.plus(f.distance),
    city: f.address.city,
    clash: f.address.getField("cast"),
    item: f.tags.getItem(0),
    value: f.counts.getItem("a"),
    odd: f["my col"],
    late: when(f.delay.gt(0), "late").otherwise("on time"),
    maybe: when(f.delay.gt(0), 1),
    cast: f.delay.cast("bigint"),
    decimal: f.distance.cast("decimal(10,2)"),
    filled: coalesce(f.delay, lit(0)),
    rounded: round(f.price, 1),
    number: row_number().over(Window.partitionBy("origin").orderBy(f.delay.desc())),
    before: lag(f.distance).over(Window.orderBy("date")),
    anything: expr("1 + 1"),
    year: year(f.date),
    smallest: min(f.origin),
    text: concat(f.origin, lit("-"), f.distance),
    is: f.distance.ge(3).and(f.origin.like("A%")),
    typeObject: f.origin.cast(types.decimal(5, 1)),
  }));
  same<
    SchemaIn<typeof computed>,
    {
      quotient: Sql.Double;
      paid: Sql.Decimal;
      rate: Sql.Double;
      nullable: Sql.Short | null;
      city: Sql.String | null;
      clash: Sql.Int;
      item: Sql.String | null;
      value: Sql.Long | null;
      odd: Sql.Double;
      late: Sql.String;
      maybe: Sql.Int | null;
      cast: Sql.Long | null;
      decimal: Sql.Decimal;
      filled: Sql.Int;
      rounded: Sql.Decimal;
      number: Sql.Int;
      before: Sql.Short | null;
      anything: any;
      year: Sql.Int | null;
      smallest: Sql.String | null;
      text: Sql.String;
      is: Sql.Boolean;
      typeObject: Sql.Decimal;
    }
  >(true);

  // Rows
  type FlightRow = RowIn<typeof flights>;
  same<FlightRow["date"], Date | null>(true);
  same<FlightRow["price"], Decimal>(true);
  same<FlightRow["address"], { city: string | null; cast: number }>(true);
  same<FlightRow["counts"], Map<string, number>>(true);
  const exact = flights.groupBy("origin").count().collect({ long: "bigint", time: "Temporal" });
  same<typeof exact, Promise<{ origin: string; count: bigint }[]>>(true);
  const plain = flights.select("date").take(3, { time: "Temporal" });
  same<typeof plain, Promise<{ date: Temporal.PlainDateTime | null }[]>>(true);

  // Made here
  const local = createDataFrame([
    { id: 1, name: "a", at: new Date(), maybe: null as string | null, opt: undefined as number | undefined },
  ]);
  same<
    SchemaIn<typeof local>,
    {
      id: Sql.Long | Sql.Double;
      name: Sql.String;
      at: Sql.Timestamp;
      maybe: Sql.String | null;
      opt: Sql.Long | Sql.Double | null;
    }
  >(true);
  const numbers = range(3);
  same<SchemaIn<typeof numbers>, { id: Sql.Long }>(true);
  const csv = read.schema(schema({ id: types.long.notNull(), tags: types.array(types.string) })).csv("x.csv");
  same<SchemaIn<typeof csv>, { id: Sql.Long; tags: Sql.Array<Sql.String | null> | null }>(true);
  const given = read.parquet<{ id: Sql.Long }>("x.parquet");
  same<SchemaIn<typeof given>, { id: Sql.Long }>(true);
  // The kernel puts the schema of a literal there.
  const found = [
    read.csv<Named>("x.csv"),
    read.json<Named>(["x.json"]),
    read.option("sep", ";").csv<Named>("x.csv"),
    read.options({ header: false }).schema("a INT").json<Named>("x.json"),
    read.format("csv").load<Named>("x.csv"),
    read.table<Named>("x"),
    table<Named>("x"),
    spark.table<Named>("x"),
    spark.read.parquet<Named>("x.parquet"),
    sql<Named>("select 1"),
    sql<Named>`select ${1}`,
    spark.sql<Named>`select ${1}`,
  ] as const;
  same<(typeof found)[number], DataFrame<Named>>(true);
  const untyped = [
    read.csv("x.csv"),
    read.schema("a INT").json("x.json"),
    table("x"),
    sql("select 1"),
    sql`x`,
  ] as const;
  same<(typeof untyped)[number], DataFrame<any>>(true);

  // Charts and writes
  flights.plot.bar({ x: "origin", y: { field: "delay", aggregate: "mean" } }).with({ width: 300 });
  flights.write.mode("overwrite").partitionBy("origin").parquet("out");
  vega({ mark: "bar" }, flights);
  const both = named.union(named);
  same<SchemaIn<typeof both>, { origin: Sql.String; delay: Sql.Short | null }>(true);
}

export function mistakes(flights: DataFrame<Flights>): void {
  // @ts-expect-error a misspelt column of a callback
  flights.filter((f) => f.dealy.gt(0));
  // @ts-expect-error a misspelt name
  flights.select("orgin");
  // @ts-expect-error a misspelt name in groupBy
  flights.groupBy("orgin");
  // @ts-expect-error a misspelt name in orderBy
  flights.orderBy("orgin");
  // @ts-expect-error a misspelt name in drop
  flights.drop("orgin");
  // @ts-expect-error only one side has this key
  flights.join(range(3), "origin");
  // @ts-expect-error === gives a boolean at once
  flights.filter((f) => f.origin === "SEA");
  // @ts-expect-error text is no condition
  flights.filter((f) => f.origin);
  // @ts-expect-error a number is not compared with text
  flights.filter((f) => f.delay.gt("0"));
  // @ts-expect-error text has no sum
  flights.agg((f) => ({ x: sum(f.origin) }));
  // @ts-expect-error a number has no hour
  flights.select((f) => ({ x: hour(f.delay) }));
  // @ts-expect-error arithmetic needs numbers
  flights.select((f) => ({ x: f.delay.plus("1") }));
  // @ts-expect-error a constant is no column
  flights.withColumn("x", 1);
  // @ts-expect-error a number is no condition
  flights.filter((f) => f.delay.and(true));
  // @ts-expect-error a misspelt column of a chart
  flights.plot.bar({ x: "orgin" });
  // @ts-expect-error a misspelt partition column
  flights.write.partitionBy("orgin");
  // @ts-expect-error no such mode
  flights.write.mode("replace");
  // @ts-expect-error a member of Column is not a field
  flights.select((f) => ({ x: f.address.zip }));
}

export async function untyped(frame: DataFrame<any>): Promise<void> {
  const late = frame
    .filter((f) => f.delay.gt(0).and(f.a.b.c.isNull()))
    .withColumn("x", (f) => f.a.plus(f.b))
    .withColumn("y", (f) => upper(f.a))
    .groupBy((f) => ({ hour: hour(f.date) }))
    .agg((f) => ({ n: count(), d: avg(f.delay), m: F.max(f.x) }));
  same<SchemaIn<typeof late>, { hour: Sql.Int | null; n: Sql.Long; d: any; m: any }>(true);
  frame
    .select("a", "b")
    .join(frame, "a")
    .join(frame, (a, b) => a.x.eq(b.y), "left")
    .orderBy("z", (col("d") as any).desc());
  frame
    .orderBy((f) => [f.a.desc(), f.b])
    .drop("q")
    .union(frame)
    .plot.line({ x: "a", y: "b" });
  frame
    .groupBy("a", "b")
    .sum("c")
    .filter((f) => f.a.gt(1));
  declareAny(frame).join(declareAny(1), "a");
  frame
    .select("a")
    .join(declareAny(1), "a")
    .filter((f) => f.b.gt(1));
  const [row] = await frame.collect();
  row.anything.at.all;
  let df = sql("select 1 as x");
  df = df.withColumn("y", (f) => f.x.plus(1));
  df = df.filter((f) => f.y.gt(1));
}

/** The central idiom of the field; the notebook declares such a variable without a type. */
export function reassigned(flights: DataFrame<Flights>): void {
  let df: DataFrame<any> = flights;
  df = df.withColumn("x", lit(1));
  df = df.filter((f) => f.x.gt(0));
}

declare function declareAny(value: unknown): any;

import assert from "node:assert/strict";
import { type DataFrame, F } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, test }) => {
  const people = createDataFrame([
    { id: 1, name: "Ada" as string | null, pay: 10.5 as number | null },
    { id: 2, name: null, pay: null },
    { id: 3, name: "?", pay: Number.NaN },
  ]);
  const rows = (frame: DataFrame<any>) => frame.orderBy("id").collect() as Promise<any[]>;

  test("fill puts a value into columns of its kind, for nulls and NaN", async () => {
    assert.deepEqual(
      (await rows(people.na.fill(0))).map(({ pay, name }) => [pay, name]),
      [
        [10.5, "Ada"],
        [0, null],
        [0, "?"],
      ],
    );
    assert.deepEqual(
      (await rows(people.fillna("nobody", "name"))).map(({ name }) => name),
      ["Ada", "nobody", "?"],
    );
    assert.deepEqual((await rows(people.na.fill({ pay: 1, name: "-" })))[1], { id: 2, name: "-", pay: 1 });
    assert.equal((await people.na.fill(0).schema()).find(({ name }) => name === "pay")?.nullable, false);
  });

  test("drop leaves out rows in which something is missing", async () => {
    const ids = async (frame: DataFrame<any>) => (await rows(frame)).map(({ id }) => id);
    assert.deepEqual(await ids(people.na.drop()), [1]);
    assert.deepEqual(await ids(people.dropna(["name"])), [1, 3]);
    assert.deepEqual(await ids(people.na.drop({ how: "all", subset: ["name", "pay"] })), [1, 3]);
    assert.deepEqual(await ids(people.na.drop({ thresh: 2 })), [1, 3]);
    assert.deepEqual(await ids(people.na.drop("any", 1, ["name", "pay"])), [1, 3]);
    assert.deepEqual(await ids(people.dropna("all", null, "pay")), [1]);
    assert.throws(() => (people as any).dropna({ tresh: 2 }), /takes how, thresh and subset/);
    assert.throws(() => (people as any).dropna(["name"], 2), /takes how, thresh and subset/);
  });

  test("replace puts values in the place of others", async () => {
    assert.equal((await rows(people.na.replace("?", null)))[2].name, null);
    assert.equal((await rows(people.na.replace({ Ada: "Bo" }, "name")))[0].name, "Bo");
    assert.deepEqual(
      (await rows(people.na.replace([1, 2], [10, 20], "id"))).map(({ id }) => id),
      [3, 10, 20],
    );
    const ids = async (frame: DataFrame<any>) => (await rows(frame)).map(({ id }) => id);
    assert.deepEqual(await ids(people.na.replace(new Map([[1, 7]]))), [2, 3, 7]);
    assert.deepEqual(await ids(people.replace({ 1: 7 }, ["id"])), [2, 3, 7]);
    assert.deepEqual(await ids(people.replace({ 1: null, Ada: null })), [null, 2, 3]);
    assert.equal(
      (
        await rows(
          people.replace(
            new Map<any, any>([
              ["?", "!"],
              [1, 7],
            ]),
          ),
        )
      )[1].name,
      "!",
    );
  });

  test("replace refuses what would change the kind of values, and arguments that it would not use", () => {
    assert.throws(() => (people.na as any).replace("?", 1), /of one kind, not string and number/);
    assert.throws(() => people.na.replace({ Ada: 1 }), /of one kind, not string and number/);
    assert.throws(() => (people.na as any).replace({ Ada: "B" }, "id", "name"), /followed by names of columns alone/);
  });

  test("a column that is not there is named, with the nearest", async () => {
    await assert.rejects(people.na.fill(0, ["pey" as "pay"]).collect(), /fillna: column "pey" .*Did you mean "pay"/);
  });

  test("describe and summary tell of each column, as text", async () => {
    const numbers = people.filter((f) => f.id.lt(3));
    assert.deepEqual(await numbers.describe("id", "name").collect(), [
      { summary: "count", id: "2", name: "1" },
      { summary: "mean", id: "1.5", name: null },
      { summary: "stddev", id: "0.7071067811865476", name: null },
      { summary: "min", id: "1", name: "Ada" },
      { summary: "max", id: "2", name: "Ada" },
    ]);
    assert.deepEqual(await numbers.select("id").summary("approx_count_distinct").collect(), [
      { summary: "approx_count_distinct", id: "2" },
    ]);
    assert.deepEqual(await numbers.select("id").summary("count", "50%", "max").collect(), [
      { summary: "count", id: "2" },
      { summary: "50%", id: "1" },
      { summary: "max", id: "2" },
    ]);
    await assert.rejects(people.summary("medan").collect(), /no statistic "medan"/);
  });

  test("statistics of a frame without rows are counts of 0 and nulls", async () => {
    assert.deepEqual(await people.filter("false").describe("id").collect(), [
      { summary: "count", id: "0" },
      { summary: "mean", id: null },
      { summary: "stddev", id: null },
      { summary: "min", id: null },
      { summary: "max", id: null },
    ]);
  });

  test("correlation, covariance, quantiles and crosstab", async () => {
    const points = createDataFrame([1, 2, 3, 4].map((x) => ({ x, y: 2 * x + 1, odd: x % 2 === 1 ? "odd" : "even" })));
    assert.equal((await points.stat.corr("x", "y"))?.toFixed(6), "1.000000");
    assert.equal((await points.stat.cov("x", "y"))?.toFixed(6), "3.333333");
    assert.deepEqual(await points.stat.approxQuantile("x", [0, 0.5, 1]), [1, 2, 4]);
    assert.deepEqual(await points.approxQuantile(["x", "y"], [0, 1], 0.01), [
      await points.approxQuantile("x", [0, 1]),
      await points.approxQuantile("y", [0, 1], 0),
    ]);
    assert.deepEqual(await points.filter("x < 0").approxQuantile(["x"], [0.5]), [[]]);
    assert.throws(() => points.corr("x", "y", "spearman"), /the method is "pearson", as Spark has no other/);
    assert.deepEqual(await points.approxQuantile([], [0.5]), []);
    await assert.rejects(points.approxQuantile("x", 0.5 as any), /the parts are a list, as \[0\.5\], not 0\.5/);
    await assert.rejects(points.approxQuantile("x", [0.5], -1), /the error is a number from 0 on, not -1/);
    assert.deepEqual(await points.stat.crosstab("x", "odd").orderBy("x_odd").limit(2).collect(), [
      { x_odd: "1", even: 0, odd: 1 },
      { x_odd: "2", even: 1, odd: 0 },
    ]);
  });

  test("what is of numbers refuses other columns before anything runs, whatever is in them", async () => {
    const texts: DataFrame<any> = createDataFrame([{ n: 1, t: "1", when: new Date(0) }]).filter(
      F.raise_error("it ran"),
    );
    const refused = /: the column "(t|when)" is (string|timestamp), and holds no numbers: cast it first\.$/;
    await assert.rejects(texts.approxQuantile(["n", "t"], [0.5]), refused);
    await assert.rejects(texts.approxQuantile("when", [0.5]), refused);
    await assert.rejects(texts.corr("n", "t"), refused);
    await assert.rejects(texts.stat.cov("t", "n"), refused);
    await assert.rejects(
      texts.na.fill({ n: "z" }).schema(),
      /the text 'z' is no value for the column "n", which is bigint/,
    );
    assert.equal((await texts.na.fill({ n: "5" }).schema()).length, 3);
  });

  test("the last rows, and types as text", async () => {
    assert.deepEqual(
      (await people.orderBy("id").tail(2)).map(({ id }) => id),
      [2, 3],
    );
    assert.deepEqual(await people.dtypes(), [
      ["id", "bigint"],
      ["name", "string"],
      ["pay", "double"],
    ]);
  });
});

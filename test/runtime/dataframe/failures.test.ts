import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { col, type DataFrame, F, lit, sum, Window } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

/** Which line of this file an error blames. */
async function blamed(frame: DataFrame<any>): Promise<string | undefined> {
  const error = await frame.collect().then(
    () => assert.fail("it did not fail"),
    (error) => error,
  );
  assert.equal(error.name, "EngineError", error.message);
  const line = /failures\.test\.ts:(\d+)/.exec(error.origin?.stack ?? "")?.[1];
  return line === undefined ? `no line: ${error.message}` : lines[Number(line) - 1]?.trim();
}

const lines = readFileSync(new URL(import.meta.url), "utf8").split("\n");

onEngines(({ createDataFrame, range, sql, table, test }) => {
  const texts = createDataFrame([
    { n: 1, t: "1" },
    { n: 0, t: "x" },
  ]);

  test("a cast that fails is blamed on the line of its step", async () => {
    const filtered = texts.filter((f) => f.n.ge(0));
    const cast = filtered.withColumn("c", (f) => f.t.cast("int"));
    const later = cast.withColumn("d", (f) => f.n.cast("string")).orderBy("n");
    assert.match((await blamed(later)) ?? "", /^const cast = /);
  });

  test("a division by zero is blamed on the line of its step, wherever that stands", async () => {
    const filtered = texts.filter((f) => lit(1).div(f.n).gt(0));
    assert.match((await blamed(filtered.withColumn("x", lit(1)))) ?? "", /^const filtered = /);
    const sorted = texts.orderBy((f) => f.n.mod(f.n));
    assert.match((await blamed(sorted.select("t"))) ?? "", /^const sorted = /);
    const grouped = texts.groupBy((f) => ({ g: lit(1).div(f.n) }));
    const counted = grouped.count();
    assert.match((await blamed(counted.limit(5))) ?? "", /^const counted = /);
    const joined = texts.join(texts, (a, b) => lit(1).div(a.n).eq(b.n), "inner", { suffix: "2" });
    assert.match((await blamed(joined.select("n"))) ?? "", /^const joined = /);
  });

  test("an overflow is blamed on the line of its step", async () => {
    const large = range(3).withColumn("big", lit(2n ** 62n));
    const doubled = large.withColumn("big", (f) => f.big.times(4));
    assert.match((await blamed(doubled.withColumn("more", (f) => f.id.plus(1)))) ?? "", /^const doubled = /);
    const whole = large.withColumn("n", (f) => f.big.cast("int"));
    assert.match((await blamed(whole.drop("id"))) ?? "", /^const whole = /);
    const total = large.withColumn("all", (f) => sum(f.big).over(Window.partitionBy()));
    assert.match((await blamed(total.filter((f) => f.id.ge(0)))) ?? "", /^const total = /);
  });

  test("an element that is not there is blamed on the line of its step", async () => {
    const listed = range(3).select((f) => ({ list: F.array(f.id, f.id) }));
    const third = listed.withColumn("third", (f) => f.list.getItem(2));
    assert.match((await blamed(third.withColumn("n", (f) => F.size(f.list)))) ?? "", /^const third = /);
  });

  test("of steps alike the one that fails is blamed", async () => {
    const first = texts.withColumn("a", (f) => f.n.cast("string").cast("int"));
    const second = first.withColumn("b", (f) => f.t.cast("int"));
    const third = second.withColumn("c", (f) => f.n.cast("string").cast("int"));
    assert.match((await blamed(third)) ?? "", /^const second = /);
  });

  test("text of the user's own is blamed on its line", async () => {
    const shown = texts.selectExpr("n", "CAST(t AS INT) AS i");
    assert.match((await blamed(shown.filter(col("n").ge(0)))) ?? "", /^const shown = /);
    const asked = sql`SELECT n, CAST(t AS INT) AS i FROM ${texts}`;
    assert.match((await blamed(asked.withColumn("j", lit(1)))) ?? "", /^const asked = /);
  });

  test("a time that cannot be read is blamed on the line of its step", async () => {
    const parsed = texts.withColumn("d", (f) => F.to_date(f.t, "yyyy-MM-dd"));
    assert.match((await blamed(parsed.withColumn("e", (f) => f.n.cast("string")))) ?? "", /^const parsed = /);
  });

  test("what fails inside of a view is blamed on the line that reads it", async () => {
    await texts.withColumn("c", (f) => f.t.cast("int")).createOrReplaceTempView("failing");
    const read = table("failing").limit(5);
    assert.match((await blamed(read)) ?? "", /^(const read = |await texts)/);
  });
});

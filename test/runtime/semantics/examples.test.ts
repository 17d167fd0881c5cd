import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { openDuckDB } from "../../../runtime/engine/duckdb/duckdb.ts";
import { SparkSession } from "../../../runtime/index.ts";
import { interpreted, openSharedSpark, sharedSpark } from "../../helpers/shared-spark.ts";
import { sparkParts } from "../../helpers/spark-server.ts";
import { answersTo } from "./answers.ts";
import { complaint } from "./difference.ts";
import { exampleOf } from "./example.ts";
import { page } from "./page.ts";
import { sections } from "./sections.ts";

const { skip } = sparkParts();
const duckdb = new SparkSession("DuckDB", openDuckDB);
const spark = new SparkSession("Spark", openSharedSpark, undefined, { isElsewhere: true, dialect: "spark" });
// A zone with summer time, so that conversions show.
for (const session of [duckdb, spark]) session.conf.set("spark.sql.session.timeZone", "Europe/Berlin");
const forFewRows = {
  ...interpreted,
  "spark.sql.adaptive.enabled": "false",
  "spark.sql.shuffle.partitions": "1",
};
if (skip === false) for (const [name, value] of Object.entries(forFewRows)) spark.conf.set(name, value);

if (skip === false) sharedSpark().catch(() => {});
after(async () => {
  await duckdb.stop();
  await spark.stop();
  if (skip === false) await (await sharedSpark()).stop();
});

for (const section of sections) {
  test(`both engines answer as the examples say: ${section.title}`, { skip }, async () => {
    const [ours, sparks] = await Promise.all([answersTo(duckdb, section), answersTo(spark, section)]);
    const complaints = section.examples.flatMap((given: any, index) => {
      const example = exampleOf<any>(given);
      const said = complaint(section, example, ours[index] as any, sparks[index] as any);
      return said === undefined ? [] : [`${example.text}\n${said.replace(/^/gm, "    ")}`];
    });
    assert.equal(complaints.join("\n"), "");
  });
}

test("the page of what is the same, differs and is missing is that of the examples", () => {
  const found = readFileSync(new URL("../../../docs/one-meaning.md", import.meta.url), "utf8");
  assert.equal(found, page(), "run: node test/runtime/semantics/write-page.ts");
});

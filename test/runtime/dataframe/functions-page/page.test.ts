import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { F } from "../../../../runtime/index.ts";
import { sparkOnly } from "../../../../runtime/sql/duckdb-functions/spark-only.ts";
import { page } from "./page.ts";

test("docs/functions.md says of each function of PySpark where it is", () => {
  const found = readFileSync(new URL("../../../../docs/functions.md", import.meta.url), "utf8");
  assert.equal(found, page(), "run: node test/runtime/dataframe/functions-page/write-page.ts");
});

test("what works on Spark only are functions of F", () => {
  assert.deepEqual(
    Object.keys(sparkOnly).filter((name) => !(name in F)),
    [],
  );
});

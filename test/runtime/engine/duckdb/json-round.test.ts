import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { typeName } from "../../../../runtime/plan/type-names.ts";
import { read, rowsOf, sql, target, testEngine, testFolder } from "./helper.ts";

const engine = await testEngine();
const folder = testFolder();

const columns = async (plan: Plan) =>
  (await engine.schema(plan)).map((field) => `${field.name} ${typeName(field.type)}`);

async function written(name: string, plan: Plan, more: Parameters<typeof target>[2] = {}): Promise<unknown[]> {
  const path = join(folder, name);
  await engine.write(plan, target("json", path, more));
  const parts = (readdirSync(path, { recursive: true }) as string[]).filter((part) => part.endsWith(".json"));
  const text = parts.map((part) => readFileSync(join(path, part), "utf8")).join("");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("what JSON has no numbers for is written as text, at every depth, and read back with a schema", async () => {
  const plan = sql(`SELECT * FROM (VALUES
    (1, 'nan'::DOUBLE, {x: 'inf'::FLOAT, y: 1}, [1.5::DOUBLE, '-inf', NULL], MAP {'k': 'nan'::DOUBLE}, [{z: [0.5::DOUBLE]}]),
    (2, NULL, NULL, NULL, NULL, NULL), (3, 1e300, {x: NULL, y: NULL}, [], MAP {}, [NULL])) v(i, a, s, l, m, d)`);
  const expected = [
    { i: 1, a: "NaN", s: { x: "Infinity", y: 1 }, l: [1.5, "-Infinity", null], m: { k: "NaN" }, d: [{ z: [0.5] }] },
    { i: 2, a: null, s: null, l: null, m: null, d: null },
    { i: 3, a: 1e300, s: { x: null, y: null }, l: [], m: {}, d: [null] },
  ];
  assert.deepEqual(await written("nan", plan), expected);
  const back = read("json", join(folder, "nan"), {}, "a DOUBLE, l ARRAY<DOUBLE>");
  const [first, second] = await rowsOf(engine, back);
  assert.ok(Number.isNaN(first?.[0]));
  assert.deepEqual(Array.from(first?.[1] as Iterable<unknown>), [1.5, Number.NEGATIVE_INFINITY, null]);
  assert.deepEqual(second, [null, null]);
  const keyed = await written("nan keyed", plan, { partitionBy: ["i"] });
  assert.deepEqual(
    keyed,
    expected.map(({ i, ...row }) => row),
  );
});

test("times are ISO 8601, and are read back as what they were", async () => {
  const plan = sql(`SELECT TIMESTAMPTZ '2024-06-01 10:11:12.345+02' AS z, TIMESTAMP '2024-01-01 10:11:12.345678' AS n,
    DATE '2024-01-31' AS d, TIMESTAMP '2024-01-01 00:00:00' AS m, 'Infinity' AS t, {z: TIMESTAMPTZ '2024-06-01 00:00:00Z'} AS s`);
  assert.deepEqual(await written("times", plan), [
    {
      ...{ z: "2024-06-01T08:11:12.345Z", n: "2024-01-01T10:11:12.345678", d: "2024-01-31" },
      ...{ m: "2024-01-01T00:00:00.000", t: "Infinity", s: { z: "2024-06-01T00:00:00.000Z" } },
    },
  ]);
  const path = join(folder, "times");
  assert.deepEqual((await columns(read("json", path))).slice(0, 5), [
    ...["z timestamp", "n timestamp_ntz", "d date", "m timestamp_ntz", "t string"],
  ]);
  const given = "z TIMESTAMP, n TIMESTAMP_NTZ, d DATE, m TIMESTAMP_NTZ";
  const back = await rowsOf(engine, read("json", path));
  assert.deepEqual((await rowsOf(engine, read("json", path, {}, given)))[0], back[0]?.slice(0, 4));
  const formats = { timestampformat: "dd.MM.yyyy HH:mm", dateformat: "dd.MM.yyyy" };
  const [row] = (await written("own formats", plan, { options: formats })) as [{ n: string; d: string }];
  assert.deepEqual([row.n, row.d], ["01.01.2024 10:11", "31.01.2024"]);
});

test("a column is of times only if all of its values are", async () => {
  const path = join(folder, "some.json");
  const lines = Array.from({ length: 3000 }, () => '{"a":"2024-01-01T00:00:00.5Z","b":"2024-01-01T00:00:00.5"}');
  writeFileSync(path, `${[...lines, '{"a":"soon","b":null}'].join("\n")}\n`);
  assert.deepEqual(await columns(read("json", path)), ["a string", "b timestamp_ntz"]);
});

test("partition columns come last, in the order of their folders", async () => {
  const plan = sql("SELECT 1 AS n, 'x' AS b, 7 AS a, 'k' AS c");
  for (const format of ["parquet", "csv", "json"] as const) {
    const path = join(folder, `ordered ${format}`);
    await engine.write(plan, target(format, path, { partitionBy: ["c", "b", "a"] }));
    assert.deepEqual(
      (await engine.schema(read(format, path))).map(({ name }) => name),
      ["n", "c", "b", "a"],
    );
    assert.deepEqual(await rowsOf(engine, read(format, path)), [[1, "k", "x", 7]]);
  }
});

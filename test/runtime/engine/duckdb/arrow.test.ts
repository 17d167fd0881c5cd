import assert from "node:assert/strict";
import test from "node:test";
import { Dictionary, Int32, type Table, tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { parseSchema } from "../../../../runtime/plan/type-names.ts";
import type { Schema } from "../../../../runtime/plan/types.ts";
import { rowsOf, sql, tableOf, testEngine } from "./helper.ts";

const engine = await testEngine();

const EVERY_TYPE = `
  SELECT i AS id, (i % 7)::TINYINT AS byte, i::SMALLINT AS short, i::INTEGER AS int, i::FLOAT AS float, i / 3 AS double,
    CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END AS boolean,
    CASE WHEN i % 5 = 0 THEN NULL ELSE ((i % 999) / 10)::DECIMAL(4, 1) END AS decimal4,
    (-i)::DECIMAL(9, 2) AS decimal9, (i * 1000001)::DECIMAL(18, 2) AS decimal18,
    -i::DECIMAL(38, 1) * 99999999999999 AS decimal38,
    CASE WHEN i % 11 = 0 THEN NULL ELSE repeat('ä', (i % 20)::INT) END AS string,
    encode('x' || i) AS binary, DATE '1969-12-30' + i::INT AS date,
    TIMESTAMP '1969-12-31 23:59:59.999999' + to_microseconds(i) AS timestamp_ntz,
    TIMESTAMPTZ '2024-02-29 12:34:56.789123+00' + to_microseconds(i) AS timestamp,
    CASE WHEN i % 4 = 0 THEN NULL ELSE
      list_transform(range(i % 5), lambda x: CASE WHEN x = 1 THEN NULL ELSE 'element number ' || x END) END AS list,
    CASE WHEN i % 6 = 0 THEN NULL ELSE
      {'a': CASE WHEN i % 2 = 0 THEN NULL ELSE i END, 'b': ['x', NULL, repeat('y', (i % 30)::INT)]} END AS struct,
    CASE WHEN i % 9 = 0 THEN NULL ELSE MAP {'k': [1, i], 'l' || i: NULL} END AS map
  FROM range(5000) t(i)`;

const local = (data: Table, schema: Schema): Plan => ({ kind: "local", data, schema });

async function differences(a: Plan, b: Plan): Promise<number> {
  await engine.createView("a", a, { replace: true });
  await engine.createView("b", b, { replace: true });
  const [[count] = []] = await rowsOf(
    engine,
    sql("SELECT count(*) FROM ((FROM a EXCEPT ALL FROM b) UNION ALL (FROM b EXCEPT ALL FROM a))"),
  );
  return count as number;
}

test("every type survives the way from the engine to Arrow and back, with nulls at every level", async () => {
  const original = sql(EVERY_TYPE);
  const table = await tableOf(engine, original);
  assert.equal(table.numRows, 5000);
  assert.equal(await differences(original, local(table, await engine.schema(original))), 0);
});

test("a slice of Arrow data keeps its own rows and nulls", async () => {
  const original = sql(EVERY_TYPE);
  const slice = (await tableOf(engine, original)).slice(3, 4007);
  const expected = sql(`${EVERY_TYPE} WHERE i >= 3 AND i < 4007`);
  assert.equal(await differences(expected, local(slice, await engine.schema(original))), 0);
});

test("values arrive as Arrow's types say", async () => {
  const table = await tableOf(
    engine,
    sql(`SELECT 9007199254740993 AS long, 1.25::DECIMAL(10, 2) AS decimal, DATE '2024-02-29' AS day,
      TIMESTAMP '2024-02-29 12:34:56.789123' AS wall, TIMESTAMPTZ '2024-02-29 12:34:56+00' AS instant,
      'häßlich 🦊' AS text, '\\xDE\\xAD'::BLOB AS bytes, NULL AS nothing`),
  );
  assert.equal(
    table.schema.toString(),
    "Schema<{ 0: long: Int64, 1: decimal: Decimal[10e+2], 2: day: Date32<DAY>, 3: wall: Timestamp<MICROSECOND>, " +
      `4: instant: Timestamp<MICROSECOND, ${zone()}>, 5: text: Utf8, 6: bytes: Binary, 7: nothing: Int32 }>`,
  );
  const [row] = table.toArray();
  assert.equal(row.long, 9007199254740993n);
  assert.equal(row.text, "häßlich 🦊");
  assert.deepEqual([...row.bytes], [0xde, 0xad]);
  assert.equal(table.getChild("wall")?.data[0]?.values[0], 1709210096789123n);
});

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

test("no rows keep the schema", async () => {
  const table = await tableOf(engine, sql("SELECT 1 AS a, ['x'] AS b WHERE false"));
  assert.equal(table.numRows, 0);
  assert.deepEqual(
    table.schema.fields.map((field) => `${field.name} ${field.type}`),
    ["a Int32", "b List<Utf8>"],
  );
});

test("long and short strings, empty ones and nulls keep their places", async () => {
  const lengths = [0, 1, 12, 13, 14, 100, 5000, null];
  const text = `SELECT i, CASE i % 8 ${lengths.map((n, i) => `WHEN ${i} THEN ${n === null ? "NULL" : `repeat(chr((97 + i % 26)::INT), ${n})`}`).join(" ")} END AS s FROM range(3000) t(i) ORDER BY hash(i)`;
  const table = await tableOf(engine, sql(text));
  for (const { i, s } of table.toArray()) {
    const length = lengths[Number(i) % 8] as number | null;
    assert.equal(s, length === null ? null : String.fromCharCode(97 + (Number(i) % 26)).repeat(length));
  }
});

test("unsigned and huge integers come as Spark's types", async () => {
  const plan = sql(
    "SELECT 255::UTINYINT AS a, 65535::USMALLINT AS b, 4294967295::UINTEGER AS c, 18446744073709551615::UBIGINT AS d, sum(1) AS e, TIME '10:00:00' AS f, uuid() AS g, ['a']::VARCHAR[1] AS h",
  );
  const schema = await engine.schema(plan);
  assert.deepEqual(
    schema.map((field) => field.type.kind),
    ["short", "int", "long", "decimal", "long", "time", "string", "array"],
  );
  assert.deepEqual((await rowsOf(engine, plan))[0]?.slice(0, 3), [255, 65535, 4294967295]);
});

test("Arrow data of other widths, units and encodings is taken", async () => {
  const dictionary = vectorFromArray(["x", "y", null, "x"], new Dictionary(new Utf8(), new Int32()));
  const data = tableFromArrays({ u8: new Uint8Array([1, 2, 3, 255]), f32: new Float32Array([1, 2, 3, 4]) });
  const table = data.assign(new (data.constructor as any)({ d: dictionary }) as Table);
  const plan = local(table, parseSchema("u8 INT, f32 DOUBLE, d STRING"));
  assert.deepEqual(await rowsOf(engine, plan), [
    [1, 1, "x"],
    [2, 2, "y"],
    [3, 3, null],
    [255, 4, "x"],
  ]);
});

test("a thousand columns and no rows of local data are no trouble", async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
  const wide = tableFromArrays(Object.fromEntries(names.map((name, i) => [name, new Int32Array([i])])));
  const plan = local(
    wide,
    names.map((name) => ({ name, type: { kind: "int" }, nullable: true })),
  );
  assert.equal((await rowsOf(engine, plan))[0]?.[999], 999);
  const none = local(wide.slice(0, 0), plan.kind === "local" ? plan.schema : []);
  assert.equal((await tableOf(engine, none)).numRows, 0);
});

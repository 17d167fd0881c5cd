import assert from "node:assert/strict";
import { F, schema, types } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, engine, test }) => {
  test("rows become JSON that gives the same values again, without fields that are null", async () => {
    const frame = createDataFrame(
      [
        { 'say "Ä"': 'a\n"b"', n: 1n, list: [1.5, null], at: Temporal.Instant.from("2024-02-29T11:34:56.789012Z") },
        { 'say "Ä"': null, n: null, list: null, at: null },
      ],
      '`say "Ä"` string, n bigint, list array<double>, at timestamp',
    );
    const [first, second] = (await frame.toJSON().collect()).map(({ value }) => JSON.parse(value));
    assert.equal(new Date(first.at).toISOString(), "2024-02-29T11:34:56.789Z");
    assert.deepEqual({ ...first, at: 0 }, { 'say "Ä"': 'a\n"b"', n: 1, list: [1.5, null], at: 0 });
    assert.deepEqual(second, {});
  });

  test("a frame of 1,000 columns is written, and the text can be worked with", async () => {
    const row = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`c${i}`, i]));
    const [found] = await createDataFrame([row])
      .toJSON()
      .filter((f) => f.value.contains('"c999":999'))
      .collect();
    assert.deepEqual(JSON.parse(found?.value ?? ""), row);
  });

  test("options are Spark's; those that DuckDB does not do and what is none are refused", async () => {
    const frame = createDataFrame([{ s: { a: null as number | null, "ü.b": 1 } }], "s STRUCT<a: INT, `ü.b`: INT>");
    assert.deepEqual(await frame.select((f) => ({ j: F.to_json(f.s, { ignoreNullFields: false }) })).collect(), [
      { j: '{"a":null,"ü.b":1}' },
    ]);
    const pretty = frame.select((f) => ({ j: F.to_json(f.s, { pretty: true }) }));
    if (engine === "DuckDB")
      await assert.rejects(pretty.collect(), /to_json with the option "pretty" works on Spark only/);
    else assert.deepEqual(await pretty.collect(), [{ j: '{\n  "ü.b" : 1\n}' }]);
    assert.throws(() => F.to_json("s", true as any), /takes options as an object/);
    const typed = frame.select((f) => ({
      j: F.from_json(F.to_json(f.s), schema({ "ü.b": types.long }), { mode: "FAILFAST" }),
    }));
    assert.deepEqual(await typed.collect(), [{ j: { "ü.b": 1 } }]);
  });

  test("keys of maps that only Java writes are refused on DuckDB", async () => {
    const frame = createDataFrame([{ a: 1 }]).select((f) => ({ j: F.to_json(F.create_map(F.array(f.a), f.a)) }));
    if (engine === "DuckDB")
      await assert.rejects(frame.collect(), /to_json works on Spark only here, because a map's keys of type array/);
    else assert.deepEqual(await frame.collect(), [{ j: '{"[1]":1}' }]);
  });
});

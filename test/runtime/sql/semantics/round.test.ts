import assert from "node:assert/strict";
import { Decimal } from "decimal.js";
import { lit, round } from "../../../../runtime/index.ts";
import { onEngines } from "../../../helpers/on-engines.ts";

onEngines(({ createDataFrame, test }) => {
  test("round goes by the digits that a number is written with, halves away from 0", async () => {
    const digits = (value: number, places: number) =>
      Number(new Decimal(value).toDecimalPlaces(Math.max(places, 0), Decimal.ROUND_HALF_UP).toString());
    const values = [0.285, 1.005, 2.675, -0.285, -1.005, 1.15, 0.145, 2.5, -2.5, 0.5, 0.49999999999999994, 0];
    values.push(
      1.0049999999999997,
      1.4350000000000003,
      1e300,
      -1.7976931348623157e308,
      5e-324,
      1e-10,
      0.005,
      123456789.125,
    );
    values.push(4503599627370495.5, 4503599627370497, 9007199254740992, 1e22, 35184372088831.875);
    // Halves of all sizes, and their neighbours.
    for (let i = 0; i < 300; i++) {
      const half = Number(`${(i * 7919) % 100_003}.${i % 10}${(i * 3) % 10}5`);
      values.push(half, -half, half * (1 + Number.EPSILON), half * (1 - Number.EPSILON));
    }
    const rows = await createDataFrame({ columns: { x: values } })
      .select((f) => ({ two: round(f.x, 2), one: round(f.x, 1), none: round(f.x), three: round(f.x, 3) }))
      .collect();
    for (const [i, { two, one, none, three }] of rows.entries()) {
      const x = values[i] as number;
      assert.deepEqual(
        [two, one, none, three].map((found) => found + 0),
        [2, 1, 0, 3].map((n) => digits(x, n) + 0),
        `${x}`,
      );
    }
  });

  test("round keeps what has no digits to round, and takes places before the point", async () => {
    const texts = "NaN Infinity -Infinity 1250 -1250 1249.999 null".split(" ");
    const rows = await createDataFrame({ columns: { t: texts.map((text) => (text === "null" ? null : text)) } })
      .select((f) => ({
        two: round(f.t.cast("double"), 2),
        hundreds: round(f.t.cast("double"), -2),
        far: round(f.t.cast("double"), -400),
        fine: round(f.t.cast("double"), 400),
        float: round(lit(0.285).cast("float"), 2).cast("string"),
        nested: round(round(lit(2.675), 2).times(10)),
      }))
      .collect();
    const column = (name: string) => rows.map((row: any) => row[name]);
    assert.deepEqual(column("two"), [NaN, Infinity, -Infinity, 1250, -1250, 1250, null]);
    assert.deepEqual(column("hundreds"), [NaN, Infinity, -Infinity, 1300, -1300, 1200, null]);
    assert.deepEqual(column("far"), [NaN, Infinity, -Infinity, 0, 0, 0, null]);
    assert.deepEqual(column("fine"), [NaN, Infinity, -Infinity, 1250, -1250, 1249.999, null]);
    assert.deepEqual([rows[0]?.float, rows[0]?.nested], ["0.28", 27]);
  });
});

import assert from "node:assert/strict";
import { onEngines } from "../../../helpers/on-engines.ts";
import { barsDrawn, bothWays, domains, drawnRows } from "./frames.ts";

/**
 * Every kind of value that SQL and JavaScript take differently; but not the text "null", which Vega puts into one group
 * with null, and SQL does not.
 */
const rows = [
  { n: 1, x: 1.5, s: "a", b: true, day: "2001-01-31", at: "2001-01-31 23:59:59.5", dec: "1.10" },
  { n: 2, x: -2.25, s: "b", b: false, day: "2001-02-01", at: "2001-02-01 00:00:00", dec: "2.20" },
  { n: null, x: null, s: null, b: null, day: null, at: null, dec: null },
  { n: 40, x: Number.NaN, s: "", b: true, day: "2012-02-29", at: "2012-02-29 12:30:15", dec: "-3.30" },
  { n: -7, x: 1e6, s: "c", b: true, day: "1999-12-31", at: "1999-12-31 08:00:00", dec: "0.00" },
  { n: 2, x: 0, s: "a", b: null, day: "2024-07-14", at: "2024-07-14 17:45:30", dec: "99.99" },
  { n: 3, x: 3, s: "A", b: false, day: "2024-07-14", at: "2024-07-14 17:45:31", dec: "99.99" },
];
const literal = (value: unknown) => (value === null ? "null" : `'${value}'`);
const types = {
  n: "integer",
  x: "double",
  s: "varchar",
  b: "boolean",
  day: "date",
  at: "timestamp",
  dec: "decimal(10,2)",
};
const values = rows.map((row) => `(${Object.values(row).map(literal)})`);
const columns = Object.entries(types).map(([name, type], index) => `cast(c${index} as ${type}) as ${name}`);
const given = Object.keys(types).map((_, index) => `c${index}`);

onEngines(({ spark, test }) => {
  const frame = spark.sql(`select ${columns} from (values ${values}) as t(${given})`);

  /** The spec gives Vega the same rows whether the engine has run its transforms or Vega has. */
  async function agrees(spec: { [property: string]: unknown }, { pushed: expected = true } = {}): Promise<void> {
    const { pushed, whole, notes } = await bothWays(spec, frame as never);
    const known = new Set(whole.data.map(({ name }) => name));
    const names = pushed.data.map(({ name }) => name).filter((name) => name !== "quern-frame" && known.has(name));
    assert.equal(
      names.length > 0 && pushed.data.some(({ name, values }) => names.includes(name) && values),
      expected,
      notes.join("\n"),
    );
    for (const name of names) assert.deepEqual(await drawnRows(pushed, name), await drawnRows(whole, name), name);
    assert.deepEqual(await domains(pushed), await domains(whole));
  }

  /** Only groups have left the engine, no row of the frame. */
  async function takesOnlyGroups(spec: { [property: string]: unknown }): Promise<void> {
    await agrees(spec);
    const { pushed } = await bothWays(spec, frame as never);
    const raw = pushed.data.filter(({ values }) => values?.some((row) => "day" in row || "dec" in row || "b" in row));
    assert.deepEqual(raw, []);
    assert.ok(!pushed.data.some(({ name }) => name === "quern-frame"));
  }

  const bars = (x: object, y: object = { aggregate: "count" }) => ({ mark: "bar", encoding: { x, y } });
  const filtered = (filter: unknown) => ({
    transform: [{ filter }],
    mark: "bar",
    encoding: { x: { field: "s", type: "nominal" }, y: { aggregate: "count" }, color: { field: "n", type: "nominal" } },
  });

  for (const op of [
    "count",
    "valid",
    "missing",
    "distinct",
    "sum",
    "mean",
    "average",
    "min",
    "max",
    "median",
    "variance",
    "variancep",
    "stdev",
    "stdevp",
    "stderr",
    "q1",
    "q3",
  ]) {
    test(`${op} of numbers is the same in the engine as in Vega`, () =>
      agrees({
        transform: [{ aggregate: ["n", "x", "dec"].map((field) => ({ op, field, as: field })), groupby: ["s"] }],
        mark: "point",
        encoding: { x: { field: "n" }, y: { field: "x" }, color: { field: "dec" }, shape: { field: "s" } },
      }));
  }

  test("distinct and missing values of text and booleans are counted as Vega counts them", async () => {
    for (const aggregate of ["distinct", "valid", "missing"]) {
      await agrees(bars({ field: "n", type: "ordinal" }, { aggregate, field: "s", type: "quantitative" }));
      await agrees(bars({ field: "n", type: "ordinal" }, { aggregate, field: "b", type: "quantitative" }));
    }
  });

  for (const unit of [
    "year",
    "quarter",
    "month",
    "date",
    "day",
    "hours",
    "minutes",
    "seconds",
    "dayofyear",
    "yearquarter",
    "yearmonth",
    "yearmonthdate",
    "yearmonthdatehours",
    "yearmonthdatehoursminutes",
    "yearmonthdatehoursminutesseconds",
    "monthdate",
    "monthdatehours",
    "hoursminutes",
    "hoursminutesseconds",
    "minutesseconds",
    "dayhours",
    "yeardayofyear",
    "quartermonth",
    "yearquartermonth",
  ]) {
    test(`the time unit ${unit} is the same in the engine as in Vega`, () =>
      agrees({
        mark: "rect",
        encoding: {
          x: { timeUnit: unit, field: "at", type: "temporal" },
          y: { timeUnit: unit, field: "day", type: "ordinal" },
          color: { aggregate: "count" },
        },
      }));
  }

  test("bins are the same in the engine as in Vega", async () => {
    for (const bin of [
      true,
      { maxbins: 3 },
      { maxbins: 50 },
      { step: 5 },
      { extent: [0, 10] },
      { nice: false },
      { base: 2 },
      { anchor: 0.5 },
    ]) {
      await agrees(bars({ bin, field: "n", type: "quantitative" }));
    }
    await agrees(bars({ bin: true, field: "x", type: "quantitative" }));
    await agrees(bars({ bin: true, field: "dec", type: "quantitative" }));
    await agrees({
      mark: "rect",
      encoding: { x: { bin: true, field: "n" }, y: { bin: true, field: "dec" }, color: { aggregate: "count" } },
    });
  });

  for (const filter of [
    { field: "s", oneOf: ["a", "b"] },
    { field: "n", oneOf: [1, 2] },
    { not: { field: "s", equal: "a" } },
    { field: "n", range: [0, 10] },
    { field: "n", lt: 3 },
    { field: "n", lte: 2 },
    { field: "x", gt: 1 },
    { field: "x", gte: 0 },
    { field: "x", valid: true },
    { not: { field: "x", valid: true } },
    {
      and: [
        { field: "n", gt: 0 },
        {
          or: [
            { field: "s", equal: "a" },
            { field: "x", lt: 0 },
          ],
        },
      ],
    },
    { field: "at", gt: { year: 2001 } },
    { timeUnit: "year", field: "at", equal: 2001 },
    { timeUnit: "yearmonth", field: "at", equal: { year: 2024, month: 7 } },
    { timeUnit: "hours", field: "at", range: [8, 17] },
    "datum.b",
    "!datum.b",
    "datum.n === null",
    "datum.n !== null && datum.x * 2 + 1 > -datum.n",
    "isValid(datum.x)",
    "isNaN(datum.x)",
    "abs(datum.n) >= 3 ? datum.b : datum.x > 0",
    "year(datum.at) == 2024 && month(datum.at) == 6 && day(datum.at) === 0",
    "datum.at < datetime(2001, 1, 1)",
    "datum['n'] % 2 === 0",
    "floor(datum.x) === 1 || ceil(datum.x) === 3",
    "inrange(datum.dec, [0, 3])",
  ]) {
    test(`the filter ${JSON.stringify(filter)} keeps the same rows in the engine as in Vega`, () =>
      agrees(filtered(filter)));
  }

  test("a calculated field is grouped and summed by the engine", () =>
    agrees({
      transform: [{ calculate: "datum.n * 2 - 1", as: "m" }, { filter: "datum.m > 0" }],
      ...bars({ field: "s", type: "nominal" }, { aggregate: "sum", field: "m" }),
    }));

  test("aggregates in the transforms of a spec are run by the engine", () =>
    agrees({
      transform: [
        {
          aggregate: [
            { op: "max", field: "x", as: "top" },
            { op: "count", as: "rows" },
          ],
          groupby: ["s", "b"],
        },
      ],
      mark: "point",
      encoding: { x: { field: "rows", type: "quantitative" }, y: { field: "top", type: "quantitative" } },
    }));

  test("what SQL cannot say stays in Vega, with the reason", async () => {
    const spec = filtered("test(/a/, datum.s)");
    await agrees(spec, { pushed: false });
    const { notes } = await bothWays(spec, frame as never);
    assert.match(notes.join(), /^The filter is computed by the chart, not by the engine: the constant/);
    for (const filter of ["datum.n / datum.x > 1", "datum.s > 'a'", "datum.n + datum.s == 'x'", "random() < 2"]) {
      await agrees(filtered(filter), { pushed: false });
    }
  });

  for (const sort of [
    "-y",
    "y",
    "descending",
    ["b", "a"],
    { field: "n", op: "sum" },
    { field: "n", op: "max", order: "descending" },
    { field: "at", op: "min" },
  ]) {
    test(`bars sorted by ${JSON.stringify(sort)} take only their groups out of the engine`, () =>
      // Sums without ties: equal bars have no order of their own.
      takesOnlyGroups({
        transform: [{ filter: "datum.n > 0 && datum.n !== 3" }],
        ...bars({ field: "s", type: "nominal", sort }, { aggregate: "sum", field: "n", type: "quantitative" }),
      }));
  }

  test("colours in a given order, and stacks and legends sorted by a sum, need only groups", async () => {
    const color = { field: "s", type: "nominal" };
    const stack = (given: object) => ({
      ...bars({ field: "n", type: "ordinal" }),
      encoding: { x: { field: "n", type: "ordinal" }, y: { aggregate: "count" }, color: { ...color, ...given } },
    });
    await takesOnlyGroups(stack({ scale: { domain: ["b", "a"], range: ["red", "blue"] } }));
    await takesOnlyGroups(stack({ sort: { field: "n", op: "max" } }));
    await takesOnlyGroups(stack({ field: "n", type: "ordinal", scale: { domain: [3, 2, 1], range: ["red", "blue"] } }));
  });

  test("layers that share sorted bars need only groups", () =>
    takesOnlyGroups({
      transform: [{ filter: "datum.n > 0 && datum.n !== 3" }],
      encoding: { y: { field: "s", sort: "-x" }, x: { aggregate: "sum", field: "n" } },
      layer: [{ mark: "bar" }, { mark: "text", encoding: { text: { aggregate: "sum", field: "n" } } }],
    }));

  test("layers with their own aggregates are each computed, and stacks are stacked in Vega", () =>
    agrees({
      layer: [
        bars({ field: "s", type: "nominal" }, { aggregate: "sum", field: "n", type: "quantitative" }),
        { mark: "rule", encoding: { y: { aggregate: "mean", field: "n" } } },
        { mark: "bar", encoding: { x: { field: "s" }, y: { aggregate: "count" }, color: { field: "b" } } },
      ],
    }));

  test("small charts side by side are computed together", () =>
    agrees({
      ...bars({ field: "s" }, { aggregate: "sum", field: "n" }),
      encoding: { column: { field: "b" }, x: { field: "s" }, y: { aggregate: "sum", field: "n" } },
    }));

  test("small charts of bars in an order of their own are computed together", async () => {
    const encoding = { x: { field: "s", sort: "-y" }, y: { aggregate: "sum", field: "n" } };
    const spec = {
      transform: [{ filter: "datum.n > 0 && datum.n !== 3" }],
      ...{ mark: "bar", encoding: { column: { field: "b" }, ...encoding } },
    };
    const { pushed, whole } = await bothWays(spec, frame as never);
    assert.deepEqual(await domains(pushed), await domains(whole));
    assert.ok(pushed.data.every(({ values }) => values?.every((row) => !("dec" in row)) ?? true));
    const bars = await barsDrawn(whole);
    assert.deepEqual(
      bars.map((chart) => chart.length).filter((count) => count > 0),
      [1, 1, 2],
    );
    assert.deepEqual(await barsDrawn(pushed), bars);
  });

  test("bins whose aggregate stays in Vega stay there too", () =>
    agrees(bars({ bin: true, field: "n" }, { aggregate: "product", field: "x", type: "quantitative" }), {
      pushed: false,
    }));

  test("boxes, and other aggregates beside the rows, are the same in the engine as in Vega", async () => {
    await agrees({ mark: "boxplot", encoding: { x: { field: "s" }, y: { field: "n" } } });
    await agrees({ mark: { type: "boxplot", extent: "min-max" }, encoding: { x: { field: "s" }, y: { field: "x" } } });
    await agrees({ mark: { type: "errorbar", extent: "iqr" }, encoding: { x: { field: "s" }, y: { field: "dec" } } });
    for (const op of ["sum", "mean", "q3", "max"]) {
      await agrees({
        transform: [
          { joinaggregate: [{ op, field: "n", as: "of_group" }], groupby: ["b"] },
          { filter: "datum.n < datum.of_group" },
        ],
        ...bars({ field: "s" }, { aggregate: "sum", field: "n" }),
      });
    }
  });

  test("bins that are calculated with, compared or aggregated again are the same in the engine as in Vega", async () => {
    const bin = { bin: true, field: "n", as: ["lo", "hi"] };
    await agrees(
      {
        transform: [
          bin,
          { filter: "datum.lo >= 0" },
          { aggregate: [{ op: "sum", field: "hi", as: "total" }], groupby: ["s"] },
        ],
        ...bars({ field: "s", type: "nominal" }, { field: "total", type: "quantitative" }),
      },
      { pushed: false },
    );
    await agrees({
      transform: [
        bin,
        {
          aggregate: [
            { op: "max", field: "hi", as: "top" },
            { op: "distinct", field: "lo", as: "bins" },
          ],
          groupby: ["s"],
        },
      ],
      mark: "point",
      encoding: { x: { field: "bins", type: "quantitative" }, y: { field: "top", type: "quantitative" } },
    });
  });
});

import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Chart, vega } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, test }) => {
  const frame = createDataFrame([{ hour: 1, delay: 2.5, "a.b": "x" }]);

  test("plot makes a Vega-Lite specification over the frame, and runs nothing", () => {
    const chart = frame.plot.bar({
      x: "hour",
      y: { field: "delay", aggregate: "mean" },
      color: "a.b",
      title: "Delays",
      width: 300,
    });
    assert.ok(chart instanceof Chart);
    assert.equal(chart.frame, frame);
    assert.deepEqual((chart.spec as any).encoding, {
      x: { field: "hour" },
      y: { field: "delay", aggregate: "mean" },
      color: { field: "a\\.b" },
    });
    assert.equal((chart.spec as any).mark.type, "bar");
    assert.equal(chart.spec.title, "Delays");
    assert.equal(chart.spec.width, 300);
    assert.equal(chart.with({ width: 500 }).spec.width, 500);
    assert.equal(inspect(chart), "Chart { bar, x: hour, y: delay, color: a\\.b }");
  });

  test("a histogram bins x and counts rows", () => {
    const { encoding } = frame.plot.histogram({ x: "delay", bins: 10 }).spec as any;
    assert.deepEqual(encoding, { x: { bin: { maxbins: 10 }, field: "delay" }, y: { aggregate: "count" } });
  });

  test("each mark has its helper", () => {
    for (const mark of ["bar", "line", "area", "point", "tick", "rect", "boxplot"] as const) {
      assert.equal((frame.plot[mark]({ x: "hour", y: "delay" }).spec as any).mark.type, mark);
    }
    assert.equal((frame.plot.scatter({ x: "hour", y: "delay" }).spec as any).mark.type, "point");
  });

  test("a bar, a line and an area without y count the rows of each x", () => {
    const count = { aggregate: "count" };
    for (const mark of ["bar", "line", "area"] as const) {
      assert.deepEqual((frame.plot[mark]({ x: "hour" }).spec as any).encoding, { x: { field: "hour" }, y: count });
    }
    const lying = frame.plot.bar({ y: "hour" }).spec as any;
    assert.deepEqual(lying.encoding, { y: { field: "hour" }, x: count });
    assert.deepEqual(lying.usermeta, { quern: { discrete: "y" } });
    const total = frame.plot.bar({ x: { field: "delay", aggregate: "sum" } }).spec as any;
    assert.deepEqual(Object.keys(total.encoding), ["x"]);
  });

  test("a point without one of its places is refused, with what draws one column", () => {
    assert.throws(
      () => frame.plot.point({ x: "hour" }),
      /plot\.point needs y as well as x: "hour": a point for each row has both\. .*plot\.histogram\(\{ x \}\)/,
    );
    assert.throws(() => frame.plot.scatter({ y: { field: "hour" } }), /plot\.scatter needs x as well as y: \{ … \}/);
    assert.throws(() => frame.plot.line({ y: "hour" }), /plot\.line needs x: plot\.line\(\{ x: "…", y: "hour" \}\)/);
  });

  test("a chart remembers where it was made, and shows it not among its properties", () => {
    const chart = frame.plot.bar({ x: "hour" });
    assert.match(String(chart.origin.stack), /plot\.test\.ts/);
    assert.match(String(chart.with({ width: 1 }).origin.stack), /plot\.test\.ts/);
    assert.deepEqual(Object.keys(chart), ["spec", "frame"]);
  });

  test("mistakes are refused where they are written", () => {
    assert.throws(() => frame.plot.bar({ colour: "hour" } as any), /plot\.bar has no option "colour"/);
    assert.throws(() => frame.plot.line({}), /takes columns/);
    assert.throws(() => frame.plot.line({ x: 1 as any }), /1 is no column/);
    assert.throws(() => frame.plot.histogram({ x: "hour", bins: 0 }), /bins/);
    assert.throws(() => vega("bar" as any), /Vega-Lite specification/);
    assert.throws(() => vega({}, {} as any), /DataFrame/);
  });

  test("vega takes any specification, with or without a frame", () => {
    const spec = { mark: "line", encoding: { x: { field: "hour" } } };
    assert.deepEqual(vega(spec, frame).spec, spec);
    assert.equal(vega({ data: { values: [] }, mark: "bar" }).frame, undefined);
  });
});

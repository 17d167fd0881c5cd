import assert from "node:assert/strict";
import { test as nodeTest } from "node:test";
import { renderChart } from "../../../../runtime/display/chart/bundle.ts";
import { chartSource } from "../../../../runtime/display/chart/source.ts";
import { parse, View } from "../../../../runtime/display/chart/vega.ts";
import { type DataFrame, F } from "../../../../runtime/index.ts";
import { compiled, onEngines } from "../../../helpers/on-engines.ts";
import { flights as path, type VegaSpec } from "./frames.ts";

const vegaMime = "application/vnd.vega.v5+json";
const vegaOf = (bundle: { data: { readonly [mime: string]: unknown } }) =>
  bundle.data[vegaMime] as VegaSpec & { [property: string]: any };
const valuesOf = (bundle: Parameters<typeof vegaOf>[0]) =>
  vegaOf(bundle).data.flatMap(({ values }) => values ?? []) as any[];
const count = { aggregate: "count" };

/** Of the labels of the lower axis that are seen, from left to right. */
function labelBounds(node: any): { text: string; x1: number; x2: number }[] {
  if (node.role === "axis-label" && node.items[0]?.mark.group.orient === "bottom") {
    return node.items
      .filter(({ opacity }: { opacity: number }) => opacity !== 0)
      .map(({ text, bounds: { x1, x2 } }: any) => ({ text, x1, x2 }));
  }
  return (node.items ?? []).flatMap(labelBounds);
}

onEngines(({ spark, test }) => {
  const flights = spark.read.parquet(path);
  const draw = async (spec: object, frame: DataFrame<any> = flights) =>
    renderChart(spec as { [property: string]: unknown }, await chartSource(frame));
  const rows = (sql: string) => spark.sql(sql) as DataFrame<any>;

  test("a histogram of three million rows takes only its bins out of the engine", async () => {
    const shown = await draw({
      mark: "bar",
      encoding: { x: { field: "delay", bin: { maxbins: 30 } }, y: { aggregate: "count" } },
    });
    const values = valuesOf(shown);
    assert.equal(values.length, 21);
    assert.equal(
      values.reduce((sum, row) => sum + row.__count, 0),
      3_000_000,
    );
    assert.ok(JSON.stringify(vegaOf(shown)).length < 8000);
    assert.equal(shown.data["text/plain"], "Chart: bar of count by bins of delay (21 rows)");
  });

  test("a chart's bundle has the live chart, a picture with its size and a line of text, and no HTML", async () => {
    const shown = await draw({
      mark: "bar",
      encoding: { x: { field: "date", timeUnit: "hours" }, y: { aggregate: "mean", field: "delay" } },
    });
    assert.deepEqual(Object.keys(shown.data), [vegaMime, "image/png", "text/plain"]);
    const png = Buffer.from(shown.data["image/png"] as string, "base64");
    assert.equal(png.toString("latin1", 1, 4), "PNG");
    const { width, height } = shown.metadata["image/png"] as { width: number; height: number };
    assert.deepEqual(
      [png.readUInt32BE(16), png.readUInt32BE(20)].map(
        (pixels, index) => Math.abs(pixels - 2 * ([width, height][index] as number)) <= 1,
      ),
      [true, true],
    );
    assert.match(vegaOf(shown).$schema, /vega\/v5/);
    assert.equal(vegaOf(shown).background, undefined);
  });

  test("more rows than can be seen are drawn as a random part, which the chart itself says", async () => {
    const shown = await draw({ mark: "point", encoding: { x: { field: "distance" }, y: { field: "delay" } } });
    const values = valuesOf(shown);
    assert.ok(values.length > 9000 && values.length < 11_000);
    assert.deepEqual(Object.keys(values[0]).sort(), ["delay", "distance"]);
    assert.match(vegaOf(shown).title.subtitle, /^A random [\d,]+ of 3,000,000 rows$/);
    assert.match(String(shown.data["text/plain"]), /A random [\d,]+ of 3,000,000 rows/);
  });

  for (const sort of ["-y", "-x", ["SFO", "ATL"], { field: "delay", op: "mean" }, "descending"]) {
    test(`the airports of three million flights are drawn sorted by ${JSON.stringify(sort)}`, async () => {
      const [bars, length] = sort === "-x" ? ["y", "x"] : ["x", "y"];
      const spec = { mark: "bar", encoding: { [bars]: { field: "origin", sort }, [length]: count } };
      const shown = await draw(spec);
      assert.equal(
        valuesOf(shown).reduce((sum, row) => sum + (row.__count ?? 0), 0),
        3_000_000,
      );
      assert.ok(JSON.stringify(vegaOf(shown)).length < 25_000);
      assert.match(String(shown.data["text/plain"]), /\(229 rows\)$/);
    });
  }

  test("a stack with colours in a given order is grouped by the engine", async () => {
    const color = { field: "origin", scale: { domain: ["SFO", "ATL"], range: ["red", "blue"] } };
    const shown = await draw({ mark: "bar", encoding: { x: { field: "date", timeUnit: "month" }, y: count, color } });
    assert.ok(valuesOf(shown).length < 12 * 229 + 1);
  });

  test("a bar without y counts all rows", async () => {
    const shown = await draw(flights.plot.bar({ x: "origin" }).spec);
    assert.equal(valuesOf(shown).length, 229);
    assert.equal(shown.data["text/plain"], "Chart: bar of count by origin (229 rows)");
  });

  test("the text counts the rows that are drawn, not those of headers and scales", async () => {
    const few = flights.where("origin in ('SFO', 'ATL', 'ORD')").limit(5000);
    const encoding = { x: { field: "delay" }, y: { field: "distance" }, column: { field: "origin" } };
    assert.match(String((await draw({ mark: "point", encoding }, few)).data["text/plain"]), / \(5,000 rows\)$/);
  });

  test("a chart is as wide as a page however many bars it has, and wide enough for two", async () => {
    const width = async (frame: any, options: object = {}) => {
      const shown = await draw(frame.plot.bar({ x: "origin", ...options }).spec, frame);
      return (shown.metadata["image/png"] as { width: number }).width;
    };
    const two = flights.where("origin in ('SFO', 'ATL')").limit(1000);
    const [wide, narrow] = [await width(flights), await width(two)];
    assert.ok(wide > 700 && wide < 850, `${wide}`);
    assert.ok(narrow > 150, `${narrow}`);
    // What the specification says goes before that.
    assert.ok((await width(flights, { x: { field: "origin" }, width: { step: 20 } })) > 4500);
    assert.ok((await width(flights, { width: 1000 })) > 1000);
  });

  test("labels of bins and of many bars do not lie on each other", async () => {
    const near = flights.where("delay between -60 and 120") as any;
    for (const frame of [near.plot.histogram({ x: "delay" }), near.plot.bar({ x: "origin" })]) {
      const { spec } = frame;
      const view = new View(parse(structuredClone(vegaOf(await draw(spec, near))) as never), { renderer: "none" });
      await view.toSVG();
      const labels = labelBounds((view.scenegraph() as any).root);
      view.finalize();
      assert.ok(labels.length > 5);
      const gap = spec.encoding.x.bin ? 4 : 0;
      for (const [index, label] of labels.entries()) {
        const next = labels[index + 1];
        if (next) assert.ok(label.x2 + gap < next.x1, `${JSON.stringify(label)} ${JSON.stringify(next)}`);
      }
    }
  });

  test("numbers that Vega would compute from a part of the rows are refused, with the reason and the way out", async () => {
    const spec = {
      mark: "bar",
      transform: [{ filter: "test(/A/, datum.origin)" }],
      encoding: { x: { field: "origin" }, y: { aggregate: "count" } },
    };
    await assert.rejects(draw(spec), (error: Error) => {
      assert.match(
        error.message,
        /^The chart has more than 10,000 rows, and the engine cannot compute its aggregate, nor the filter before it \(the constant \/A\/\)\. Compute it first with groupBy\(\)\.agg\(\), keep fewer rows with filter\(\), or draw a part of them: \.limit\(n\), /,
      );
      assert.doesNotMatch(error.message, /data_\d|Vega/);
      return true;
    });
  });

  test("a density of many rows is refused in the words of its specification", async () => {
    const spec = {
      mark: "area",
      transform: [{ density: "delay" }],
      encoding: { x: { field: "value", type: "quantitative" }, y: { field: "density", type: "quantitative" } },
    };
    await assert.rejects(draw(spec), /the engine cannot compute its density \(there is no such step in it\)\. Compute/);
  });

  test("small charts of sorted bars are counted by the engine, and those that cannot be are refused", async () => {
    const near = flights.where("destination in ('SFO', 'ATL')");
    const x = { field: "origin", sort: "-y" };
    const shown = await draw({ mark: "bar", encoding: { column: { field: "destination" }, x, y: count } }, near);
    assert.ok(valuesOf(shown).length < 1000);
    const bins = { field: "delay", bin: true };
    const encoding = { column: { field: "destination" }, x: bins, y: count };
    await assert.rejects(
      draw({
        mark: "bar",
        encoding,
        resolve: { scale: { x: "independent" } },
        transform: [{ filter: "test(/A/, datum.origin)" }],
      }),
      /more than 10,000 rows/,
    );
  });

  test("boxes over millions of rows have the quartiles of all rows", async () => {
    const three = flights.where("origin in ('SFO', 'ATL', 'ORD')");
    const shown = await draw(flights.plot.boxplot({ x: "origin", y: "delay" }).spec, three);
    const delays = flights.where("origin = 'SFO'").agg((f) => ({
      q1: F.percentile(f.delay, 0.25),
      mid: F.median(f.delay),
      q3: F.percentile(f.delay, 0.75),
    }));
    const [row] = (await delays.collect()) as any[];
    const box = valuesOf(shown).find((one) => one.origin === "SFO" && "mid_box_delay" in one);
    assert.deepEqual([box.lower_box_delay, box.mid_box_delay, box.upper_box_delay], [row.q1, row.mid, row.q3]);
    assert.match(String(shown.data["text/plain"]), /A random [\d,]+ of [\d,]+ rows/);
  });

  test("an unknown field is an error that names the nearest column, wherever the spec names it", async () => {
    const bad = /The chart's field "dealy" is no column of its data\. Columns: date, delay, .* Did you mean "delay"\?/;
    await assert.rejects(draw({ mark: "bar", encoding: { x: { field: "dealy" } } }), bad);
    await assert.rejects(
      draw({
        mark: "bar",
        encoding: { x: { field: "origin" }, y: { aggregate: "count" } },
        transform: [{ filter: "datum.dealy > 1" }],
      }),
      bad,
    );
    await assert.rejects(
      draw({ layer: [{ mark: "bar", encoding: { color: { condition: { test: "true", field: "dealy" } } } }] }),
      bad,
    );
  });

  test("fields that a transform makes are no mistake", async () => {
    const spec = {
      mark: "bar",
      transform: [{ calculate: "datum.delay / 60", as: "hours late" }],
      encoding: { x: { field: "hours late", bin: true }, y: { aggregate: "count" } },
    };
    assert.ok(valuesOf(await draw(spec)).length > 3);
  });

  test("an unknown mark and a specification that is none are errors that say so", async () => {
    await assert.rejects(
      draw({ mark: "bra", encoding: {} }),
      /"bra" is no mark of Vega-Lite\. Marks: bar, .* Did you mean "bar"\?/,
    );
    await assert.rejects(draw({ hello: 1 }), /no Vega-Lite specification that can be drawn/);
  });

  test("an unknown channel is a warning", async () => {
    const { warnings } = await draw({
      mark: "bar",
      encoding: { x: { field: "origin" }, y: { aggregate: "count" }, colour: { field: "origin" } },
    });
    assert.match(warnings.join(), /colour/);
  });

  test("types that a spec does not give are those of the columns", async () => {
    const scales = async (encoding: object, frame?: DataFrame<any>) => {
      const spec = vegaOf(await draw({ mark: "point", encoding }, frame));
      return Object.fromEntries(
        (spec.scales as { name: string; type: string }[]).map(({ name, type }) => [name, type]),
      );
    };
    const frame = rows("select 1 as n, 'a' as s, true as b, date '2001-01-01' as d, 1.5 as x");
    assert.deepEqual(await scales({ x: { field: "n" }, y: { field: "s" } }, frame), { x: "linear", y: "point" });
    assert.deepEqual(await scales({ x: { field: "d" }, y: { field: "x" }, color: { field: "b" } }, frame), {
      x: "utc",
      y: "linear",
      color: "ordinal",
    });
  });

  test("a bar stands for one value of a number, and for a stretch of time", async () => {
    const frame = rows("select 8 as hour, 2.5 as delay union all select 9, 3.5") as any;
    const spec = vegaOf(await draw(frame.plot.bar({ x: "hour", y: "delay" }).spec, frame));
    assert.equal(spec.scales.find(({ name }: { name: string }) => name === "x").type, "band");
  });

  test("a chart is the same in whatever zone it is drawn", async () => {
    const spec = {
      mark: { type: "line", tooltip: true },
      encoding: { x: { field: "date", timeUnit: "yearmonthdatehours" }, y: { aggregate: "count" } },
    };
    const frame = flights.limit(2000);
    const zone = process.env.TZ;
    try {
      const shown = [];
      for (const one of ["America/New_York", "Asia/Kolkata"]) {
        process.env.TZ = one;
        shown.push((await draw(spec, frame)).data);
      }
      assert.deepEqual(shown[0], shown[1]);
      const text = JSON.stringify(shown[0]?.[vegaMime]);
      assert.doesNotMatch(text, /timeFormat|datetime\(|"time"/);
      assert.match(text, /utcFormat/);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  test("a TIMESTAMP is drawn as the clocks of the session's zone show it", async () => {
    await spark.conf.set("spark.sql.session.timeZone", "America/New_York");
    try {
      const frame = rows("select timestamptz '2001-06-15 12:00:00+00' as at, 1 as n");
      const hours = valuesOf(
        await draw(
          { mark: "bar", encoding: { x: { field: "at", timeUnit: "hours" }, y: { aggregate: "sum", field: "n" } } },
          frame,
        ),
      );
      assert.equal(hours[0].hours_at, Date.UTC(2012, 0, 1, 8));
      const raw = valuesOf(await draw({ mark: "point", encoding: { x: { field: "at" }, y: { field: "n" } } }, frame));
      assert.equal(raw[0].at, Date.UTC(2001, 5, 15, 8));
    } finally {
      await spark.conf.unset("spark.sql.session.timeZone");
    }
  });

  test("longs and decimals are numbers to a chart, NaN is nothing, and struct fields can be drawn", async () => {
    const frame = rows(
      "select 9007199254740991 as big, 1.25::decimal(10,2) as price, 'nan'::double as x, {'lat': 59.9, 'lon': 10.7} as place",
    );
    const spec = {
      mark: "point",
      encoding: {
        x: { field: "big" },
        y: { field: "price" },
        size: { field: "x" },
        color: { field: "place.lat", type: "quantitative" },
      },
    };
    assert.deepEqual(valuesOf(await draw(spec, frame))[0], {
      big: 9007199254740991,
      price: 1.25,
      x: null,
      place: { lat: 59.9, lon: 10.7 },
    });
  });

  test("columns with odd names are drawn", async () => {
    const frame = rows(`select 1 as "a.b", 2 as "it's [x]", 'y' as "naïve ""q"""`) as any;
    const shown = await draw(frame.plot.point({ x: "a.b", y: "it's [x]", color: 'naïve "q"' }).spec, frame);
    assert.deepEqual(valuesOf(shown)[0], { "a.b": 1, "it's [x]": 2, 'naïve "q"': "y" });
  });

  test("a frame without rows gives an empty chart", async () => {
    const none = flights.limit(0);
    for (const encoding of [
      { x: { field: "delay", bin: true }, y: { aggregate: "count" } },
      { x: { field: "date", timeUnit: "month" }, y: { aggregate: "mean", field: "delay" } },
      { x: { field: "distance" }, y: { field: "delay" } },
    ]) {
      const shown = await draw({ mark: "bar", encoding }, none);
      assert.deepEqual(valuesOf(shown), []);
      assert.match(String(shown.data["text/plain"]), /\(0 rows\)/);
    }
  });

  test("a Vega specification gets the frame as its first data source without data", async () => {
    const spec = {
      $schema: "https://vega.github.io/schema/vega/v5.json",
      width: 100,
      height: 100,
      data: [
        {
          name: "rows",
          transform: [
            { type: "aggregate", groupby: ["origin"] },
            { type: "filter", expr: "datum.count > 100000" },
          ],
        },
      ],
      scales: [{ name: "x", type: "band", domain: { data: "rows", field: "origin" }, range: "width" }],
      marks: [{ type: "rect", from: { data: "rows" }, encode: { enter: { x: { scale: "x", field: "origin" } } } }],
    };
    const shown = await draw(spec);
    assert.equal(vegaOf(shown).data[0]?.name, "rows");
    assert.ok(valuesOf(shown).length > 100);
  });
}, compiled);

nodeTest("a specification that brings its data is drawn as it is", async () => {
  const shown = await renderChart({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    data: { values: [{ a: 1, b: 2 }] },
    mark: "bar",
    encoding: { x: { field: "a", type: "quantitative" } },
  });
  assert.deepEqual(Object.keys(shown.data), [vegaMime, "image/png", "text/plain"]);
});

nodeTest("data that cannot be read here cost the picture, not the live chart", async () => {
  const shown = await renderChart({
    data: { url: "no-such-file.json" },
    mark: "bar",
    encoding: { x: { field: "a", type: "quantitative" } },
  });
  assert.ok(vegaMime in shown.data);
});

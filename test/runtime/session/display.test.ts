import assert from "node:assert/strict";
import { after, test } from "node:test";
import { RecordBatch, tableFromArrays } from "apache-arrow";
import { SparkSession } from "../../../runtime/dataframe/session.ts";
import { html } from "../../../runtime/display/tags.ts";
import { openDuckDB } from "../../../runtime/engine/duckdb/duckdb.ts";
import { toBundle } from "../../../runtime/session/display.ts";

const spark = new SparkSession("DuckDB", () => openDuckDB({ threads: 2 }));
after(() => spark.stop());

const notes: string[] = [];
const shown = async (value: unknown) => {
  notes.length = 0;
  return (await toBundle(value, { warn: (note) => notes.push(note) }))?.data as { [mime: string]: string };
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
const plain = async (value: unknown) => ((await shown(value))["text/plain"] as string).replace(/\u001b\[\d+m/g, "");
const display = Symbol.for("Jupyter.display");

test("undefined shows nothing, and every other value has text", async () => {
  assert.equal(await toBundle(undefined), undefined);
  assert.equal(await plain(null), "null");
  assert.equal(await plain("it's"), `"it's"`);
  assert.equal(await plain(10n), "10n");
  assert.equal(await plain(Symbol("s")), "Symbol(s)");
});

test("objects are shown as Node shows them, in colour", async () => {
  const circular: { [key: string]: unknown } = { a: new Map([[1, new Set([2])]]) };
  circular.self = circular;
  class Point {
    x = 1;
  }
  assert.equal(await plain(circular), "<ref *1> { a: Map(1) { 1 => Set(1) { 2 } }, self: [Circular *1] }");
  assert.equal(await plain(new Point()), "Point { x: 1 }");
  assert.equal(await plain(() => 1), "[Function (anonymous)]");
  assert.equal(await plain(new Float32Array(2)), "Float32Array(2) [ 0, 0 ]");
  assert.equal(await plain(/x/g), "/x/g");
  assert.match(await plain(new Promise(() => {})), /^Promise { <pending>/);
  assert.ok((await shown({ n: 1 }))["text/plain"]?.includes("\u001b[33m1"));
});

test("large values are capped", async () => {
  assert.ok((await plain(Array.from({ length: 1e6 }, (_, index) => index))).length < 10_000);
  assert.ok((await plain("x".repeat(1e6))).length < 11_000);
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key${index}`, "x".repeat(20)]));
  assert.ok((await plain(wide)).length < 101_000);
  let deep: object = {};
  for (let level = 0; level < 50; level++) deep = { deep };
  assert.match(await plain(deep), /\[Object\]/);
});

test("an array of objects is a table; other arrays are text", async () => {
  const data = await shown([{ a: 1, b: "x" }, { a: 2 }]);
  assert.deepEqual(Object.keys(data), ["text/html", "text/plain"]);
  assert.match(data["text/plain"] as string, /│ +a │ b +│/);
  for (const value of [[], [1, 2], [{ a: 1 }, null], [[1]], [{}], [new Date(0)], [new Error("x")]]) {
    assert.deepEqual(Object.keys(await shown(value)), ["text/plain"]);
  }
});

test("Arrow tables and record batches are tables", async () => {
  const table = tableFromArrays({ n: Int32Array.from(Array.from({ length: 50 }, (_, index) => index)) });
  for (const value of [table, table.batches[0] as RecordBatch]) {
    assert.match((await shown(value))["text/plain"] as string, /20 of 50 rows/);
  }
  assert.ok(table.batches[0] instanceof RecordBatch);
});

test("a frame is shown by its first rows and the number of all", async () => {
  const data = await shown(spark.range(1_000_000));
  assert.match(data["text/plain"] as string, /20 of 1,000,000 rows · 1 column/);
  assert.match(data["text/html"] as string, /<table/);
  const filtered = await shown(spark.range(1_000_000).filter((f) => f.id.gt(5)));
  assert.match(filtered["text/plain"] as string, /first 20 rows/);
  assert.match((await shown(spark.range(3)))["text/plain"] as string, /^3 rows/m);
  assert.match((await shown(spark.range(0)))["text/plain"] as string, /^0 rows/m);
});

test("a frame that cannot be computed fails as its query does", async () => {
  await assert.rejects(shown(spark.sql("select * from no_such_table")), /no_such_table/);
  await assert.rejects(
    shown((spark.range(3) as any).plot.bar({ x: "idd" })),
    /"idd" is no column.* Did you mean "id"\?/s,
  );
});

test("a plan is a tree, and a chart is drawn", async () => {
  const plan = await shown(await spark.range(10).explain());
  assert.match(plan["text/plain"] as string, /^Query plan/);
  assert.deepEqual(Object.keys(plan), ["text/html", "text/plain"]);
  const chart = await shown((spark.range(10) as any).plot.point({ x: "id", y: "id" }));
  assert.deepEqual(Object.keys(chart), ["application/vnd.vega.v5+json", "image/png", "text/plain"]);
});

test("a Vega-Lite specification, and a builder of one, are charts", async () => {
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    data: { values: [{ a: 1 }] },
    mark: "bar",
    encoding: { x: { field: "a" } },
  };
  assert.ok("image/png" in (await shown(spec)));
  assert.ok("image/png" in (await shown({ toSpec: () => spec })));
  assert.deepEqual(Object.keys(await shown({ ...spec, mark: "bra" })), ["text/plain"]);
  assert.match(notes.join(), /"bra" is no mark/);
});

test("an error is shown with its cause, its properties and the user's own lines", async () => {
  const cause = new TypeError("inner");
  const text = await plain(Object.assign(new Error("outer", { cause }), { code: "E1" }));
  assert.match(text, /^Error: outer\n +at .*display\.test\.ts/);
  assert.match(text, /code: 'E1'/);
  assert.match(text, /Caused by: TypeError: inner/);
  assert.doesNotMatch(text, /node:internal/);
  const self = new Error("self");
  self.cause = self;
  assert.match(await plain(self), /Error: self/);
  assert.match(await plain(new AggregateError([new Error("one"), "two"], "many")), /many.*Error: one.*two/s);
});

test("bytes of a picture are a picture", async () => {
  const magic: { [mime: string]: number[] } = {
    "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    "image/jpeg": [0xff, 0xd8, 0xff, 0xe0],
    "image/gif": [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
    "image/webp": [0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50],
  };
  for (const [mime, bytes] of Object.entries(magic)) {
    assert.equal((await shown(Uint8Array.from(bytes)))[mime], Buffer.from(bytes).toString("base64"));
  }
  assert.deepEqual(Object.keys(await shown(Uint8Array.of(1, 2, 3))), ["text/plain"]);
});

test("a URL is a link if it leads somewhere harmless", async () => {
  assert.match(
    (await shown(new URL("https://x.org/?a=1&b=<")))["text/html"] as string,
    /href="https:\/\/x\.org\/\?a=1&amp;b=(%3C|&lt;)"/,
  );
  assert.deepEqual(Object.keys(await shown(new URL("javascript:alert(1)"))), ["text/plain"]);
});

test("types say how they look, at once or later, and get text if they give none", async () => {
  assert.deepEqual(await shown({ [display]: () => ({ "text/html": "<b>x</b>", "text/plain": "x" }) }), {
    "text/html": "<b>x</b>",
    "text/plain": "x",
  });
  const later = await shown({ [display]: async () => ({ "text/html": "<b>x</b>" }) });
  assert.deepEqual(Object.keys(later), ["text/html", "text/plain"]);
  assert.equal((await shown(html`<i>${"<"}</i>`))["text/html"], "<i>&lt;</i>");
});

test("elements and canvases of other libraries are shown", async () => {
  assert.equal((await shown({ outerHTML: "<p>hi</p>" }))["text/html"], "<p>hi</p>");
  assert.equal((await shown({ toDataURL: async () => "data:image/png;base64,AAAA" }))["image/png"], "AAAA");
});

test("a formatter that throws is reported, and the text is shown", async () => {
  const broken = [
    {
      [display]: () => {
        throw new Error("no");
      },
    },
    { [display]: () => 5 },
    { [display]: () => ({ html: "no mime type" }) },
    { toDataURL: () => "nothing" },
    {
      get outerHTML() {
        throw new Error("no");
      },
    },
  ];
  for (const value of broken) {
    assert.deepEqual(Object.keys(await shown(value)), ["text/plain"]);
    assert.equal(notes.length, 1, String(notes));
    assert.match(notes[0] as string, /could not be shown as it wants to be/);
  }
});

test("values that throw when they are looked at are shown none the less", async () => {
  const inspect = Symbol.for("nodejs.util.inspect.custom");
  assert.equal(
    await plain({
      [inspect]: () => {
        throw new Error("no");
      },
    }),
    "[Object that cannot be inspected]",
  );
  const proxy = new Proxy(
    { a: 1 },
    {
      get: () => {
        throw new Error("no");
      },
      has: () => {
        throw new Error("no");
      },
    },
  );
  assert.equal(await plain(proxy), "Proxy({ a: 1 })");
  assert.deepEqual(notes, []);
  assert.equal(await plain(Object.create(null)), "[Object: null prototype] {}");
});

test("no bundle has JSON, which JupyterLab would show in place of everything else", async () => {
  for (const value of [[{ a: 1 }], spark.range(2), { a: 1 }, html`<b>x</b>`]) {
    assert.ok(!("application/json" in (await shown(value))));
  }
});

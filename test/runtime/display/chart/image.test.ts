import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPng, drawSvg, renderSvg } from "../../../../runtime/display/chart/image.ts";

const label = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="10" y="25" font-family="sans-serif" font-size="16">${text}</text></svg>`;

test("labels are drawn with the fonts from npm, without any of the system", async () => {
  const empty = await renderSvg(label(""));
  const [drawn, other] = [await renderSvg(label("Delay in minutes")), await renderSvg(label("Müller Ωλπ"))];
  assert.equal(Buffer.compare(empty.png, (await renderSvg(label(""))).png), 0);
  assert.notEqual(Buffer.compare(empty.png, drawn.png), 0);
  assert.notEqual(Buffer.compare(empty.png, other.png), 0);
  assert.ok(drawn.png.length > empty.png.length + 500);
});

test("every family that Vega's themes name has letters", async () => {
  const empty = await renderSvg(label(""));
  for (const family of ["Helvetica", "Georgia, serif", "monospace", "'Segoe UI', Arial"]) {
    const { png } = await renderSvg(label("Delay").replace("sans-serif", family));
    assert.notEqual(Buffer.compare(empty.png, png), 0, family);
  }
});

test("control characters in data are drawn as their pictures, and do not spoil the file", async () => {
  const spec = {
    $schema: "https://vega.github.io/schema/vega/v5.json",
    marks: [{ type: "text", encode: { enter: { text: { value: "a\u001b[31mb\u0000\ud800\uffff" } } } }],
  };
  const svg = await drawSvg(spec);
  assert.match(svg, />a␛\[31mb␀��</);
  assert.ok((await renderSvg(svg)).png.length > 0);
});

test("data of a specification's own that cannot be read is a failure, and no empty picture", async () => {
  const spec = {
    data: [{ name: "rows", url: "no-such-file.json" }],
    marks: [{ type: "rect", from: { data: "rows" } }],
  };
  await assert.rejects(drawSvg(spec), /its data "no-such-file\.json": ENOENT/);
});

test("a picture has twice the pixels of its size and a white ground", async () => {
  const { png, width, height } = await drawPng({
    $schema: "https://vega.github.io/schema/vega/v5.json",
    width: 100,
    height: 50,
    padding: 0,
    marks: [],
  });
  assert.deepEqual([width, height, png.readUInt32BE(16), png.readUInt32BE(20)], [100, 50, 200, 100]);
});

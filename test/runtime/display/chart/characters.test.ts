import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { renderChartCharacters } from "../../../../runtime/display/chart/characters/render.ts";
import { compileSpec } from "../../../../runtime/display/chart/spec.ts";
import { charts, data, letters, nominal, quantitative, temporal } from "./charts.ts";

type Options = Parameters<typeof renderChartCharacters>[1];

const inColors = (spec: object, options: Options) =>
  renderChartCharacters(compileSpec(spec as { [property: string]: unknown }).spec, options);
const plain = async (spec: object, options: Options) => stripVTControlCharacters(await inColors(spec, options));
const { bars, "two lines": twoLines } = charts as { readonly [name: string]: object } & {
  bars: object;
  "two lines": object;
};
const drawing = (text: string) => text.replace(/^\n/, "").replace(/\n$/, "");

test("bars stand beside an axis with numbers and above their names, and end by eighths of a line", async () => {
  assert.equal(
    await plain(bars, { columns: 40 }),
    drawing(`
  size
  │         ████████
4 ┤         ████████          ▂▂▂▂▂▂▂▂
  │         ████████          ████████
  │▃▃▃▃▃▃▃▃ ████████          ████████
  │████████ ████████          ████████
2 ┤████████ ████████          ████████
  │████████ ████████ ▆▆▆▆▆▆▆▆ ████████
  │████████ ████████ ████████ ████████
  │████████ ████████ ████████ ████████
0 └────┬────────┬────────┬────────┬───
       A        B        C        D
                   name
`),
  );
});

test("lying bars have a line each, and end by eighths of a column", async () => {
  const values = [
    { city: "Oslo", size: 10 },
    { city: "大阪府", size: 25 },
    { city: "🍣", size: 40 },
  ];
  const spec = { ...data(values), mark: "bar", encoding: { y: nominal("city"), x: quantitative("size") } };
  assert.equal(
    await plain(spec, { columns: 40, rows: 6 }),
    drawing(`
       city
  Oslo ┤███████▊
大阪府 ┤███████████████████▍
    🍣 ┤███████████████████████████████
       └┬──────┬───────┬───────┬──────┬
        0      10      20     30      40
                      size
`),
  );
});

test("lines are dots, with symbols by which a legend tells them apart without colours", async () => {
  assert.equal(
    await plain(twoLines, { columns: 60, rows: 12 }),
    drawing(`
   size
   │⣀⠤●⠉⠉⠉⠉⠉⠑⠲⢤⣀             ⣀⠤⠒⠋⠉●⠉⠉⠑⠲⢤⡀             kind
30 ┤⠁          ⠈⠑⠢⢄⡀     ⣀⡠⠔⠋⠁          ⠈⠑⠦⣄⡀     ⣀   ● high
   │               ⠈●⠑⠒⠋⠉⠁                  ⠈⠉⠑⠒●⠉⠁   ■ low
20 ┤
   │  ⢀⣀⠤⠤■⠤⢄⣀                 ⢀⣀⠤⠤⠤⠤⢄■
10 ┤⠴⠚⠉      ⠈⠙⠲⢤⡀          ⣀⠴⠚⠉      ⠈⠉⠲⢤⡀
   │             ⠈⠑⠲⠤⣀⣀⣀■⠤⠒⠉              ⠈⠑⠢⠤⣄⣀⣀⡠⠤
   │
 0 └────┬─────┬────┬─────┬─────┬────┬─────┬────┬───
      Jan 07     Jan 21     Feb 04     Feb 18
                          day
`),
  );
});

test("a heat map is shades where colours are taken away, and colours alone where they are not", async () => {
  const values = ["a", "b"].flatMap((y, row) => [0, 1, 2, 3].map((x) => ({ x, y, n: row * 4 + x })));
  const encoding = { x: { field: "x", type: "ordinal" }, y: nominal("y"), color: quantitative("n") };
  const spec = { ...data(values), mark: "rect", encoding };
  const drawn = await inColors(spec, { columns: 60, rows: 8 });
  assert.equal(
    stripVTControlCharacters(drawn),
    drawing(`
  y
a ┤░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒  n
b ┤▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓████████████████████  ██ 7
  └─────┬─────────┬─────────┬─────────┬────  ▓▓
        0         1         2         3      ▓▓
                       x                     ▒▒
                                             ░░
                                             ░░ 0
`),
  );
  const shaded = [...drawn.matchAll(/38;5;(\d+);48;5;(\d+)m[░▒▓]+/g)];
  assert.ok(shaded.length >= 6);
  for (const [, ink, ground] of shaded) assert.equal(ink, ground);
});

test("long names below bars are broken into lines", async () => {
  const names = ["Consumer electronics", "Books and maps", "Garden furniture"];
  const values = names.map((name, index) => ({ name, size: index + 1 }));
  const spec = { ...data(values), mark: "bar", encoding: { x: nominal("name"), y: quantitative("size") } };
  const drawn = await plain(spec, { columns: 44, rows: 12 });
  for (const word of names.flatMap((name) => name.split(" "))) assert.match(drawn, new RegExp(`\\b${word}\\b`));
});

for (const [name, spec] of Object.entries(charts)) {
  test(`${name}: no line is wider than the terminal`, async () => {
    for (const columns of [16, 80, 1000]) {
      const lines = (await plain(spec, { columns })).split("\n");
      assert.ok(lines.length > 4, `${columns} columns: ${lines.length} lines`);
      for (const line of lines) assert.ok(stringWidth(line) <= columns, `${columns} columns: ${line}`);
    }
  });
}

test("a chart without rows, and a terminal without columns, are empty", async () => {
  const spec = { ...data([]), mark: "bar", encoding: { x: nominal("name"), y: quantitative("size") } };
  assert.equal(await plain(spec, { columns: 80 }), "");
  for (const columns of [0, 5, -1, Number.NaN]) assert.equal(await plain(bars, { columns }), "");
});

test("every style ends with its line, and letters have the terminal's own colour", async () => {
  const lines = (await inColors(twoLines, { columns: 80 })).split("\n");
  for (const line of lines) {
    const last = line.slice(line.lastIndexOf("\u001b"));
    assert.ok(!line.includes("\u001b") || last.startsWith("\u001b[0m"), JSON.stringify(line));
  }
  const axis = lines.findLast((line) => line.includes("└")) ?? "";
  assert.ok(!axis.includes("\u001b"), JSON.stringify(axis));
});

test("fifty lying bars have a line each unless fewer lines are asked for", async () => {
  const values = Array.from({ length: 50 }, (_, index) => ({ name: `n${index}`, size: index }));
  const spec = { ...data(values), mark: "bar", encoding: { y: nominal("name"), x: quantitative("size") } };
  assert.ok((await plain(spec, { columns: 80 })).split("\n").length > 50);
  assert.ok((await plain(spec, { columns: 80, rows: 24 })).split("\n").length <= 26);
});

test("drawing changes nothing of the chart that is shown elsewhere", async () => {
  const { spec } = compileSpec({ ...letters, mark: "bar", encoding: { x: nominal("name"), y: quantitative("size") } });
  const before = JSON.stringify(spec);
  await renderChartCharacters(spec, { columns: 60 });
  assert.equal(JSON.stringify(spec), before);
});

test("times of a frame are drawn as the wall clock, in any zone of the machine", async () => {
  const values = Array.from({ length: 24 }, (_, hour) => ({ at: Date.UTC(2024, 0, 1, hour), size: hour }));
  const given = { mark: "bar", encoding: { x: { ...temporal("at"), timeUnit: "hours" }, y: quantitative("size") } };
  const { spec, root } = compileSpec(given, [
    { name: "at", type: { kind: "timestamp" } },
    { name: "size", type: { kind: "int" } },
  ] as never);
  const filled = { ...spec, data: spec.data.map((entry) => (entry.name === root ? { ...entry, values } : entry)) };
  const zone = process.env.TZ;
  try {
    process.env.TZ = "Asia/Tokyo";
    const far = await renderChartCharacters(filled, { columns: 80 });
    process.env.TZ = "America/New_York";
    assert.equal(await renderChartCharacters(filled, { columns: 80 }), far);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test("titles longer than the chart are cut to the terminal, and do not make the chart narrower", async () => {
  const long = "much more than there is room for ".repeat(5);
  const given = { ...bars, title: long, encoding: { x: nominal("name"), y: { ...quantitative("size"), title: long } } };
  const drawn = (await plain(given, { columns: 60 })).split("\n");
  const short = (await plain(bars, { columns: 60 })).split("\n");
  const axisOf = (lines: readonly string[]) => lines.findLast((line) => line.includes("└"));
  assert.equal(axisOf(drawn), axisOf(short));
  assert.equal(drawn.filter((line) => line.endsWith("…")).length, 2);
});

test("no name in the data is a command to the terminal", async () => {
  const values = [
    { name: "red\u001b[31m\u0007", size: 1 },
    { name: "two\nlines\tand\u202eback", size: 2 },
  ];
  const spec = { ...data(values), mark: "bar", encoding: { y: nominal("name"), x: quantitative("size") } };
  const drawn = await inColors(spec, { columns: 60 });
  assert.doesNotMatch(stripVTControlCharacters(drawn).replaceAll("\n", ""), /\p{Cc}|\u202e/u);
  assert.ok(!drawn.includes("\u001b[31m"));
  assert.match(drawn, /red␛\[31m␇/);
});

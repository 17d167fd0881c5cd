import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { avg, hour, read, spark, vega } from "../../../runtime/index.ts";
import { run } from "../../helpers/program.ts";
import { SessionProcess } from "../../helpers/session-process.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

after(() => spark.stop());

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const parquet = join(repository, "node_modules/vega-datasets/data/flights-3m.parquet");
const flights = read.parquet(parquet);
const byHour = flights.groupBy((f) => ({ hour: hour(f.date) })).agg((f) => ({ delay: avg(f.delay) }));
const chart = byHour.plot.bar({ x: "hour", y: "delay", title: "Delays" });
const values = { values: [{ a: "x", b: 2 }] };
const own = vega({ mark: "bar", data: values, encoding: { x: { field: "a" }, y: { field: "b" } } });

test("a chart is saved as a picture with pixels, of twice its size or what scale says", async () => {
  using folder = tempFolder();
  const saved = async (name: string, options?: { scale: number }) => {
    await chart.save(join(folder.path, name), options);
    return PNG.sync.read(readFileSync(join(folder.path, name)));
  };
  const usual = await saved("delays by hour.png");
  const small = await saved("small.PNG", { scale: 1 });
  const large = await saved("large.png", { scale: 4.5 });
  assert.ok(small.width > 400 && small.height > 250, `${small.width} × ${small.height}`);
  assert.deepEqual([usual.width, usual.height], [small.width * 2, small.height * 2]);
  assert.ok(Math.abs(large.width - small.width * 4.5) < 5);
  const pixels = new Uint32Array(usual.data.buffer, usual.data.byteOffset, usual.data.length / 4);
  const bars = pixels.filter((pixel) => pixel === 0xff_a8_78_4c).length;
  assert.ok(bars > pixels.length / 10, `${bars} of ${pixels.length} pixels are of a bar`);
});

test("an SVG has the labels, and the JSON is the specification with the rows that the engine computed", async () => {
  using folder = tempFolder();
  const [svg, json] = [join(folder.path, "a.svg"), join(folder.path, "a.json")];
  await Promise.all([chart.save(svg), chart.save(json)]);
  const text = readFileSync(svg, "utf8");
  assert.match(text, /^<svg [\s\S]*<\/svg>/);
  for (const label of ["Delays", "hour", "delay", "23"]) assert.ok(text.includes(`>${label}</text>`), label);
  const spec = JSON.parse(readFileSync(json, "utf8"));
  assert.match(spec.$schema, /schema\/vega\/v5/);
  assert.equal(spec.data[0].values.length, 24);
});

test("a chart that brings its own data is saved too, and a file of that name is replaced", async () => {
  using folder = tempFolder();
  const file = join(folder.path, "own.svg");
  writeFileSync(file, "old");
  await own.save(file);
  assert.match(readFileSync(file, "utf8"), /aria-label="a: x; b: 2"/);
  assert.deepEqual(readdirSync(folder.path), ["own.svg"]);
});

test("what cannot be saved is told with the way out, and leaves nothing behind", async () => {
  using folder = tempFolder();
  const at = (name: string) => join(folder.path, name);
  mkdirSync(at("folder.png"));
  writeFileSync(at("file"), "");
  writeFileSync(at("kept.png"), "old");
  const missing = vega({ mark: "bar", data: { url: "no-such-file.json" }, encoding: { x: { field: "a" } } });
  const wrong = vega({ mark: "bar", encoding: { x: { field: "delai" } } }, flights);
  for (const [save, message] of [
    [() => chart.save(at("a.jpg")), /saved as \.png, \.svg or \.json, and the file has the extension "\.jpg"/],
    [() => chart.save(at("a")), /saved as \.png, \.svg or \.json, and the file has no extension/],
    [() => chart.save("" as string), /takes the path of a file/],
    [() => chart.save(undefined as never), /takes the path of a file/],
    [() => chart.save(join(at("not there"), "a.png")), /there is no folder ".*not there"\. Make it first/],
    [() => chart.save(join(at("file"), "a.png")), /a part of its path is a file and no folder/],
    [() => chart.save(at("folder.png")), /folder\.png": there is a folder of that name/],
    [() => chart.save(at("kept.png"), { scale: -1 }), /scale is a positive number of pixels, not -1/],
    [
      () => chart.save(at("kept.png"), { scale: 500 }),
      /too many for a PNG with scale 500: take a scale of at most \d\d/,
    ],
    [() => chart.save(at("kept.png"), { dpi: 300 } as never), /no option "dpi"\. Options: scale/],
    [() => missing.save(at("kept.png")), /cannot be drawn: its data "no-such-file\.json": ENOENT/],
    [() => wrong.save(at("kept.png")), /field "delai" .* Did you mean "delay"/],
  ] as const) {
    await assert.rejects(save, (error: Error) => {
      assert.match(error.message, message);
      assert.match(error.stack ?? "", /chart-save\.test\.ts/);
      return true;
    });
  }
  assert.deepEqual(readdirSync(folder.path).sort(), ["file", "folder.png", "kept.png"]);
  assert.equal(readFileSync(at("kept.png"), "utf8"), "old");
});

test("a plain script saves a chart, also one that nobody awaits", async () => {
  using folder = tempFolder();
  const link = join(folder.path, "node_modules/quern");
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(repository, link, "dir");
  const script = join(folder.path, "script.ts");
  writeFileSync(
    script,
    `import { read } from "quern";
     read.parquet(${JSON.stringify(parquet)}).plot.histogram({ x: "delay" }).save("delays.png");`,
  );
  const { code, err } = await run([process.execPath, script], { cwd: folder.path });
  assert.deepEqual([code, err], [0, ""]);
  assert.ok(PNG.sync.read(readFileSync(join(folder.path, "delays.png"))).width > 400);
});

test("in a notebook a save is an action of its cell", async (t) => {
  using folder = tempFolder();
  await using session = new SessionProcess({ cwd: folder.path });
  const chart = 'var chart = range(3).plot.bar({ x: "id" });';

  await t.test("the cell ends when the file is there", async () => {
    await session.run(`${chart} chart.save("a.svg");`);
    assert.match(readFileSync(join(folder.path, "a.svg"), "utf8"), />id<\/text>/);
  });

  await t.test("what fails names the line of the save, or that of the chart if that is wrong", async () => {
    const missing = await session.run('1;\nchart.save("no/a.svg");');
    assert.match(missing.traceback, /there is no folder "no"[\s\S]*cell \[\d+\]:2:/);
    const wrong = await session.run('1;\n\nvar bad = range(3).plot.bar({ x: "nope" });\nawait bad.save("b.svg");');
    assert.match(wrong.traceback, /cell \[\d+\]:3:[\s\S]*cell \[\d+\]:4:/);
  });

  await t.test("it is interrupted with its cell, and writes nothing afterwards", async () => {
    const slow =
      'sql("select sum(a.range * b.range) as s from range(1000000000) a, range(1000) b").plot.bar({ x: "s" })';
    const begun = session.begin(`await ${slow}.save("slow.png")`);
    await session.until((event) => event.type === "display" && event.run === begun && !event.update);
    session.urgent({ type: "interrupt", run: begun });
    const { error } = await session.finished(begun);
    assert.equal(error?.interrupted, true);
    assert.equal((await session.run("range(2).count()")).result, "2");
    assert.deepEqual(readdirSync(folder.path), ["a.svg"]);
  });
});

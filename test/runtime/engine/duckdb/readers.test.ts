import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { typeName } from "../../../../runtime/plan/type-names.ts";
import { FLIGHTS, read, rowsOf, sql, tableOf, testEngine, testFolder } from "./helper.ts";

const engine = await testEngine();
const folder = testFolder();

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const columns = async (plan: Plan) =>
  (await engine.schema(plan)).map((field) => `${field.name} ${typeName(field.type)}`);

test("CSV has a header, a separator and types that are found out", async () => {
  const path = file(
    "a;b ü.csv",
    "id;name;day;at;big;share;ok\n1;x;2024-01-31;2024-01-31 10:00:00;3000000000;1.5;true\n2;;;;;;\n",
  );
  assert.deepEqual(await columns(read("csv", path)), [
    ...["id int", "name string", "day date", "at timestamp_ntz", "big bigint", "share double", "ok boolean"],
  ]);
  assert.equal((await rowsOf(engine, read("csv", path)))[1]?.[1], null);
});

test("options of CSV are Spark's", async () => {
  const path = file("options.csv", "# remark\n1|'a|b'|NA|31.01.2024\n2|'c'|5|01.02.2024\n");
  const options = { header: "false", sep: "|", quote: "'", nullvalue: "NA", comment: "#", dateformat: "dd.MM.yyyy" };
  assert.deepEqual(await columns(read("csv", path, options)), ["_c0 int", "_c1 string", "_c2 int", "_c3 date"]);
  const [first] = await rowsOf(engine, read("csv", path, options));
  assert.deepEqual(first?.slice(0, 3), [1, "a|b", null]);
  assert.equal(new Date(first?.[3] as number).toISOString(), "2024-01-31T00:00:00.000Z");
  assert.deepEqual(await columns(read("csv", path, { ...options, inferschema: "false" })), [
    ...["_c0 string", "_c1 string", "_c2 string", "_c3 string"],
  ]);
});

test("malformed CSV rows are mended, dropped or refused, as the mode says", async () => {
  const path = file("bad.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\nx,1,2\n");
  const schema = "a INT, b STRING, c INT";
  assert.deepEqual(await rowsOf(engine, read("csv", path, {}, schema)), [
    [1, "2", 3],
    [4, "5", null],
    [6, "7", 8],
    [null, "1", 2],
  ]);
  assert.deepEqual(await rowsOf(engine, read("csv", path, { mode: "DROPMALFORMED" }, schema)), [[1, "2", 3]]);
  await assert.rejects(
    tableOf(engine, read("csv", path, { mode: "FAILFAST" }, schema)),
    /bad\.csv, line 3: Expected Number of Columns: 3 Found: 2 \("4,5"\)\. Use \.option\("mode"/,
  );
});

test("quoted line breaks, quotes, umlauts and compressed files are read", async () => {
  const text = 'a,b\n1,"two\nlines"\n2,"a ""quote"" ä🦊"\n';
  const expected = [
    [1, "two\nlines"],
    [2, 'a "quote" ä🦊'],
  ];
  assert.deepEqual(await rowsOf(engine, read("csv", file("q.csv", text))), expected);
  assert.deepEqual(await rowsOf(engine, read("csv", file("q2.csv.gz", gzipSync(text)))), expected);
  const latin = Buffer.from("a\nä\n", "latin1");
  assert.deepEqual(await rowsOf(engine, read("csv", file("latin.csv", latin), { encoding: "ISO-8859-1" })), [["ä"]]);
});

test("JSON is read as lines, as an array and over several lines", async () => {
  const lines = file("l.json", '{"a":1,"b":{"x":[1,2]}}\n{"a":2,"c":"k"}\n');
  assert.deepEqual(await columns(read("json", lines)), ["a bigint", "b struct<x:array<bigint>>", "c string"]);
  const array = file("array.json", '[{"a":1},\n {"a":2}]');
  assert.deepEqual(await rowsOf(engine, read("json", array)), [[1], [2]]);
  const pretty = file("pretty.json", '{\n  "a": 1\n}\n{\n  "a": 2\n}\n');
  assert.deepEqual(await rowsOf(engine, read("json", pretty)), [[1], [2]]);
});

test("malformed JSON lines are rows of nulls, dropped or refused", async () => {
  const path = file("bad.json", '{"a":1}\nnot json\n{"a":3}\n');
  assert.deepEqual(await rowsOf(engine, read("json", path)), [[1], [null], [3]]);
  assert.deepEqual(await rowsOf(engine, read("json", path, { mode: "DROPMALFORMED" })), [[1], [3]]);
  await assert.rejects(tableOf(engine, read("json", path, { mode: "FAILFAST" })), /Malformed JSON in file/);
});

test("values of several types in one JSON field are text without quotes", async () => {
  const path = file("mixed.json", '{"a":1}\n{"a":"x"}\n{"a":[1]}\n');
  assert.deepEqual(await rowsOf(engine, read("json", path)), [["1"], ["x"], ["[1]"]]);
});

test("a given schema picks, types and fills columns", async () => {
  const json = file("s.json", '{"a":1,"z":true}\n{"b":"x"}\n');
  assert.deepEqual(await rowsOf(engine, read("json", json, {}, "b STRING, a SMALLINT, c DATE")), [
    [null, 1, null],
    ["x", null, null],
  ]);
  const plan = read("parquet", FLIGHTS, {}, "ORIGIN STRING, delay BIGINT, extra DOUBLE");
  assert.deepEqual(await columns(plan), ["ORIGIN string", "delay bigint", "extra double"]);
});

test("folders are read with their partitions, whatever else lies in them", async () => {
  const root = join(folder, "year folder");
  file("year folder/y=2023/m=a%2Fb/one.csv", "q\n1\n");
  file("year folder/y=__HIVE_DEFAULT_PARTITION__/m=007/two.csv", "q\n2\n");
  file("year folder/_temporary/y=1/m=x/three.csv", "q\n3\n");
  file("year folder/.hidden/four.csv", "q\n4\n");
  file("year folder/README.md", "not data");
  assert.deepEqual(await columns(read("csv", root)), ["q int", "y int", "m string"]);
  assert.deepEqual(await rowsOf(engine, read("csv", root)), [
    [1, 2023, "a/b"],
    [2, null, "007"],
  ]);
  // Partitions above what was named are no columns, as in Spark.
  assert.deepEqual(await columns(read("csv", join(root, "y=2023"))), ["q int", "m string"]);
});

test("globs, several paths and names with wildcards in them", async () => {
  const one = file("g/part[1].csv", "a\n1\n");
  const two = file("g/part2.csv", "a\n2\n");
  file("g/other.csv", "a\n3\n");
  assert.deepEqual(await rowsOf(engine, read("csv", one)), [[1]]);
  assert.deepEqual(await rowsOf(engine, read("csv", [one, two])), [[1], [2]]);
  const inFolder = (pattern: string) => read("csv", join(folder, "g", pattern));
  assert.deepEqual(await rowsOf(engine, inFolder("part*.csv")), [[2], [1]]);
  assert.deepEqual(await rowsOf(engine, inFolder("{other,part2}.csv")), [[3], [2]]);
  await assert.rejects(engine.schema(inFolder("none*.csv")), /No file or folder matches/);
});

test("new files in a folder are seen by the next action", async () => {
  file("growing/1.csv", "a\n1\n");
  const plan = read("csv", join(folder, "growing"));
  assert.deepEqual(await rowsOf(engine, plan), [[1]]);
  file("growing/2.csv", "a\n2\n");
  assert.deepEqual(await rowsOf(engine, plan), [[1], [2]]);
});

test("what is missing, empty or damaged is named, with what was probably meant", async () => {
  file("flights.csv", "a\n1\n");
  mkdirSync(join(folder, "empty folder"), { recursive: true });
  const cut = file("cut.parquet", readFileSync(FLIGHTS).subarray(0, 100_000));
  const damaged = Buffer.from(readFileSync(FLIGHTS));
  damaged.fill(7, 10, 500_000);
  const cases: [Plan, RegExp][] = [
    [
      read("csv", join(folder, "flihgts.csv")),
      /No such file or folder: ".*flihgts\.csv"\. Did you mean ".*flights\.csv"\?/,
    ],
    [read("csv", join(folder, "nothing/like/it.csv")), /No such file or folder: ".*it\.csv"/],
    [read("parquet", join(folder, "empty folder")), /The folder ".*empty folder" has no parquet files/],
    [read("csv", file("empty.csv", "")), /empty\.csv" is empty: there is no header\. Give a schema/],
    [read("parquet", cut), /cut\.parquet" is no Parquet file, or it was cut off/],
    [read("parquet", file("damaged.parquet", damaged)), /damaged\.parquet/],
    [read("csv", join(folder, "flights.csv"), { seperator: ";" }), /"seperator" is no option of read\.csv/],
    [read("csv", join(folder, "flights.csv"), { header: "maybe" }), /header is "true" or "false", not "maybe"/],
    [read("csv", "s3://bucket/x.csv"), /This needs DuckDB's extension "httpfs"/],
  ];
  for (const [plan, message] of cases) {
    await assert.rejects(tableOf(engine, plan), (error: Error & { origin?: unknown }) => {
      assert.match(error.message, message);
      assert.equal(error.origin, plan.origin);
      return true;
    });
  }
  assert.deepEqual(await rowsOf(engine, sql("SELECT 1")), [[1]]);
});

test("files with different columns are an error that names the way out", async () => {
  const place = join(folder, "differing");
  mkdirSync(place);
  await engine.command(`COPY (SELECT 1 AS a, 2 AS b) TO '${join(place, "1.parquet").replaceAll("'", "''")}'`);
  await engine.command(`COPY (SELECT 3 AS a) TO '${join(place, "2.parquet").replaceAll("'", "''")}'`);
  await assert.rejects(rowsOf(engine, read("parquet", place)), /different columns: "b" of .*"mergeSchema"/);
  assert.deepEqual(await rowsOf(engine, read("parquet", place, { mergeschema: "true" })), [
    [1, 2],
    [3, null],
  ]);
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { LiteralSource, SessionEvent } from "../../../runtime/session/protocol.ts";
import { type CellRun, SessionProcess } from "../../helpers/session-process.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

type Types = Extract<SessionEvent, { type: "types" }>;

const parquet = join(import.meta.dirname, "../../../node_modules/vega-datasets/data/flights-3m.parquet");
const flights =
  '{ "date": Sql.TimestampNtz | null, "delay": Sql.Long | null, "distance": Sql.Long | null, ' +
  '"origin": Sql.String | null, "destination": Sql.String | null }';
const delays = 'DataFrame<{ "delay": Sql.Long | null }>';

const folder = tempFolder();
let session: SessionProcess;

before(async () => {
  session = new SessionProcess({ cwd: folder.path });
  writeFileSync(join(folder.path, "people.csv"), "id,full name,born\n1,Ada,1815-12-10\n2,Alan,1912-06-23\n");
  writeFileSync(join(folder.path, "nested.json"), '[{"who":{"name":"Ada","langs":["en"]},"points":[{"x":1.5}]}]');
  await framesAfter(`const f = read.parquet(${JSON.stringify(parquet)}), delays = f.select("delay")`);
});
after(async () => {
  await session[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** What the kernel is told of the variables after a cell; undefined where it is told nothing. */
async function framesAfter(code: string): Promise<Types["frames"] | undefined> {
  const run = await session.run(code);
  assert.equal(run.error, undefined, run.traceback);
  return (await typesOf(run))?.frames;
}

async function typesOf({ done }: CellRun): Promise<Types | undefined> {
  if (!done.describes) return undefined;
  return session.until((event): event is Types => event.type === "types" && event.run === done.run);
}

test("a frame is told with the columns of its file, nested ones too", async () => {
  assert.deepEqual(await framesAfter(`const all = read.parquet(${JSON.stringify(parquet)})`), {
    all: `DataFrame<${flights}>`,
  });
  assert.deepEqual(await framesAfter('const people = read.csv("people.csv")'), {
    people: 'DataFrame<{ "id": Sql.Int | null, "full name": Sql.String | null, "born": Sql.Date | null }>',
  });
  assert.deepEqual(await framesAfter('const nested = read.json("nested.json")'), {
    nested:
      'DataFrame<{ "who": Sql.Struct<{ "name": Sql.String | null, "langs": Sql.Array<Sql.String | null> | null }> | null, ' +
      '"points": Sql.Array<Sql.Struct<{ "x": Sql.Double | null }> | null> | null }>',
  });
  assert.deepEqual(
    await framesAfter(
      `const made = sql("select map {'a': 1.5::decimal(9, 2)} as m, now() as t, null as n, 'x'::blob as b")`,
    ),
    {
      made: 'DataFrame<{ "m": Sql.Map<Sql.String, Sql.Decimal | null> | null, "t": Sql.Timestamp | null, "n": Sql.Int | null, "b": Sql.Binary | null }>',
    },
  );
  assert.deepEqual(await framesAfter("const numbers = range(3).withColumn(`it's`, (r) => r.id.plus(1))"), {
    numbers: 'DataFrame<{ "id": Sql.Long, "it\'s": Sql.Long }>',
  });
});

test("a view is told as what it stands for", async () => {
  assert.deepEqual(await framesAfter('await delays.createOrReplaceTempView("late"); const late = table("late")'), {
    late: delays,
  });
});

test("three hundred columns are told", async () => {
  const text = Array.from({ length: 300 }, (_, i) => `${i} as c${i}`).join(", ");
  const wide = (await framesAfter(`const wide = sql("select ${text}")`))?.wide;
  assert.equal(wide?.match(/"c\d+": Sql.Int/g)?.length, 300);
});

test("where no variable has another frame nothing is told", async () => {
  for (const code of ["1+1", "console.log(f)", "let n = 5; n++", "await f.count()", "(() => f)()"]) {
    assert.equal(await framesAfter(code), undefined, code);
  }
});

test("a variable is told again when it is declared again, and when it holds another frame or none", async () => {
  assert.deepEqual(await framesAfter("let g = f"), { g: `DataFrame<${flights}>` });
  assert.deepEqual(await framesAfter("let g = f"), { g: `DataFrame<${flights}>` });
  assert.deepEqual(await framesAfter("g = delays"), { g: delays });
  assert.equal(await framesAfter("g = delays"), undefined);
  assert.deepEqual(await framesAfter("function assign() { g = f.limit(1) } assign()"), { g: `DataFrame<${flights}>` });
  assert.deepEqual(await framesAfter("g = 5"), { g: null });
  assert.equal(await framesAfter("g = 6"), undefined);
});

test("frames in arrays and plain objects are told where there is nothing else in them", async () => {
  const frames = await framesAfter(`
    const same = [delays, delays.limit(1)], pair = [f, delays], named = { f, "by day": delays };
    const mixed = [f, 1], half = { f, n: 1 }, nothing = [], made = new Map([["f", f]]);
  `);
  assert.deepEqual(frames, {
    same: `${delays}[]`,
    pair: `[DataFrame<${flights}>, ${delays}]`,
    named: `{ "f": DataFrame<${flights}>, "by day": ${delays} }`,
  });
  assert.deepEqual(await framesAfter("same.push(f)"), { same: `[${delays}, ${delays}, DataFrame<${flights}>]` });
  assert.deepEqual(await framesAfter("for (let i = 0; i < 9; i++) nothing.push(delays.limit(i))"), {
    nothing: `${delays}[]`,
  });
  assert.deepEqual(await framesAfter("nothing.push(f)"), { nothing: null });
  assert.deepEqual(await framesAfter("const { f: one, 'by day': other } = named"), {
    one: `DataFrame<${flights}>`,
    other: delays,
  });
});

test("looking for frames runs no code of the user's", async () => {
  const run = await session.run(`
    const trap = { get: () => console.log("get"), getPrototypeOf: () => console.log("prototype"), ownKeys: () => console.log("keys") };
    const proxies = [new Proxy({}, trap), new Proxy([], trap)], proxy = new Proxy({}, trap);
    const getter = { get f() { console.log("getter"); return f } };
    Object.defineProperty(globalThis, "lazy", { get: () => console.log("global"), configurable: true });
    const odd = Object.defineProperty([f], 0, { get() { console.log("element"); return f } });
    const more = f.limit(3);
  `);
  assert.deepEqual((await typesOf(run))?.frames, { more: `DataFrame<${flights}>` });
  assert.equal(run.stdout, "");
});

test("a frame whose columns cannot be known is left out, and its old type is taken back", async () => {
  assert.deepEqual(await framesAfter('const missing = read.parquet("missing.parquet")'), {});
  assert.equal(await framesAfter("Math.max(1, 2)"), undefined, "it is not asked again");
  assert.deepEqual(await framesAfter("let h = f"), { h: `DataFrame<${flights}>` });
  assert.deepEqual(await framesAfter('h = sql("select nothing from nowhere");'), { h: null });
});

test("columns that an action has found are told after it", async () => {
  await framesAfter('const soon = read.csv("soon.csv")');
  writeFileSync(join(folder.path, "soon.csv"), "a\n1\n");
  assert.deepEqual(await framesAfter("soon"), { soon: 'DataFrame<{ "a": Sql.Int | null }>' });
});

test("a cell that fails tells the frames that it has made all the same", async () => {
  const run = await session.run("const before = delays.limit(2); nowhere()");
  assert.ok(run.error);
  assert.deepEqual((await typesOf(run))?.frames, { before: delays });
});

test("names that code adds to the global object are told, until a cell declares them", async () => {
  const extraAfter = async (code: string) => (await typesOf(await session.run(code)))?.extra;
  assert.deepEqual(await extraAfter("globalThis.added = 1; globalThis['no name'] = 2"), ["added"]);
  assert.equal(await extraAfter("added + 1"), undefined);
  assert.deepEqual(await extraAfter("const define = (name) => { globalThis[name] = 3 }; define('later')"), [
    "added",
    "later",
  ]);
  assert.deepEqual(await extraAfter("const added = (2)"), ["later"]);
  assert.deepEqual(await extraAfter("delete globalThis.later; (1)"), []);
  assert.deepEqual(await extraAfter("define('last')"), ["last"]);
});

/** A file from which a reader waits for more, until the end of the `using` block. */
function slowFile(name: string): Disposable & { readonly path: string } {
  const path = join(folder.path, name);
  execFileSync("mkfifo", [path]);
  const end = openSync(path, "r+");
  return {
    path,
    [Symbol.dispose]() {
      // Who opened it again would wait for ever.
      rmSync(path);
      writeSync(end, "a,b\n1,2\n");
      closeSync(end);
    },
  };
}

test("the next cell does not wait for a source that is slow, and is told the rest before", async () => {
  using slow = slowFile("slow.csv");
  const run = session.begin(`const stuck = sql("from read_csv('${slow.path}')"), quick = f.limit(1)`);
  assert.equal((await session.finished(run)).done.describes, true);
  assert.equal((await session.run("(await delays.limit(1).collect()).length")).result, "1");
  assert.ok(session.events.some((event) => event.type === "types" && event.run === run));
});

test("columns that a cell has kept from being found are promised behind it", async () => {
  using slow = slowFile("stopped.csv");
  const first = await session.run(`const stopped = sql("from read_csv('${slow.path}')")`);
  const second = await session.run("1");
  assert.deepEqual([first.done.describes, second.done.describes], [true, true]);
  await typesOf(second);
  assert.equal((await session.run("2")).done.describes, undefined, "it is slow, and not waited for again");
});

async function describe(...sources: LiteralSource[]): Promise<readonly (string | null)[]> {
  const id = ++asked;
  session.send({ type: "describe", id, sources });
  const answer = await session.until((event) => event.type === "described" && event.id === id);
  return answer.type === "described" ? answer.schemas : [];
}
let asked = 0;

const people = '{ "id": Sql.Int | null, "full name": Sql.String | null, "born": Sql.Date | null }';

test("literal sources are described as their frames would be", async () => {
  const read = { kind: "read", format: "csv", paths: ["people.csv"], options: {} } as const;
  assert.deepEqual(
    await describe(
      { ...read, format: "parquet", paths: [parquet] },
      { kind: "table", name: "late" },
      { kind: "sql", text: "select delay, origin from f where delay > 0" },
      { kind: "sql", text: "select d.delay from late d" },
    ),
    [
      flights,
      '{ "delay": Sql.Long | null }',
      '{ "delay": Sql.Long | null, "origin": Sql.String | null }',
      '{ "delay": Sql.Long | null }',
    ],
  );
  assert.deepEqual(await describe(read), [people]);
  assert.deepEqual(await describe({ ...read, format: "json", paths: ["nested.json"] }), [
    '{ "who": Sql.Struct<{ "name": Sql.String | null, "langs": Sql.Array<Sql.String | null> | null }> | null, ' +
      '"points": Sql.Array<Sql.Struct<{ "x": Sql.Double | null }> | null> | null }',
  ]);
  assert.deepEqual(
    await describe(
      { ...read, options: { header: false, inferSchema: false } },
      { ...read, schema: "id LONG, name STRING, born DATE" },
    ),
    [
      '{ "_c0": Sql.String | null, "_c1": Sql.String | null, "_c2": Sql.String | null }',
      '{ "id": Sql.Long | null, "name": Sql.String | null, "born": Sql.Date | null }',
    ],
  );
});

test("what is no query, or not there, is described by null, and nothing is run", async () => {
  await session.run('await sql("create table kept (a int)")');
  assert.deepEqual(
    await describe(
      { kind: "sql", text: "drop table kept" },
      { kind: "sql", text: "insert into kept values (1)" },
      { kind: "sql", text: "with x as (select 1 as a) insert into kept select a from x" },
      { kind: "sql", text: "set threads = 1" },
      { kind: "sql", text: "copy kept to 'kept.csv'" },
      { kind: "sql", text: "select 1; drop table kept" },
      { kind: "sql", text: "select nowhere from" },
      { kind: "table", name: "nowhere" },
      { kind: "read", format: "parquet", paths: ["nowhere.parquet"], options: {} },
      { kind: "read", format: "csv", paths: ["people.csv"], options: { nonsense: true } },
      { kind: "read", format: "csv", paths: ["people.csv"], options: {}, schema: "id NONSENSE" },
    ),
    Array(11).fill(null),
  );
  assert.deepEqual(await describe({ kind: "table", name: "kept" }), ['{ "a": Sql.Int | null }']);
  assert.equal((await session.run('(await table("kept").count())')).result, "0");
});

test("while a cell runs nothing is described, and a cell that begins ends what is being described", async () => {
  const busy = session.begin("console.log('on'); await new Promise((resolve) => { globalThis.go = resolve })");
  await session.until((event) => event.type === "stream" && event.run === busy);
  assert.deepEqual(await describe({ kind: "table", name: "late" }), [null]);
  await session.run("go()", { subshell: "other" });
  await session.finished(busy);
  using slow = slowFile("slower.csv");
  const answer = describe({ kind: "sql", text: `from read_csv('${slow.path}')` });
  assert.equal((await session.run("(await delays.limit(2).collect()).length")).result, "2");
  assert.deepEqual(await answer, [null]);
});

test("an interrupt leaves the types as they are, and those of the interrupted cell are told", async () => {
  const run = session.begin("const early = delays.limit(7); console.log('on'); while (true);");
  await session.until((event) => event.type === "stream" && event.run === run);
  session.urgent({ type: "interrupt", run });
  const ended = await session.finished(run);
  assert.equal(ended.error?.ename, "KeyboardInterrupt");
  assert.deepEqual((await typesOf(ended))?.frames, { early: delays });
});

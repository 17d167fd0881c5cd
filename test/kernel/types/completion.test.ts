import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { type Content, type JupyterClient, realKernel, startKernel } from "../../helpers/jupyter-client.ts";

let kernel: JupyterClient;

before(async () => {
  kernel = await startKernel({ program: realKernel });
  const at = (name: string) => join(kernel.folder, name);
  mkdirSync(at("data/more"), { recursive: true });
  writeFileSync(at("data/flights.csv"), "origin,destination,delay\nATL,JFK,3\n");
  writeFileSync(at("data/notes.md"), "");
  writeFileSync(at("data/rows.json"), '{"a":1}\n');
  writeFileSync(at("local.ts"), "export const hello = 1;\nexport interface Thing { a: number }\n");
  writeFileSync(at("tsconfig.json"), '{ "compilerOptions": { "paths": { "@settings/*": ["./settings/*"] } } }');
  mkdirSync(at("settings"));
  writeFileSync(at("settings/deep.ts"), "export const depth = 3;\n");
  mkdirSync(at("node_modules/left-pad"), { recursive: true });
  writeFileSync(at("node_modules/left-pad/package.json"), '{"name":"left-pad","version":"1.0.0"}');
  await ok("1");
  // The server loads its libraries meanwhile; the first check waits for it.
  await ok(`const flights = read.csv("data/flights.csv");
    const odd = createDataFrame([{ "my col": 1, my: 2, other: 3 }]);
    const nested = flights.select((f) => ({ place: F.struct(f.delay.alias("at"), f.origin.alias("name")) }));
    /** Twice as much. */ function double(n: number) { return 2 * n; }
    interface Shape { sides: number }
    const anything: any = { live: 1, "no name": 2 };
    const counted: Record<string, number> = { even: 1, "odd ones": 2 };
    const rows = [1, 2, 3];
    flights.createOrReplaceTempView("trips");
    await odd.count();`);
});

after(() => kernel[Symbol.asyncDispose]());

async function ok(code: string): Promise<void> {
  const { reply } = await kernel.execute(code);
  assert.equal(reply.status, "ok", `${reply.traceback?.join("\n")}`);
}

type Completed = {
  readonly texts: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly types: Content[];
};

/** `|` is the cursor. */
async function complete(marked: string): Promise<Completed> {
  const at = marked.indexOf("|");
  const content = { code: marked.slice(0, at) + marked.slice(at + 1), cursor_pos: [...marked.slice(0, at)].length };
  const { reply } = await kernel.request("complete_request", content);
  assert.equal(reply.status, "ok");
  const types: Content[] = reply.metadata._jupyter_types_experimental;
  assert.deepEqual(
    types.map(({ text }) => text),
    reply.matches,
  );
  return { texts: reply.matches, start: reply.cursor_start, end: reply.cursor_end, types };
}

async function inspect(marked: string, detailLevel = 0): Promise<Content> {
  const at = marked.indexOf("|");
  const content = { code: marked.slice(0, at) + marked.slice(at + 1), cursor_pos: [...marked.slice(0, at)].length };
  for (;;) {
    const { reply } = await kernel.request("inspect_request", { ...content, detail_level: detailLevel });
    // The session looks for a frame's columns behind the cell.
    if (!reply.data?.["text/plain"]?.includes("not known yet")) return reply;
  }
}

const columns = ["delay", "destination", "origin"];

const exact: { readonly [marked: string]: readonly string[] } = {
  // Callbacks.
  "flights.filter(f => f.|": columns,
  "flights.filter(f => f.|)": columns,
  "flights.filter(f => f.de|)": ["delay", "destination"],
  "flights.filter((f) => f.delay.gt(1)).select(f => ({ a: f.|": columns,
  'flights.groupBy("origin").agg(f => ({ a: sum(f.|': columns,
  "if (true) {\n  flights.filter(f => f.|\n}\nconst later = 1": columns,
  'let own = flights; own = own.select("origin"); own.filter(f => f.|': ["origin"],
  'read.csv("data/flights.csv").filter(f => f.|': columns,
  // Strings.
  'flights.select("|': columns,
  'flights.select("origin", "de|")': ["delay", "destination"],
  "flights.drop(['origin', '|": columns,
  'flights.groupBy("|")': columns,
  'flights.orderBy("o|': ["origin"],
  'flights.withColumn("|': columns,
  'flights.join(flights.select("origin", "delay"), "|': ["delay", "origin"],
  'flights.join(flights.drop("origin"), ["delay", "|': ["delay", "destination"],
  'flights.join(flights.drop("delay").withColumn("x", lit(1)), "de|", "left")': ["destination"],
  'flights.join(odd, "|': [],
  'flights.join(JSON.parse("[]")[0], "|': columns,
  'flights.groupBy("origin").sum("d|': ["delay", "destination"],
  'flights.agg(f => ({ total: sum("de|': ["delay", "destination"],
  'flights.withColumn("x", col("de|"))': ["delay", "destination"],
  'flights.write.partitionBy("|': columns,
  'flights.filter(f => f["|"])': columns,
  'odd.select("my|': ["my", "my col"],
  'flights.orderBy(F.desc("|': columns,
  'flights.agg(F.max("de|': ["delay", "destination"],
  'flights.select(F.date_trunc("mo|': ["month"],
  'flights.withColumn("x", F.rank().over(Window.partitionBy("|': columns,
  'Window.partitionBy("origin").orderBy("de|': ["delay", "destination"],
  'flights.toDF("a", "b", "c").select("|': ["a", "b", "c"],
  'flights.groupBy("origin").pivot("delay", [1, 2]).count().select("|': ["1", "2", "origin"],
  'nested.select("place.|': ["place.at", "place.name"],
  'nested.select("pl|': ["place"],
  // SQL.
  'flights.filter("de|")': ["delay", "destination"],
  'flights.selectExpr("de|': ["delay", "destination"],
  'flights.withColumn("x", expr("ori|': ["origin"],
  'sql("select flights.| from flights")': columns,
  "sql`select t.| from ${flights} t`": columns,
  'sql("select des| from trips")': ["destination", "desc"],
  'sql("select * from fl|")': ["flights"],
  "sql`select * from fl|`": [`\${flights}`],
  "%%sql\nselect ori| from flights": ["origin"],
  "%%sql\nselect * from |": ["trips", "flights", "odd", "nested"],
  'sql("select my| from odd")': ["my", '\\"my col\\"'],
  'sql("with q as (select origin o from flights) select q.| from q")': ["o"],
  "sql`with q as (select origin o from ${flights}), r as (select o p from q) select x.| from r x`": ["p"],
  'sql("select ori| from (select delay from flights) t")': [],
  'sql("select t.| from (select delay from flights) t")': ["delay"],
  'sql("select count(des| from trips")': ["destination", "desc"],
  "sql('select \"my c| from odd')": ['my col"'],
  'sql("select \\"my c| from odd': ['my col\\"'],
  '%%sql\nselect * from "tr|"': ["trips"],
  "sql(\"select 'o| from trips": [],
  'nested.filter("place.|': ["at", "name"],
  'nested.selectExpr("place.at + 1", "place.na|': ["name"],
  'nested.filter("upper(place.n|': ["name"],
  'sql("select place.| from nested")': ["at", "name"],
  'sql("select t.place.n| from nested t")': ["name"],
  'sql("select nested.place.| from nested")': ["at", "name"],
  'sql("select place.at.| from nested")': [],
  // Regular expressions.
  "rows.filter(row => /flights.|": [],
  "const half = rows.length / flights.co|": ["coalesce", "colRegex", "collect", "columns", "corr", "count", "cov"],
  // Modules: those that Quern's declarations are packed as are none.
  'import { } from "quern|': ["quern"],
  // Members and keys.
  "double(rows.le|": ["length"],
  "const { le| } = rows": ["length"],
  "function f(options: { first?: number; second: string }) {}\nf({ |": ["first", "second"],
  "function f(options: { first?: number; second: string }) {}\nf({ first: 1, se|": ["second"],
  "flights.na.fill({ |": columns,
  "flights.fillna({ delay: 1, o|": ["origin"],
  "flights.withColumns({ de|": ["delay", "destination"],
  "flights.select(({ |": columns,
  "rows.map((n) => ({ n })).map(({ |": ["n"],
  'flights.groupBy("origin").agg({ |': ['"*"', ...columns],
  "flights.select(f => ({ |": [],
  "flights.na.replace({ |": [],
  "for (const one of rows) { one.toF|": ["toFixed"],
  "class A { one = 1; two() { this.| } }": ["one", "two"],
  "odd.filter(f => f.my|": ["my"],
  "flights.FILT|": ["filter"],
  // The live object, where the types know nothing.
  "anything.|": ["live"],
  'const o = {} as { one: 1; two?: 2; "three?": 3 }; o["|': ["one", "two", "three?"],
  'const o = {} as { one: 1; two?: 2; "f r"?: 3 }; o.|': ['["f r"]', ".one", ".two"],
  'flights.agg({ "|': ["*", "delay", "destination", "origin"],
  'flights.agg({ delay: "m|" })': ["max", "mean", "median", "min"],
  "flights.na.fill({ 'de|": ["delay", "destination"],
  'odd.withColumnsRenamed({ "my|': ["my", "my col"],
  'flights.withColumns({ "o|': ["origin"],
  'anything.map(anything => anything["|': [],
  'anything["|': ["live", "no name"],
  "anything['no|']": ["no name"],
  'counted["|': ["even", "odd ones"],
  'flights.filter(f => f["|': columns,
  'const odd = ["|': [],
  "function of(anything: any) { anything.|": [],
  // Modules.
  "import fs from 'node:fs|'": ["node:fs", "node:fs/promises"],
  "import pad from 'left|'": ["left-pad"],
  "import { h| } from './local.ts'": ["hello"],
  "import { hello } from './lo|'": ["./local.ts"],
  "import { depth } from '@settings/|'": ["deep"],
  "import { de| } from '@settings/deep'": ["depth"],
  "const { readFileSy| } = await import('node:fs')": ["readFileSync"],
  // Paths.
  'read.csv("da|': ["data/"],
  'read.csv("data/|")': ["data/flights.csv", "data/more/"],
  'read.json("data/|")': ["data/rows.json", "data/more/"],
  'flights.write.mode("overwrite").csv("data/m|': ["data/more/"],
  'flights.write.mode("app|': ["append"],
  "%cd da|": ["data/"],
  "%load data/n|": ["data/notes.md"],
  "!cat data/ro|": ["data/rows.json"],
  "!l|": [],
  // Names.
  "dou|": ["double"],
  "let shape: Shap|": ["Shape"],
  "flig|hts": ["flights"],
  // Nothing.
  "// flights.|": [],
  "/* flights.|": [],
  "1.|": [],
  "%%md\nflights.|": [],
  '"flights.|': [],
  'read.csv("https://example.org/|': [],
};

test("what could stand at the cursor is known before anything runs", { timeout: 300_000 }, async () => {
  const found: { [marked: string]: readonly string[] } = {};
  for (const marked of Object.keys(exact)) {
    // On a busy machine the types may be late, and what is known without them is the answer then.
    for (let attempt = 0; attempt < 20 && !isDeepStrictEqual(found[marked], exact[marked]); attempt++) {
      const { texts } = await complete(marked);
      // Files and folders of the test's own kernel.
      found[marked] = texts.filter((text) => !text.startsWith("connection") && text !== "data/quern/");
    }
  }
  assert.deepEqual(found, exact);
});

test("names of the user's come first, and none of ours are among them", async () => {
  const { texts } = await complete("|");
  assert.deepEqual(texts.slice(0, 6), ["Shape", "anything", "counted", "double", "flights", "nested"]);
  for (const name of ["read", "sum", "console", "const"]) assert.ok(texts.includes(name), name);
  assert.deepEqual(
    texts.filter((text) => /quern|^exports$|^module$/i.test(text)),
    [],
  );
  const members = await complete("flights.|");
  assert.ok(members.texts.includes("withColumn"));
  assert.ok(!members.texts.includes("plan"));
});

test("a table's name is none of variables that hold something else", async () => {
  await ok("const list = [1, 2]; const pairs = new Map();");
  const { texts } = await complete('sql("select * from |")');
  assert.deepEqual([...texts].sort(), ["flights", "nested", "odd", "trips"]);
});

test("names that a cell would have to import are not offered", async () => {
  assert.deepEqual((await complete("readFileSyn|")).texts, []);
  assert.deepEqual((await complete("withOpti|")).texts, []);
});

test("positions are right behind an emoji, and with the line ends of Windows", async () => {
  const emoji = await complete("const s = '😀é😀'; flights.filt|");
  assert.deepEqual([emoji.texts, emoji.start, emoji.end], [["filter"], 25, 29]);
  const lines = await complete("const s = 1;\r\nconst t = '😀';\r\nflights.filter(f => f.de|\r\n)");
  assert.deepEqual([lines.texts, lines.start, lines.end], [["delay", "destination"], 52, 54]);
});

test("a column whose name is none takes the place of the dot, with all beside it", async () => {
  const all = await complete("odd.filter(f => f.|)");
  assert.deepEqual([all.texts, all.start, all.end], [[".my", '["my col"]', ".other"], 17, 18]);
});

test("so does that of a row that may not be there", async () => {
  const rows = "const rows = await odd.collect();\n";
  assert.deepEqual((await complete(`${rows}rows[0].|`)).texts, [".my", '["my col"]', ".other"]);
  assert.deepEqual((await complete(`${rows}rows[0]?.|`)).texts, ["?.my", '?.["my col"]', "?.other"]);
  assert.deepEqual((await complete(`${rows}rows[0].m|`)).texts, ["my"]);
});

test("the fields of a struct come before what a column has", async () => {
  const { texts } = await complete("nested.filter(f => f.place.|");
  assert.deepEqual(texts.slice(0, 3), ["at", "name", "alias"]);
});

test("kinds and signatures come with the names", async () => {
  const column = await complete("flights.filter(f => f.del|");
  assert.deepEqual(column.types, [{ text: "delay", type: "column", start: 22, end: 25, signature: "Int | null" }]);
  // Signatures are waited for a little, and are there at the next key.
  let [double] = (await complete("doubl|")).types;
  while (!double?.signature) [double] = (await complete("doubl|")).types;
  assert.deepEqual([double?.type, double?.signature], ["function", "(n: number): number"]);
  const [method] = (await complete("flights.withColumnsR|")).types;
  assert.equal(method?.type, "method");
});

test("a cell that computes does not keep completion and inspection waiting", async () => {
  const running = await kernel.begin("for (;;);");
  await kernel.eventually(() => kernel.of(running).some(({ type }) => type === "execute_input"), "the cell begins");
  const callback = await complete("flights.filter(f => f.|");
  const name = await complete("dou|");
  const inspected = await inspect("flights|");
  assert.ok(!kernel.hasReply(running), "the cell has ended");
  assert.deepEqual([callback.texts, name.texts], [columns, ["double"]]);
  assert.match(inspected.data["text/plain"], /const flights: DataFrame<\{/);
  await kernel.request("interrupt_request", {}, "control");
  await kernel.finished(running);
  // By now the session has answered what it was asked meanwhile.
  await ok("1");
});

test("inspection tells the type, the documentation and what the value is", async () => {
  const frame = (await inspect("flig|hts")).data["text/plain"];
  assert.match(frame, /^const flights: DataFrame<\{/);
  assert.match(frame, /flights: DataFrame, 3 columns\n {2}origin {7}string\n/);
  await ok("const filled = new Map([[1, 2]]); const kept = flights.filter(f => f.delay.gt(1)); await kept.count()");
  assert.match((await inspect("kept|")).data["text/plain"], /kept: DataFrame, 3 columns, 1 row when last counted\n/);
  const map = (await inspect("filled|")).data["text/plain"];
  assert.equal(map, "const filled: Map<number, number>\n\nfilled: Map(1)");
  assert.match((await inspect("odd|")).data["text/plain"], /odd: DataFrame, 3 columns, 1 row\n/);
  assert.match((await inspect("rows|")).data["text/plain"], /^const rows: number\[\]\n\nrows: Array\(3\)$/);
  const method = (await inspect("flights.distinct|")).data;
  assert.match(
    method["text/markdown"],
    /^```typescript\n\(method\) DataFrame\.distinct\(\)[\s\S]*```\nEach different row once\.$/,
  );
  assert.match(
    (await inspect("flights.filter(f => f.del|ay)")).data["text/plain"],
    /delay: Column<(Sql\.)?Int \| null/,
  );
  const parameter = (await inspect("[1].map(flights => fli|ghts)")).data["text/plain"];
  assert.equal(parameter, "(parameter) flights: number");
  assert.match((await inspect("Shape|")).data["text/plain"], /interface Shape/);
  assert.equal((await inspect("nothingHasThisName|")).found, false);
});

test("in the brackets of a call, inspection tells how it is called", async () => {
  const call = (await inspect("double(|")).data["text/plain"];
  assert.match(call, /^double\(n: number\): number\n\nParameter: `n: number`/);
  assert.match((await inspect('flights.withColumn("a", |')).data["text/plain"], /Parameter: `value: /);
});

test("inspection gives the source where it is asked for", async () => {
  assert.match((await inspect("double|", 1)).data["text/plain"], /return 2 \* n;/);
});

test("a name with a question mark is paged with its type", async () => {
  const { reply } = await kernel.execute("flights?");
  const [page] = reply.payload;
  assert.match(page.data["text/plain"], /^const flights: DataFrame<\{[\s\S]*flights: DataFrame, 3 columns/);
});

test("names are completed from what is known when the language server is killed, and by it when it is there again", {
  skip: process.platform !== "linux" && "ps tells a process's children on Linux",
}, async () => {
  const { execFileSync } = await import("node:child_process");
  const children = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(kernel.child.pid)], { encoding: "utf8" });
  const server = children.split("\n").find((line) => line.includes("--lsp"));
  process.kill(Number.parseInt(server ?? "", 10), "SIGKILL");
  assert.ok((await complete("doub|")).texts.includes("double"));
  await ok("1 + rows.length");
  assert.deepEqual((await complete("flights.filter(f => f.|")).texts, columns);
});

test("inspection tells the type of a column that strings and SQL name", async () => {
  const inspected = async (marked: string) => (await inspect(marked)).data["text/plain"];
  assert.equal(await inspected('flights.select("ori|gin")'), "origin: String | null");
  assert.match(await inspected('flights.select("nothing|")'), /^select\(/);
  assert.equal(await inspected('flights.filter("delay| > 1")'), "delay: Int | null");
  assert.equal(await inspected("%%sql\nselect del|ay from trips"), "delay: Int | null");
  assert.equal(await inspected("%%sql\nselect delay from flights where orig|in = 'x'"), "origin: String | null");
});

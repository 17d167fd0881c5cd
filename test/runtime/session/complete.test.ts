import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
let id = 0;
before(async () => {
  session = new SessionProcess();
  await session.run(`
    const person = { name: "Ann", address: { city: "Bonn", "not a name": 1 }, greet() { return 1 }, ["key"]: { deep: 1 } }
    class Animal { legs = 4; walk() {} get secret(): number { touched.push("getter"); return 1 } static make() {} }
    const touched: string[] = [], rex = new Animal(), größe = 1, list = [{ x: 1 }]
    const trapped = new Proxy({}, { get() { touched.push("get"); return 1 }, ownKeys() { touched.push("keys"); return [] }, getOwnPropertyDescriptor() { touched.push("own"); return undefined }, getPrototypeOf() { touched.push("proto"); return null } })
    const hidden = { get inner() { touched.push("inner"); return { a: 1 } } }
    function add(a: number, b = 2) { return a + b }
    const URL = { mine: 1 }; enum Color { Red }`);
});
after(() => session[Symbol.asyncDispose]());

/** `|` stands for the cursor. */
async function complete(text: string) {
  const cursorUtf16 = text.indexOf("|");
  const mine = ++id;
  session.send({ type: "complete", id: mine, code: text.replace("|", ""), cursorUtf16 });
  const event = await session.until((one) => one.type === "completed" && one.id === mine);
  assert.ok(event.type === "completed");
  return { ...event, texts: event.matches.map((match) => match.text) };
}

async function inspect(text: string) {
  const cursorUtf16 = text.indexOf("|");
  const mine = ++id;
  session.send({ type: "inspect", id: mine, code: text.replace("|", ""), cursorUtf16 });
  const event = await session.until((one) => one.type === "inspected" && one.id === mine);
  assert.ok(event.type === "inspected");
  return event.data?.["text/plain"];
}

test("names of the user, preloaded names, Node's names and keywords are offered", async () => {
  assert.deepEqual((await complete("per|")).texts.slice(0, 1), ["person"]);
  assert.deepEqual((await complete("1 + größ|")).texts, ["größe"]);
  assert.ok((await complete("createData|")).texts.includes("createDataFrame"));
  assert.ok((await complete("structured|")).texts.includes("structuredClone"));
  assert.ok((await complete("inter|")).texts.includes("interface"));
  const kinds = Object.fromEntries((await complete("|")).matches.map(({ text, kind }) => [text, kind]));
  assert.deepEqual(
    [kinds.Animal, kinds.add, kinds.person, kinds.Color, kinds.while],
    ["class", "function", "const", "enum", "keyword"],
  );
});

test("members are offered along the prototypes, with their kinds", async () => {
  assert.deepEqual((await complete("person.|")).texts, ["name", "address", "greet", "key"]);
  assert.deepEqual((await complete("person?.address.c|")).texts, ["city"]);
  assert.deepEqual((await complete('person["key"].|')).texts, ["deep"]);
  assert.deepEqual((await complete("list[0].|")).texts, ["x"]);
  assert.deepEqual((await complete("rex.|")).matches, [
    { text: "legs", kind: "property" },
    { text: "walk", kind: "method" },
    { text: "secret", kind: "property" },
  ]);
  assert.ok((await complete("person.name.toUp|")).texts.includes("toUpperCase"));
  assert.ok((await complete("process.hr|")).texts.includes("hrtime"));
  assert.deepEqual((await complete("URL.|")).texts, ["mine"]);
  assert.ok((await complete("spark.sq|")).texts.includes("sql"));
});

test("the keys of what is there are offered in brackets, as they are written in quotes", async () => {
  await session.run(`const parsed: any = { "full name": { "it's": 1, 'a"b': 2 }, fully: 3, age: 4 }`);
  assert.deepEqual((await complete('parsed["|')).texts, ["full name", "fully", "age"]);
  assert.deepEqual((await complete("parsed['full|']")).texts, ["full name", "fully"]);
  assert.deepEqual((await complete("parsed['full name'][\"|")).texts, ["it's", 'a\\"b']);
  assert.deepEqual((await complete("parsed['full name']?.['|")).texts, ["it\\'s", 'a"b']);
  await session.run("const many: any = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ['k' + i, i]))");
  assert.equal((await complete('many["|')).texts.length, 1000);
  assert.deepEqual((await complete('many["k4999|')).texts, ["k4999"]);
  const { startUtf16, endUtf16 } = await complete('parsed["full n|');
  assert.deepEqual([startUtf16, endUtf16], [8, 14]);
  for (const text of [
    'trapped["|',
    'hidden.inner["|',
    "trapped['a']['|",
    'nothing["|',
    'person.name["|',
    '["|',
    "1 + ['per|",
  ])
    assert.deepEqual((await complete(text)).texts, [], text);
  assert.equal((await session.run("touched.join()")).result, "''");
});

test("what an object keeps from being enumerated is not offered, unless it is of a built-in kind", async () => {
  await session.run("const frame = range(3), failure = new Error('x'), sized = [1]");
  const { texts } = await complete("frame.|");
  assert.deepEqual(texts.slice(0, 3), ["select", "selectExpr", "filter"]);
  assert.deepEqual(
    texts.filter((text) => ["plan", "context"].includes(text)),
    [],
  );
  assert.deepEqual((await complete("failure.mess|")).texts, ["message"]);
  assert.deepEqual((await complete("sized.len|")).texts, ["length"]);
});

test("the range to replace is told in UTF-16 units", async () => {
  const { startUtf16, endUtf16 } = await complete("'🙂'; person.na|");
  assert.deepEqual([startUtf16, endUtf16], [13, 15]);
});

test("no getter, proxy or call is run to find out", async () => {
  for (const text of [
    "rex.secret.|",
    "trapped.|",
    "trapped.a.|",
    "hidden.inner.|",
    "add(1).|",
    "nothing.|",
    "1.|",
    "'a'.|",
    "`x`.|",
  ]) {
    assert.deepEqual((await complete(text)).texts, [], text);
  }
  await inspect("rex.secr|et");
  await inspect("trapp|ed");
  assert.equal((await session.run("touched.join()")).result, "''");
});

test("inspect tells what a name stands for", async () => {
  assert.equal(await inspect("ad|d(1)"), "add: function add(a, b = 2)");
  assert.equal(await inspect("person.na|me"), 'person.name: string = "Ann"');
  assert.equal(await inspect("person|"), "person: Object { name, address, greet, key }");
  assert.equal(await inspect("Animal|"), "Animal: class Animal");
  assert.equal(await inspect("rex|"), "rex: Animal { legs }");
  await session.run(
    "const day = new Date(0), failure = new RangeError('too far'), people = [{ 'full name': 'Ann', age: 3 }]",
  );
  assert.equal(await inspect("day|"), "day: Date = 1970-01-01T00:00:00.000Z");
  assert.equal(await inspect("failure|"), 'failure: RangeError = "too far"');
  assert.equal(await inspect("people[0].ag|e"), "people[0].age: number = 3");
  assert.equal(await inspect("people[0]['full| name']"), 'people[0]["full name"]: string = "Ann"');
  assert.equal(await inspect("unknown|"), undefined);
  assert.equal(await inspect("|"), undefined);
});

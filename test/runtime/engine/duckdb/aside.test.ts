import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { tableFromArrays } from "apache-arrow";
import { InterruptedError } from "../../../../runtime/errors.ts";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { FLIGHTS, read, sql, testEngine, testFolder } from "./helper.ts";

const engine = await testEngine();
const folder = testFolder();

const people = join(folder, "people.csv");
writeFileSync(people, 'id,name\n1,"Ada"\n2,""\n');
const rows = join(folder, "rows.json");
writeFileSync(rows, '{"at":"2024-01-01T10:00:00Z","tags":["a"]}\n');

const local: Plan = {
  kind: "local",
  data: tableFromArrays({ id: Int32Array.of(1, 2), none: [null, null] }),
  schema: [
    { name: "id", type: { kind: "int" }, nullable: false },
    { name: "none", type: { kind: "void" }, nullable: true },
  ],
};

const plans: { readonly [name: string]: Plan } = {
  parquet: read("parquet", FLIGHTS),
  csv: read("csv", people, { header: "true", inferschema: "true" }),
  "csv with a schema": read("csv", people, { header: "true" }, "id BIGINT, name STRING"),
  json: read("json", rows),
  sql: sql("select 1::hugeint as h, [1.5] as l, {'a': uuid()} as s"),
  local,
  "sql over local data": {
    kind: "sql",
    text: "select id, count(*) as n from given group by id",
    inputs: { given: local },
  },
  "a step over text": {
    kind: "project",
    input: local,
    columns: [{ name: "text", expression: { kind: "sql", text: "id || '!'" } }],
  },
};

for (const [name, plan] of Object.entries(plans)) {
  test(`the columns of ${name} are the same when they are described apart`, async () => {
    assert.deepEqual(await engine.describe(plan), await engine.schema(plan));
  });
}

test("settings, tables and views are as the last command has left them", async () => {
  await engine.command("create schema one; create table one.t (a int); create schema two; create table two.t (b date)");
  await engine.command("set search_path = 'one'");
  const names = async () => (await engine.describe({ kind: "table", name: "t" })).map((field) => field.name);
  assert.deepEqual(await names(), ["a"]);
  await engine.command("set search_path = 'two'");
  assert.deepEqual(await names(), ["b"]);
  await engine.command("alter table two.t add column c int");
  assert.deepEqual(await names(), ["b", "c"]);
  await engine.command("reset search_path");
});

test("what a command has made for itself alone is described, too", async () => {
  await engine.command("begin; create table unsaved (u int)");
  assert.deepEqual(
    (await engine.describe({ kind: "table", name: "unsaved" })).map(({ name }) => name),
    ["u"],
  );
  await engine.command("rollback");
});

test("a source that does not answer holds up no action and no other description", { timeout: 180_000 }, async () => {
  const pipe = join(folder, "pipe.csv");
  execFileSync("mkfifo", [pipe]);
  const end = openSync(pipe, "r+");
  const abort = new AbortController();
  const stuck = engine.describe(sql(`from read_csv('${pipe.replaceAll("'", "''")}')`), { signal: abort.signal });
  assert.equal((await engine.describe(sql("select 1 as one")))[0]?.name, "one");
  assert.equal((await engine.schema(sql("select 2 as two")))[0]?.name, "two");
  abort.abort();
  const ended = assert.rejects(stuck, InterruptedError);
  // Who opened it again would wait for ever.
  rmSync(pipe);
  writeSync(end, "a,b\n1,2\n");
  closeSync(end);
  await ended;
  assert.equal((await engine.describe(plans.parquet as Plan)).length, 5);
});

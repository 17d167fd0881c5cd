import assert from "node:assert/strict";
import test from "node:test";
import { parse } from "../../../../runtime/engine/spark/parse.ts";

const kindOf = (sql: string) => parse(sql).kind;

test("Spark's queries and commands are told apart by their words", () => {
  assert.equal(kindOf("SELECT 1"), "query");
  assert.equal(kindOf("-- INSERT\n/* DROP */ (select 'delete' x) union all values (2)"), "query");
  assert.equal(kindOf("WITH a AS (SELECT 1) SELECT * FROM a"), "query");
  assert.equal(kindOf("FROM a SELECT b"), "query");
  assert.equal(kindOf("TABLE a"), "query");
  assert.equal(kindOf("SHOW TABLES"), "query");
  assert.equal(kindOf("select `insert` from t"), "query");
  assert.equal(kindOf("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a"), "command");
  assert.equal(kindOf("FROM a INSERT INTO t SELECT b"), "command");
  assert.equal(kindOf("create table t as select 1"), "command");
  assert.equal(kindOf("SET spark.sql.ansi.enabled = true"), "command");
  assert.throws(() => parse(" -- nothing\n"), /empty/);
});

test("all names in Spark's SQL may be tables, and what is in quotes is none", () => {
  const { tables } = parse("SELECT 'orders' FROM `my orders` JOIN days -- weeks");
  assert.ok(tables.includes("my orders") && tables.includes("days"));
  assert.ok(!tables.includes("orders") && !tables.includes("weeks"));
});

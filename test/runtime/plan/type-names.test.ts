import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSchema, parseType, typeName } from "../../../runtime/plan/type-names.ts";

const message = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
};

test("a type's name is Spark's DDL, and reading it gives the type again", () => {
  for (const name of [
    "boolean",
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "float",
    "double",
    "decimal(10,2)",
    "string",
    "binary",
    "date",
    "timestamp",
    "timestamp_ntz",
    "time(6)",
    "time(0)",
    "void",
    "array<map<string,decimal(38,0)>>",
    "struct<a:int,`b c`:array<struct<d:date>>>",
    "struct<`tick``ed`:int>",
    "struct<>",
  ])
    assert.equal(typeName(parseType(name)), name);
});

test("Spark's synonyms are read, ignoring case", () => {
  const synonyms = {
    BYTE: "tinyint",
    TIME: "time(6)",
    "Time (3) without time zone": "time(3)",
    Short: "smallint",
    integer: "int",
    LONG: "bigint",
    real: "float",
    dec: "decimal(10,0)",
    "NUMERIC( 5 )": "decimal(5,0)",
    "VARCHAR(20)": "string",
    "char(3)": "string",
    TIMESTAMP_LTZ: "timestamp",
  };
  assert.deepEqual(
    Object.keys(synonyms).map((text) => typeName(parseType(text))),
    Object.values(synonyms),
  );
});

test("a schema has names, types, NOT NULL and comments", () => {
  assert.deepEqual(parseSchema("id LONG NOT NULL, `my col`: STRING COMMENT 'it''s, here', größe array<string>"), [
    { name: "id", type: { kind: "long" }, nullable: false },
    { name: "my col", type: { kind: "string" }, nullable: true },
    { name: "größe", type: { kind: "array", element: { kind: "string" } }, nullable: true },
  ]);
  assert.deepEqual(parseSchema("  "), []);
  assert.deepEqual(
    parseSchema("date DATE, array INT, not INT").map((field) => field.name),
    ["date", "array", "not"],
  );
});

test("a wrong schema is refused with the position and what would do", () => {
  assert.match(
    message(() => parseSchema("id LNG")),
    /In the schema "id LNG", at character 4: "LNG" is no type\. Did you mean "long"\? Types: boolean, .*array/i,
  );
  assert.match(
    message(() => parseSchema("id LONG name STRING")),
    /at character 9: unexpected "n"/,
  );
  assert.match(
    message(() => parseSchema("id LONG, ID INT")),
    /at character 10: the column "ID" is there twice/,
  );
  assert.match(
    message(() => parseType("array<int")),
    /at character 10: expected ">", found the end/,
  );
  assert.match(
    message(() => parseType("decimal(40,2)")),
    /decimal\(40,2\) cannot be/,
  );
  assert.match(
    message(() => parseType("decimal(2,3)")),
    /cannot be/,
  );
  assert.match(
    message(() => parseType("")),
    /expected a type, found the end/,
  );
  assert.match(
    message(() => parseSchema("`open INT")),
    /a name in backticks is not closed/,
  );
  assert.match(
    message(() => parseType("constructor")),
    /is no type/,
  );
});

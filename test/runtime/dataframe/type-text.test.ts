import assert from "node:assert/strict";
import { test } from "node:test";
import { schemaTypeText } from "../../../runtime/dataframe/type-text.ts";
import { parseSchema } from "../../../runtime/plan/type-names.ts";

test("each type is written by its name in Sql", () => {
  const ddl =
    "a BOOLEAN, b BYTE, c SHORT, d INT, e LONG, f FLOAT, g DOUBLE, h DECIMAL(9,2), i STRING, j BINARY, k DATE";
  const names = ["Boolean", "Byte", "Short", "Int", "Long", "Float", "Double", "Decimal", "String", "Binary", "Date"];
  const columns = names.map((name, index) => `"${"abcdefghijk"[index]}": Sql.${name} | null`);
  assert.equal(schemaTypeText(parseSchema(ddl)), `{ ${columns.join(", ")} }`);
  assert.equal(
    schemaTypeText(parseSchema("t TIMESTAMP, n TIMESTAMP_NTZ")),
    '{ "t": Sql.Timestamp | null, "n": Sql.TimestampNtz | null }',
  );
});

test("what is in arrays, maps and structs may be null; a column that is not nullable is not", () => {
  assert.equal(
    schemaTypeText(parseSchema("a ARRAY<ARRAY<INT>>, m MAP<STRING, DATE>, s STRUCT<x: INT, y: STRUCT<z: STRING>>")),
    '{ "a": Sql.Array<Sql.Array<Sql.Int | null> | null> | null, "m": Sql.Map<Sql.String, Sql.Date | null> | null, ' +
      '"s": Sql.Struct<{ "x": Sql.Int | null, "y": Sql.Struct<{ "z": Sql.String | null }> | null }> | null }',
  );
  assert.equal(schemaTypeText([{ name: "id", type: { kind: "long" }, nullable: false }]), '{ "id": Sql.Long }');
  assert.equal(schemaTypeText([{ name: "n", type: { kind: "void" }, nullable: true }]), '{ "n": null }');
});

test("any name can be written, and no columns", () => {
  const named = (name: string) => schemaTypeText([{ name, type: { kind: "int" }, nullable: false }]);
  assert.equal(named('a "b" \\ c'), '{ "a \\"b\\" \\\\ c": Sql.Int }');
  assert.equal(named("größe\n"), '{ "größe\\n": Sql.Int }');
  assert.equal(schemaTypeText([]), "{}");
});

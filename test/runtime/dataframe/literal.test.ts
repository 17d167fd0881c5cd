import assert from "node:assert/strict";
import { test } from "node:test";
import { Decimal } from "decimal.js";
import { literal } from "../../../runtime/dataframe/literal.ts";
import { typeName } from "../../../runtime/plan/type-names.ts";

const shown = (value: unknown) => {
  const found = literal(value);
  assert.equal(found.kind, "literal");
  return found.kind === "literal" ? [typeName(found.type), found.value] : [];
};

test("a JavaScript value has the SQL type of the design", () => {
  const bytes = new Uint8Array([1, 2]);
  const cases: [unknown, string, unknown][] = [
    [1, "int", 1],
    [-(2 ** 31), "int", -(2 ** 31)],
    [2 ** 31, "bigint", 2n ** 31n],
    [Number.MAX_SAFE_INTEGER, "bigint", 2n ** 53n - 1n],
    [2 ** 53, "double", 2 ** 53],
    [1.5, "double", 1.5],
    [-0, "double", -0],
    [Number.NaN, "double", Number.NaN],
    [Number.POSITIVE_INFINITY, "double", Number.POSITIVE_INFINITY],
    [7n, "bigint", 7n],
    [2n ** 64n, "decimal(20,0)", "18446744073709551616"],
    ["it's", "string", "it's"],
    [true, "boolean", true],
    [null, "void", null],
    [bytes, "binary", bytes],
    [new Date(-1), "timestamp", -1000n],
    [new Decimal("-0.050"), "decimal(2,2)", "-0.05"],
    [new Decimal("1e3"), "decimal(4,0)", "1000"],
    [Temporal.PlainDate.from("1969-12-31"), "date", -1],
    [Temporal.PlainDate.from("2400-01-01"), "date", 157054],
    [Temporal.PlainDateTime.from("1970-01-01T00:00:00.000001"), "timestamp_ntz", 1n],
    [Temporal.Instant.from("1969-12-31T23:59:59.9999999Z"), "timestamp", -1n],
    [Temporal.ZonedDateTime.from("1970-01-01T01:00[Europe/Berlin]"), "timestamp", 0n],
  ];
  for (const [value, type, expected] of cases) assert.deepEqual(shown(value), [type, expected]);
});

test("a list is an array of literals", () => {
  assert.deepEqual(literal([1, "a"]), { kind: "call", name: "array", args: [literal(1), literal("a")] });
});

test("what cannot be a literal is refused with a reason", () => {
  assert.throws(() => literal(undefined), /undefined cannot be a literal: use null/);
  assert.throws(() => literal(() => 1), /A function cannot be a literal/);
  assert.throws(() => literal({ a: 1 }), /A Object cannot be a literal\. Literals are/);
  assert.throws(() => literal(new Date(Number.NaN)), /invalid Date/);
  assert.throws(() => literal(new Decimal("1e40")), /41 digits/);
  assert.throws(() => literal(new Decimal(Number.NaN)), /NaN cannot be a DECIMAL/);
});

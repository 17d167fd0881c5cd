import assert from "node:assert/strict";
import { test } from "node:test";
import { operand } from "../../../runtime/dataframe/column.ts";
import * as globals from "../../../runtime/globals.ts";
import * as quern from "../../../runtime/index.ts";
import type { Parameter } from "../../../runtime/plan/functions/entry.ts";
import { operators } from "../../../runtime/plan/functions/operators.ts";
import { functionEntry, functions } from "../../../runtime/plan/functions.ts";

const orders = ["asc", "desc"].flatMap((name) => [name, `${name}_nulls_first`, `${name}_nulls_last`]);
/** Made of more than one call of a function, or of a frame. */
const special = new Set([
  "col",
  "column",
  "lit",
  "expr",
  "when",
  "broadcast",
  "udf",
  "named_struct",
  "call_function",
  "window",
  "session_window",
  ...orders,
]);
/** In the table only, for methods of Column. */
const methodsOnly = new Set([
  ...Object.keys(operators),
  "getItem",
  "bitwiseAND",
  "bitwiseOR",
  "bitwiseXOR",
  "withField",
  "dropFields",
  "rowToJson",
  "orError",
  "shapeOfVariant",
  "toJsonAround",
  "tumblingWindow",
  "slidingWindow",
  "instant",
  "rowIndex",
]);
/** Spark's names for a variant of a call. */
const variants: { readonly [name: string]: string } = {
  listagg_distinct: "listagg",
  string_agg_distinct: "string_agg",
  sum_distinct: "sum",
};

function argumentFor(parameter: Parameter | undefined): unknown {
  if (parameter?.className === "lambda") return () => quern.lit(true);
  return parameter?.literal ? 1 : "a";
}

test("F and the table of functions list the same names", () => {
  const wrapped = Object.keys(quern.F).filter((name) => !special.has(name));
  const known = wrapped.filter((name) => functionEntry(variants[name] ?? name) === undefined);
  assert.deepEqual(known, [], "in F, but not in plan/functions.ts");
  const missing = Object.keys(functions).filter((name) => !methodsOnly.has(name) && !(name in quern.F));
  assert.deepEqual(missing, [], "in plan/functions.ts, but not in F");
});

test("each function calls the entry of its own name, with arguments that the entry allows", () => {
  for (const [name, call] of Object.entries(quern.F as { [name: string]: (...args: any[]) => unknown })) {
    if (special.has(name)) continue;
    const entry = functionEntry(variants[name] ?? name);
    assert.ok(entry);
    const args = Array.from({ length: entry.least }, (_, i) => argumentFor(entry.parameters[i]));
    const made = operand(call(...args));
    assert.equal(made.kind, "call");
    if (made.kind !== "call") continue;
    assert.equal(made.name, variants[name] ?? name);
    assert.ok(made.args.length >= entry.least && made.args.length <= entry.most, name);
  }
});

test("all of F and everything preloaded is exported by the package", () => {
  for (const [name, value] of Object.entries({ ...quern.F, ...globals })) {
    assert.equal((quern as { [name: string]: unknown })[name], value, name);
  }
});

test("the preloaded names are few: those of nearly every notebook", () => {
  const expected =
    "spark read sql table range createDataFrame use F col lit when expr count sum avg min max countDistinct hour year month to_date date_trunc round concat coalesce row_number rank lag lead Window vega display clearOutput html md svg prompt confirm input setNextInput comm broadcast StorageLevel transfer udf";
  assert.deepEqual(Object.keys(globals).sort(), expected.split(" ").sort());
});

test("strings among a function's arguments name columns, options are text", () => {
  const { F } = quern;
  assert.deepEqual(operand(F.upper("name")), { kind: "call", name: "upper", args: [{ kind: "column", name: "name" }] });
  assert.deepEqual(operand(F.split("name", ",")), {
    kind: "call",
    name: "split",
    args: [
      { kind: "column", name: "name" },
      { kind: "literal", value: ",", type: { kind: "string" } },
    ],
  });
});

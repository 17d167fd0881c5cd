import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsFor } from "../../../kernel/types/check/words.ts";

const nothing = {
  text: "dely",
  names: [],
  ownerOf: () => undefined,
  missedBy: () => undefined,
  isFunction: () => false,
  isExported: () => false,
  hoverOfCallee: async () => "",
  alternatives: async () => [],
};

test("a column that a frame does not have is told with the columns it has", async () => {
  const schema = `{ date: Timestamp | null; address: Struct<{ city: String | null; in: Struct<{ a: Int; }>; }> | null; "my; col": Double; ... 3 more ...; tags: Array<...> | null; }`;
  assert.equal(
    await wordsFor(2551, `Property 'dely' does not exist on type 'Columns<${schema}>'. Did you mean 'delay'?`, nothing),
    `Property 'dely' does not exist: the columns are date, address, "my; col", …, tags. Did you mean 'delay'?`,
  );
});

test("a preloaded name that is assigned is told from a constant of the user's", async () => {
  const message = "Cannot assign to 'sum' because it is an import.";
  const about = { ...nothing, text: "sum" };
  assert.equal(
    await wordsFor(2632, message, about),
    "Cannot assign to 'sum' because it is a name of Quern's. Declare yours: let sum = …",
  );
  assert.equal(
    await wordsFor(2632, message, { ...about, ownerOf: () => "cell [1]" }),
    "Cannot assign to 'sum' because an earlier cell declares it with const, function or class.",
  );
});

const callback = "((f: Columns<{ a: Struct<{ b: Int; }> | null; }>) => Column<any, any>)";
const told: readonly (readonly [string, text: string, message: string, words: string])[] = [
  [
    "the error of a join is its text alone",
    "df",
    `Argument of type 'DataFrame<{ id: Long; }>' is not assignable to parameter of type '"Both sides of the join have id. Pass { suffix: \\"_right\\" } to rename it."'.`,
    'Both sides of the join have id. Pass { suffix: "_right" } to rename it.',
  ],
  [
    "of a join's misspelt key, the keys are said",
    '"idd"',
    `Argument of type '"idd"' is not assignable to parameter of type '"id" | "at" | readonly ("id" | "at")[] | ((a: Columns<{ id: Long; at: Date; }>, b: Columns<{ id: Long; at: Date; }>) => Condition)'.`,
    `Argument of type '"idd"' is not assignable to parameter of type '"id" | "at"'. Did you mean "id"?`,
  ],
  [
    "a constant in a column's place is told how it becomes one",
    "1",
    `Argument of type 'number' is not assignable to parameter of type 'Column<any, any> | ${callback}'.`,
    "Argument of type 'number' is not assignable to parameter of type 'Column<any, any> | ((f: Columns<…>) => Column<any, any>)'. Use lit(1) for a constant.",
  ],
  [
    "of SQL types that differ, it is not said how",
    "f.delay",
    "No overload matches this call.\n  The last overload gave the following error.\n    Type 'Column<Long, \"delay\">' is not assignable to type 'Condition'.\n      Type 'Long' is not assignable to type 'Boolean | null'.\n        Types of property '[kind]' are incompatible.\n          Type '\"long\"' is not assignable to type '\"boolean\"'.",
    "Type 'Column<Long, \"delay\">' is not assignable to type 'Condition'.\n  Type 'Long' is not assignable to type 'Boolean | null'.",
  ],
];
for (const [title, text, message, words] of told) {
  test(title, async () => assert.equal(await wordsFor(2345, message, { ...nothing, text }), words));
}

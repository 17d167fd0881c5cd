import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsFor } from "../../../kernel/types/words.ts";

const nothing = { text: "dely", names: [], ownerOf: () => undefined, alternatives: async () => [] };

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
    "Cannot assign to 'sum' because it is a constant of an earlier cell.",
  );
});

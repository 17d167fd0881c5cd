import assert from "node:assert/strict";
import { test } from "node:test";
import { createLists } from "../../../kernel/types/draft/lists.ts";

/** The labels that are found for each of the drafts, where the server gives one that counts its questions. */
async function asked(drafts: readonly (readonly [text: string, cursor: number, revision: number])[]) {
  const lists = createLists();
  let questions = 0;
  const labels: string[] = [];
  for (const [text, cursor, revision] of drafts) {
    const items = await lists.of({ text, cursor }, revision, async () => [{ label: `question ${++questions}` }]);
    labels.push(items[0]?.label ?? "");
  }
  return labels;
}

test("what is typed within one word is asked of the language server once", async () => {
  assert.deepEqual(
    await asked([
      ["f.", 2, 1],
      ["f.", 2, 1],
      ["f.", 2, 1],
    ]),
    ["question 1", "question 1", "question 1"],
  );
});

test("another text and another place are asked", async () => {
  assert.deepEqual(
    await asked([
      ["f.g", 2, 1],
      ["f.h", 2, 1],
      ["f.g", 3, 1],
    ]),
    ["question 1", "question 2", "question 3"],
  );
});

test("the same text is asked again when other cells have run", async () => {
  assert.deepEqual(
    await asked([
      ["f.", 2, 1],
      ["f.", 2, 2],
    ]),
    ["question 1", "question 2"],
  );
});

test("several texts that one completion asks for are known together", async () => {
  const two = [
    ["f.agg(", 2, 1],
    ["f.filter(", 2, 1],
  ] as const;
  assert.deepEqual(await asked([...two, ...two]), ["question 1", "question 2", "question 1", "question 2"]);
});

test("a list that is not asked for any more is forgotten", async () => {
  const others = Array.from({ length: 20 }, (_, index) => [`f${index}.`, 2, 1] as const);
  assert.equal((await asked([["f.", 2, 1], ...others, ["f.", 2, 1]])).at(-1), "question 22");
});

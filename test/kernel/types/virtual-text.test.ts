import assert from "node:assert/strict";
import { test } from "node:test";
import { withInsertions } from "../../../kernel/types/module/virtual-text.ts";
import { createDocuments } from "../../../kernel/types/server/documents.ts";
import { linesOf } from "../../../kernel/types/server/lines.ts";

test("every position of a text is found again behind what was put in, and what was put in has none", () => {
  const original = "let df = f;\ndf";
  const virtual = withInsertions(original, [
    { at: 6, text: "; df" },
    { at: 0, text: "header\n" },
    { at: 14, text: "\nexport {};" },
  ]);
  assert.equal(virtual.text, "header\nlet df; df = f;\ndf\nexport {};");
  for (let at = 0; at < original.length; at++) {
    assert.equal(virtual.text[virtual.toVirtual(at)], original[at]);
    assert.equal(virtual.toOriginal(virtual.toVirtual(at)), at);
  }
  assert.equal(virtual.toOriginal(2), undefined);
  assert.deepEqual(virtual.next(2), { virtual: 7, original: 0 });
});

test("lines end where TypeScript ends them", () => {
  const lines = linesOf("a\r\nb\nc\u2028d\re");
  for (const [offset, position] of [
    [0, [0, 0]],
    [3, [1, 0]],
    [5, [2, 0]],
    [7, [3, 0]],
    [9, [4, 0]],
  ] as const) {
    const [line, character] = position;
    assert.deepEqual(lines.position(offset), { line, character });
    assert.equal(lines.offset({ line, character }), offset);
  }
});

test("modules of runs are open as long as a document that is looked at imports them, itself or through others", () => {
  const shown = new Set<string>();
  const documents = createDocuments((text) => text.split(" "));
  documents.keep("one", "");
  documents.keep("two", "one");
  documents.keep("three", "");
  documents.show({ put: (uri) => shown.add(uri), close: (uri) => shown.delete(uri) });
  documents.put("check", "two");
  assert.deepEqual([...shown].sort(), ["check", "one", "two"]);
  documents.put("check", "three");
  assert.deepEqual([...shown].sort(), ["check", "three"]);
  documents.clear();
  assert.deepEqual([...shown], ["check"]);
});

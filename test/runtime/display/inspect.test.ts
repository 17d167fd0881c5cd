import assert from "node:assert/strict";
import { test } from "node:test";
import stringWidth from "string-width";
import { inspectText } from "../../../runtime/display/inspect.ts";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => stringWidth(line)));

test("a value is broken into lines of the terminal's width, between its parts", () => {
  const value = { name: "a".repeat(20), list: [1, 2, 3], nested: { map: new Map([["key", "b".repeat(10)]]) } };
  assert.equal(lineCount(inspectText(value, { columns: 200 })), 1);
  for (const columns of [40, 60, 80]) {
    const text = inspectText(value, { columns, colors: false });
    assert.ok(widest(text) <= columns && lineCount(text) > 1, text);
  }
  assert.ok(
    widest(
      inspectText(
        Array.from({ length: 100 }, (_, index) => index * 1000),
        { columns: 30 },
      ),
    ) <= 30,
  );
});

test("wide characters count as two columns", () => {
  const value = { a: "日本語日本語日本語", b: "日本語日本語日本語", c: "日本語日本語日本語" };
  assert.equal(lineCount(inspectText(value, { columns: 80 })), 1);
  assert.ok(widest(inspectText(value, { columns: 56 })) <= 56);
});

test("one text that is longer stays whole, to be copied", () => {
  assert.equal(inspectText("x".repeat(300), { columns: 80, colors: false }), `'${"x".repeat(300)}'`);
});

const lineCount = (text: string) => text.split("\n").length;

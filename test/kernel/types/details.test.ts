import assert from "node:assert/strict";
import { test } from "node:test";
import type { CompletionItem } from "vscode-languageserver-protocol";
import { createDetails } from "../../../kernel/types/draft/details.ts";
import type { LanguageServer } from "../../../kernel/types/server/server.ts";

const labels = Array.from({ length: 25 }, (_, index) => `method${index}`);
const items: readonly CompletionItem[] = labels.map((label) => ({ label }));
const patientMs = 8000;

/** Says of each member what a class of such a head would, and counts how often it is asked. */
function serverOf(head: string) {
  const asked: string[] = [];
  const resolve = async ({ label }: CompletionItem) => {
    asked.push(label);
    return { label, detail: `(method) ${head}.${label}(): ${head}` };
  };
  return { asked, server: { resolve } as unknown as LanguageServer };
}

const at = (before: string) => ({ before, until: performance.now() + patientMs, isScope: false });

test("what members of a generic class are is remembered for receivers of the same type alone", async () => {
  const details = createDetails();
  const long = serverOf("Column<Long>");
  await details.of(items, at("f => f.delay."), long.server);
  const text = serverOf("Column<String | null>");
  const { texts } = await details.of(items, at("f => f.origin."), text.server);
  assert.deepEqual(
    texts,
    labels.map((label) => `(method) Column<String | null>.${label}(): Column<String | null>`),
  );
  // One answer tells which receiver it is.
  const again = serverOf("Column<Long>");
  const known = await details.of(items, at("f => f.distance."), again.server);
  assert.deepEqual([again.asked, known.texts[24]], [["method0"], "(method) Column<Long>.method24(): Column<Long>"]);
});

test("what members of another class are is asked once", async () => {
  const details = createDetails();
  await details.of(items, at("a."), serverOf("Thing").server);
  const other = serverOf("Thing");
  assert.equal((await details.of(items, at("b."), other.server)).texts[24], "(method) Thing.method24(): Thing");
  assert.deepEqual(other.asked, []);
});

test("a name that stands alone is a column of one receiver, and a property of another", async () => {
  const details = createDetails();
  const only = [{ label: "id" }] as const;
  const server = (detail: string) => ({ resolve: async () => ({ label: "id", detail }) }) as unknown as LanguageServer;
  const ofFrame = await details.of(only, at("f => f."), server('(property) id: Column<Long, "id">'));
  const ofObject = await details.of(only, at("person."), server("(property) id: number"));
  assert.deepEqual([ofFrame.areColumns, ofObject.areColumns], [true, false]);
});

import assert from "node:assert/strict";
import { mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { secondPressNote, waitingNote } from "../../kernel/session/interrupt-notes.ts";

test("an interrupted cell that goes on says which native call is waited for, if only one can be meant", () => {
  assert.match(
    waitingNote("const a = 1\nconst all = JSON.parse(text)"),
    /\(line 2, it seems: const all = JSON\.parse\(text\)\)/,
  );
  assert.doesNotMatch(waitingNote("JSON.parse(text)\nreadFileSync(path)"), /line/);
  assert.doesNotMatch(waitingNote("addon.compute()"), /line/);
});

test("what a second interrupt would lose is named: variables, and frames held in memory", () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "quern-notes-"));
  const held = [
    { kind: "memory", name: "filter[id]", variables: ["late"], rows: 1, bytes: 1 },
    { kind: "memory", name: "range[id]", variables: [], rows: 1, bytes: 1 },
    { kind: "disk", name: "kept", variables: ["kept"], rows: 1, bytes: 1 },
  ];
  writeFileSync(join(folder.path, "storage.json"), JSON.stringify(held));
  const names = ["a", "b", "c", "d", "e", "f"].map((text) => ({ text, kind: "const" }));
  const note = secondPressNote(names, folder.path);
  assert.match(note, /6 names \(b, c, d, e, f, …\), and the rows held in memory of late, range\[id\]/);
  assert.match(secondPressNote([], undefined), /Lost would be: nothing that cells declared\.\n$/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { withholdDump } from "../../../kernel/session/last-words.ts";

test("a dump is held back from its first line on, and what came before is shown", () => {
  const shown: string[] = [];
  const dump = withholdDump((text) => shown.push(text));
  dump.pass("a warning\n");
  dump.pass("the last line\n\n<--- Last few GCs --->\n[1] Mark-Compact");
  dump.pass("FATAL ERROR: Reached heap limit\n");
  assert.deepEqual(shown, ["a warning\n", "the last line\n\n"]);
  assert.match(dump.take(), /^<--- Last few GCs --->.*FATAL ERROR/s);
});

test("a dump of something else than the session is only late", () => {
  const shown: string[] = [];
  const dump = withholdDump((text) => shown.push(text));
  dump.pass("----- Native stack trace -----\n 1: 0x0\n");
  assert.deepEqual(shown, []);
  dump.release();
  dump.pass("more\n");
  assert.deepEqual(shown, ["----- Native stack trace -----\n 1: 0x0\n", "more\n"]);
});

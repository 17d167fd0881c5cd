import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { sqlTypes } from "../../../kernel/types/server/preloaded.ts";

test("all SQL types are known by their names", () => {
  const text = readFileSync(new URL("../../../runtime/dataframe/types.ts", import.meta.url), "utf8");
  assert.deepEqual(
    Array.from(text.matchAll(/^export interface (\w+)/gm), ([, name]) => name),
    sqlTypes,
  );
});

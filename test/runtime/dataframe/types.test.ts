/** How frames are typed, as the check before a run and the completer see it: by TypeScript's own language server. */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { typedCells } from "../../helpers/typed-cells.ts";
import { completions } from "./types/completions.ts";
import { functions } from "./types/functions.ts";
import { mistakes } from "./types/mistakes.ts";
import { prelude } from "./types/prelude.ts";
import { schemas } from "./types/schemas.ts";
import { stepCode, wideFrame } from "./types/wide.ts";

const typed = typedCells(prelude);
after(() => typed[Symbol.asyncDispose]());

describe("the editor shows the type of", () => {
  for (const [code, type] of [...schemas, ...functions]) {
    test(code, async () => {
      assert.deepEqual(await errorsOf(`const x = ${code};`), []);
      const shown = await typed.hover(`const |>x = ${code};`);
      assert.equal(oneLine(/```typescript\nconst x: (.*?)\n```/s.exec(shown)?.[1] ?? shown), type);
    });
  }
});

describe("the check says what is wrong with", () => {
  for (const [code, ...errors] of mistakes) {
    test(code, async () => {
      assert.deepEqual(await errorsOf(code), errors);
    });
  }
});

describe("columns and other known names are offered at", () => {
  for (const [code, labels] of completions) {
    test(code, async () => {
      const offered = await typed.complete(code);
      assert.deepEqual(
        offered
          .map(({ label }) => label)
          .filter((label) => label !== "")
          .sort(),
        labels.split(" ").sort(),
      );
    });
  }
});

test("a frame's own fields come with the members of a column", async () => {
  const offered = (await typed.complete("f.select((f) => f.address.|>)")).map(({ label }) => label);
  assert.ok(offered.includes("city") && offered.includes("getField"), String(offered));
});

test("a chain of 40 steps over 300 columns is typed to its end", async () => {
  const chain = `${wideFrame}\nconst d = df0${Array.from({ length: 40 }, (_, i) => stepCode(i + 1)).join("\n  ")};`;
  assert.deepEqual(await errorsOf(`${chain}\nd.select((f) => [f.c3, f.v40.plus(f.x33), f.m39, f.r37]);`), []);
  assert.match((await errorsOf(`${chain}\nd.select((f) => f.c246);`)).join(), /Property .c246. does not exist/);
});

test("functions and methods say what they do", async () => {
  assert.match(await typed.hover("s.select((f) => F.|>upper(f.origin))"), /const upper: .*Column<Sql.String, string>/s);
  assert.match(await typed.hover('F.|>sum(col("x"))'), /The sum; of integers a LONG/);
  assert.match(await typed.hover('s.|>withColumn("x", lit(1))'), /Adds a column, or replaces the one of this name/);
});

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Without implicit any (7006), which stops no cell: of a callback in a wrong call it is told now and then. */
async function errorsOf(code: string): Promise<string[]> {
  const errors = (await typed.check(code)).filter(({ code }) => code !== 7006);
  return errors.map(({ code, message }) => {
    const said = String(message).replace(/^No overload matches this call\.\s*The last overload gave .*?error\.\s*/, "");
    return `${code} ${said.replace(/\n\s*/g, " > ")}`;
  });
}

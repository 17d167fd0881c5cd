import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(() => {
  session = new SessionProcess();
});
after(() => session[Symbol.asyncDispose]());

/** The texts that a cell shows in a terminal of some width. */
async function shown(code: string, columns?: number): Promise<string[]> {
  const run = await session.run(code, columns === undefined ? {} : { columns });
  assert.equal(run.error, undefined, run.traceback);
  return run.events.flatMap((event) =>
    event.type === "display" || event.type === "result" ? [String(event.data["text/plain"])] : [],
  );
}

const widest = (text: string) => Math.max(...text.split("\n").map((line) => stringWidth(line)));

const wide = 'Object.fromEntries(Array.from({ length: 20 }, (_, index) => ["column" + index, "日本語".repeat(9)]))';
const values: { readonly [what: string]: string } = {
  "a frame": `createDataFrame([${wide}])`,
  "a frame's first rows": `createDataFrame([${wide}]).show();`,
  "an Arrow table": `await createDataFrame([${wide}]).toArrow()`,
  "an array of objects": `[${wide}]`,
  "an object": '({ set: new Set(Array.from({ length: 6 }, (_, index) => "日本語日本" + index)) })',
  "what is displayed": `display([${wide}]);`,
  "what is displayed later": `setTimeout(() => display([${wide}]), 5); await new Promise((done) => setTimeout(done, 20));`,
  "what replaces a display": `await (await display(1)).update([${wide}]);`,
  "a query plan": `await createDataFrame([${wide}]).filter("column1 = 'x' or column2 = 'y' or column3 = 'z'").explain("extended")`,
};

for (const [what, code] of Object.entries(values)) {
  test(`${what} fits the terminal`, async () => {
    for (const columns of [40, 77]) {
      const texts = await shown(code, columns);
      assert.ok(texts.length > 0);
      for (const text of texts) assert.ok(widest(text) <= columns, `${widest(text)} > ${columns}\n${text}`);
    }
    // Without a terminal it is as wide as a page.
    assert.ok(widest((await shown(code)).at(-1) as string) > 77);
  });
}

test("a chart is drawn with characters in a terminal, and says below what it is", async () => {
  const chart =
    'createDataFrame([{ origin: "SEA", n: 1 }, { origin: "L\\u001b[31mA", n: 3 }]).plot.bar({ x: "origin", y: "n" })';
  const caption = "Chart: bar of n by origin (2 rows)";
  for (const code of [chart, `display(${chart});`]) {
    const [text = ""] = await shown(code, 60);
    const lines = stripVTControlCharacters(text).split("\n");
    assert.ok(lines.length > 8 && widest(text) <= 60, text);
    assert.equal(lines.at(-1), caption);
    assert.match(lines.join("\n"), /SEA/);
    assert.match(lines.join("\n"), /[▁▂▃▄▅▆▇█]/u);
    assert.ok(!text.includes("\u001b[31m"));
  }
  assert.deepEqual(await shown(chart), [caption]);
});

test("the value of an expression that a front end asks for fits too", async () => {
  const { done } = await session.run("1", { columns: 40, userExpressions: { wide: `[${wide}]` } });
  const found = done.outcome.status === "ok" ? done.outcome.userExpressions.wide : undefined;
  assert.ok(found?.status === "ok" && widest(String(found.data["text/plain"])) <= 40);
});

test("process.stdout knows the width of the cell's terminal, and is none itself", async () => {
  const code = "[process.stdout.columns, process.stderr.columns, process.stdout.isTTY].join()";
  assert.deepEqual(await shown(code, 93), ["\u001b[32m'93,93,'\u001b[39m"]);
  assert.deepEqual(await shown(code), ["\u001b[32m',,'\u001b[39m"]);
});

test("a cell keeps its own width, whatever the next one has", async () => {
  const late = await session.run("setTimeout(() => console.log(process.stdout.columns), 30);", { columns: 61 });
  await session.run("await new Promise((done) => setTimeout(done, 60))", { columns: 62 });
  const event = await session.until((one) => one.type === "stream" && one.run === late.done.run);
  assert.ok(event.type === "stream" && event.text === "61\n");
});

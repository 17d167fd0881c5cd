import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(async () => {
  session = new SessionProcess();
  await session.run(
    "const first = 1\n/** Adds. */\nasync function add(a: number, b = 2): Promise<number> { return (await a) + b }",
  );
});
after(() => session[Symbol.asyncDispose]());

const paged = async (code: string) => {
  const { done, error } = await session.run(code);
  assert.equal(error, undefined);
  const [page, ...more] = done.outcome.payload ?? [];
  assert.deepEqual(more, []);
  assert.ok(page?.source === "page", "no page");
  return String(page.data["text/plain"]);
};

test("a name with a question mark is a page about it, and the cell has no result", async () => {
  assert.match(await paged("add?"), /^add: async function add\(a, b = 2\)$/);
  assert.match(await paged("  ?Math.max\n"), /^Math\.max: function max/);
  assert.equal((await session.run("add?")).result, undefined);
});

test("two question marks ask for the source, which is the user's own text", async () => {
  const source = "async function add(a: number, b = 2): Promise<number> { return (await a) + b }";
  assert.equal(await paged("add??"), `add: async function add(a, b = 2)\n\n${source}`);
  assert.equal(await paged("first??"), "first: number = 1\n\nconst first = 1");
  assert.equal(await paged("Math.max??"), await paged("Math.max?"));
});

test("what stands before the question is run first", async () => {
  assert.equal(await paged("const second = 2\nsecond?"), "second: number = 2");
});

test("the last line of an expression with ?? is no question", async () => {
  assert.equal((await session.run("undefined\n  ?? first")).result, "1");
  assert.equal((await session.run("const t = `\nfirst?`; t.length")).result, "7");
});

test("of a name that nobody knows, that is said", async () => {
  const { stdout, done } = await session.run("nobody?");
  assert.deepEqual([stdout, done.outcome.payload], ['Nothing is known of "nobody".\n', undefined]);
});

test("the next cell's text goes with the end of the cell; the last call counts", async () => {
  const { done } = await session.run('setNextInput("a"); setNextInput("b", { replace: true })');
  assert.deepEqual(done.outcome.payload, [{ source: "set_next_input", text: "b", replace: true }]);
  const failed = await session.run('setNextInput("again"); throw new Error("no")');
  assert.deepEqual(failed.done.outcome.payload, [{ source: "set_next_input", text: "again", replace: false }]);
});

test("after the end of its cell, setNextInput says that it comes too late", async () => {
  await session.run(
    'import { AsyncResource } from "node:async_hooks"; const late = AsyncResource.bind(() => setNextInput("late"))',
  );
  const { error, done } = await session.run("late()");
  assert.match(error?.evalue ?? "", /^setNextInput\(…\) has no effect here: its cell has ended/);
  assert.equal(done.outcome.payload, undefined);
});

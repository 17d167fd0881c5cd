import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(async () => {
  session = new SessionProcess();
  await session.run("1");
});
after(() => session[Symbol.asyncDispose]());

/** Runs a cell that asks, and answers its questions in turn. */
async function answered(code: string, ...answers: string[]) {
  const run = session.begin(code, { allowStdin: true });
  const questions: unknown[] = [];
  for (const [index, value] of answers.entries()) {
    const asked = () => session.events.filter((event) => event.type === "input_request" && event.run === run)[index];
    questions.push(await session.eventually(asked, "nothing was asked"));
    session.urgent({ type: "input_reply", value });
  }
  return { ...(await session.finished(run)), questions };
}

test("input gives what was typed as it is, an empty answer too", async () => {
  const { result, questions } = await answered('[input("Name? "), input()].join("|")', " Ada ", "");
  assert.equal(result, "' Ada |'");
  assert.deepEqual(
    questions.map((question: any) => [question.prompt, question.password]),
    [
      ["Name? ", false],
      ["", false],
    ],
  );
});

test("a password is asked for as one", async () => {
  const { result, questions } = await answered('input("Key", { password: true }).length', "s3cret");
  assert.equal(result, "6");
  assert.equal((questions[0] as any).password, true);
});

test("the end of the input is an error that says so", async () => {
  for (const call of ['input("Who?")', 'prompt("Who?")']) {
    const { error } = await answered(call, "\u0004");
    assert.equal(error?.evalue, `${call} has no answer: the input was ended (Ctrl-D)`);
  }
});

test("an interrupt ends the wait, and the next question waits for its own answer", async () => {
  const run = session.begin('input("first")', { allowStdin: true });
  await session.until((event) => event.type === "input_request" && event.run === run);
  session.urgent({ type: "interrupt", run });
  assert.equal((await session.finished(run)).error?.interrupted, true);
  // It comes too late.
  session.urgent({ type: "input_reply", value: "late" });
  await session.run("1");
  assert.equal((await answered('input("second")', "in time")).result, "'in time'");
});

test("where nobody is asked, input says so, and the way out", async () => {
  const { error } = await session.run('input("Who?")');
  assert.match(error?.evalue ?? "", /^input\("Who\?"\) cannot ask: nobody is asked here.*quern run.* from a parameter/);
});

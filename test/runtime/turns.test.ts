import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { currentTurn, giveUp, type Turn, Turns } from "../../runtime/turns.ts";

test("work runs one after another in call order, and what fails does not stop the rest", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const slow = turns.add(async () => {
    await new Promise(setImmediate);
    order.push("slow");
  });
  const failing = turns.add(() => Promise.reject(new Error("no")));
  const last = turns.add(async () => order.push("last"));
  await slow;
  await assert.rejects(failing, /no/);
  await last;
  assert.deepEqual(order, ["slow", "last"]);
});

test("work begins in the async context of its caller, and idle() waits for all of it", async () => {
  const turns = new Turns();
  const context = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  for (const name of ["a", "b"]) context.run(name, () => turns.add(async () => seen.push(context.getStore())));
  await turns.idle();
  assert.deepEqual(seen, ["a", "b"]);
  await turns.idle();
});

test("work that will never be heard of again is given up with the turns around it, and the next begins", async () => {
  const outer = new Turns();
  const inner = new Turns();
  let killed: Turn | undefined;
  const lost = outer.add(() =>
    inner.add(() => {
      killed = currentTurn();
      return new Promise(() => {});
    }),
  );
  const next = [outer.add(async () => "outer"), inner.add(async () => "inner")];
  while (killed === undefined) await new Promise(setImmediate);
  giveUp(killed);
  await assert.rejects(lost, { name: "InterruptedError" });
  assert.deepEqual(await Promise.all(next), ["outer", "inner"]);
});

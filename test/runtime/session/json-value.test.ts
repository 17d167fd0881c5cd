import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonText } from "../../../runtime/session/json-value.ts";
import { SessionProcess } from "../../helpers/session-process.ts";

test("a value is JSON where JSON says all of it", () => {
  for (const value of [null, true, 0, -1.5, "ß 👋", [], [1, [2]], {}, { a: { b: null } }, Object.create(null)]) {
    assert.equal(jsonText(value), JSON.stringify(value));
  }
  const twice = { shared: 1 };
  assert.equal(jsonText([twice, twice]), '[{"shared":1},{"shared":1}]');
});

test("what JSON would lose is not JSON, and none of the user's code is run to find out", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const touched = () => assert.fail("the user's code was run");
  const values = [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    Symbol("a"),
    () => 1,
    new Date(0),
    new Map(),
    new (class Own {})(),
    { a: undefined },
    [1, undefined],
    new Array(3),
    Object.assign([1], { extra: 2 }),
    { [Symbol("a")]: 1 },
    Object.defineProperty({}, "hidden", { value: 1 }),
    {
      get a() {
        return touched();
      },
    },
    { toJSON: touched },
    new Proxy({}, { ownKeys: touched, getPrototypeOf: touched }),
    cycle,
  ];
  for (const value of values) assert.equal(jsonText(value), undefined);
});

test("JSON of more than a million characters is not made", () => {
  assert.equal(jsonText("x".repeat(2 ** 20)), undefined);
  assert.equal(jsonText("\u0000".repeat(2 ** 19)), undefined);
  assert.equal(jsonText(new Array(2 ** 20).fill(1)), undefined);
  assert.equal(jsonText("x".repeat(1000))?.length, 1002);
});

test("a run that wants JSON gets it with its result, no other does", async () => {
  await using session = new SessionProcess();
  const jsonOf = async (code: string, wantsJson: boolean) => {
    const { events } = await session.run(code, { wantsJson });
    const result = events.find((event) => event.type === "result");
    return result?.type === "result" ? result.json : undefined;
  };
  assert.equal(await jsonOf("({ rows: [1, 2] })", true), '{"rows":[1,2]}');
  assert.equal(await jsonOf("Promise.resolve(7)", true), "7");
  assert.equal(await jsonOf("await range(2).collect()", true), '[{"id":0},{"id":1}]');
  assert.equal(await jsonOf("new Date(0)", true), undefined);
  assert.equal(await jsonOf("7", false), undefined);
});

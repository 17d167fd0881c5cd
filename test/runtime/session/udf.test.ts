import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CellRun, SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(async () => {
  session = new SessionProcess();
  await session.run(`
    let factor = 2
    const left = async () => (await sql("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'received%'").collect()).length
    const never = () => new Promise<never>(() => {})`);
});
after(() => session[Symbol.asyncDispose]());

/** Interrupts a cell once it has printed "go". */
async function interrupted(code: string): Promise<CellRun> {
  const run = session.begin(code);
  await session.until((event) => event.type === "stream" && event.run === run && event.text.includes("go"));
  session.urgent({ type: "interrupt", run });
  return session.finished(run);
}

const loops: { [what: string]: string } = {
  "a function that loops": `
    const stuck = udf((x: number) => { if (x === factor) { console.log("go"); for (;;); } return x }, "LONG")
    await range(10).select((f) => ({ y: stuck(f.id) })).collect()`,
  "a function that loops in another thread": `
    const stuck = udf((x: number) => { let y = x; for (let i = 0; i < 20_000; i++) y = (y * 31 + i) % 1000003
      if (x > 20_000) for (;;); return y }, "LONG")
    setTimeout(() => console.log("go"), 1000)
    await range(400_000).select((f) => ({ y: stuck(f.id) })).agg((f) => ({ s: sum(f.y) })).collect()`,
  "a function of batches that waits for ever": `
    await range(10).mapInBatches(async (batch) => { console.log("go"); await never(); return batch }, "id LONG").collect()`,
  "a function for batches that waits for ever": `
    await range(10).foreachBatch(async () => { console.log("go"); await never() })`,
  "a function for batches that loops": `
    await range(10).foreachBatch(() => { console.log("go"); for (;;); })`,
  "a function of batches that loops": `
    await range(10).mapInBatches((batch) => { console.log("go"); for (;;); return batch }, "id LONG").collect()`,
};

for (const [what, code] of Object.entries(loops)) {
  test(`an interrupt ends ${what}, and what it has computed is freed`, async () => {
    assert.equal((await interrupted(code)).error?.interrupted, true);
    assert.equal(
      (
        await session.run(
          "const f = udf((x: number) => x * factor, 'LONG'); (await range(3).select((g) => ({ y: f(g.id) })).agg((g) => ({ s: sum(g.y) })).collect())[0]?.s",
        )
      ).result,
      "6",
    );
    assert.equal((await session.run("await left()")).result, "0");
  });
}

test("a cell's function means the same in other threads, with what it tests", async () => {
  const cell = await session.run(`
    const graded = udf((x: number) => { let y = x; for (let i = 0; i < 1000; i++) y = (y * 31 + i) % 1000003; const o = { y }
      return o?.y && x ? (y > 500000 ? 1 : 0) : -1 }, "INT", { name: "graded" })
    const frame = range(400_000).select((f) => ({ y: graded(f.id) })).agg((f) => ({ n: count(), low: min(f.y) }))
    const plan = String(await frame.explain("analyze"));
    [await frame.collect(), /threads: \\d/.exec(plan)?.[0]]`);
  assert.equal(cell.result, "[ [ { n: 400000, low: -1 } ], 'threads: 2' ]");
});

test("what a function throws is told at its line in the cell", async () => {
  const { error, traceback } = await session.run(`const broken = udf((x: number) => {
  if (x === 2) throw new Error("two")
  return x
}, "LONG", { name: "broken" })
await range(5).withColumn("y", (f) => broken(f.id)).collect()`);
  assert.match(error?.evalue ?? "", /^broken\(2\) failed: Error: two/);
  assert.match(traceback, /throw new Error\("two"\)/);
});

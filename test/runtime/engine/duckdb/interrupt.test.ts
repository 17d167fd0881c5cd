import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import { Database } from "../../../../runtime/engine/duckdb/connection.ts";
import { interruptible } from "../../../../runtime/engine/duckdb/interrupt.ts";
import { InterruptedError } from "../../../../runtime/errors.ts";

const ENDLESS = "SELECT count(*) FROM range(100000000) a, range(1000) b";

test("an abort in the moment in which a query is handed over is not lost", { timeout: 180_000 }, async () => {
  const database = await Database.open({ threads: 2, memoryLimit: "1GB" });
  for (let i = 0; i < 5; i++) {
    const controller = new AbortController();
    // Aborted when the call has been made and the query has not begun on its thread.
    const running = interruptible(database.main, controller.signal, () => database.main.run(ENDLESS));
    controller.abort();
    await assert.rejects(running, InterruptedError);
  }
  await database.close();
});

test("closing ends what runs, refuses what waits, and removes the temp folder", async () => {
  const database = await Database.open({ threads: 2, memoryLimit: "1GB" });
  const [{ folder } = { folder: "" }] = await database.rows<{ folder: string }>(
    "SELECT current_setting('temp_directory') AS folder",
  );
  assert.ok(existsSync(folder));
  const running = assert.rejects(
    database.onMain(undefined, (main) => main.run(ENDLESS)),
    /Interrupted/,
  );
  const waiting = assert.rejects(
    database.onMain(undefined, (main) => main.run("SELECT 1")),
    /has been closed/,
  );
  await new Promise((resolve) => setImmediate(resolve));
  await database.close();
  await Promise.all([running, waiting]);
  assert.ok(!existsSync(folder));
});

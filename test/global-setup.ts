/** What `npm test` does before the test files run, and behind them: see node:test's --test-global-setup. */
import { shareSpark } from "./helpers/shared-spark.ts";

let stop: (() => Promise<void>) | undefined;

export async function globalSetup(): Promise<void> {
  stop = await shareSpark();
}

export async function globalTeardown(): Promise<void> {
  await stop?.();
}

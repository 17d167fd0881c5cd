/** One client of a Spark server, measured in a process of its own: the arguments are the server, runs, and rows to fetch and to send. */
import { setTimeout as delay } from "node:timers/promises";
import { createDataFrame, range, spark, sql, use } from "quern";
import { openSpark } from "../../runtime/engine/spark/spark.ts";

export type Measured = {
  readonly small: readonly number[];
  readonly fetch: number;
  readonly fetchMb: number;
  readonly rows: number;
  readonly rowsMb: number;
  readonly upload: number;
  readonly uploadMb: number;
  readonly stop: number;
  readonly baseMb: number;
};

const [address = "", runs = 0, fetched = 0, sent = 0] = process.argv
  .slice(2)
  .map((text, i) => (i === 0 ? text : Number(text))) as [string, number, number, number];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The most memory so far. The system's own figure counts what Node takes to read TypeScript. */
let most = 0;
const peak = (): number => {
  most = Math.max(most, process.memoryUsage().rss / 2 ** 20);
  return most;
};
setInterval(peak, 20).unref();

await use(address);
const one = () => sql("SELECT 1 AS x").collect();
for (let i = 0; i < 5; i++) await one();
const small: number[] = [];
for (let i = 0; i < runs; i++) small.push(await timed(one));
const baseMb = peak();

const columns = {
  id: BigInt64Array.from({ length: sent }, (_, i) => BigInt(i)),
  part: Float64Array.from({ length: sent }, (_, i) => i / 3),
  text: Array.from({ length: sent }, (_, i) => `name ${i % 1000}`),
};
const upload = await timed(() => createDataFrame({ columns }).selectExpr("sum(id) AS ids").collect());
const uploadMb = peak();

const numbers = range(fetched).selectExpr("id", "id / 3 AS part", "CAST(id AS STRING) AS text");
const rows = await timed(async () => {
  let seen = 0;
  for await (const _ of numbers.stream()) seen++;
  if (seen !== fetched) throw new Error(`${seen} rows`);
});
const rowsMb = peak();
const fetch = await timed(async () => {
  const { numRows } = await numbers.toArrow();
  if (numRows !== fetched) throw new Error(`${numRows} rows`);
});
const fetchMb = peak();

const engine = await openSpark(address);
const abort = new AbortController();
const text = "SELECT sum(a.id * b.id) AS s FROM range(10000000) a, range(10000000) b";
let stoppedAt = 0;
const ended = (async () => {
  const { batches } = await engine.execute({ kind: "sql", text, inputs: {} }, { signal: abort.signal });
  for await (const _ of batches);
})().catch(() => {});
await delay(3000);
stoppedAt = performance.now();
abort.abort();
await ended;
const stop = performance.now() - stoppedAt;
await engine.close();
await spark.stop();
const measured: Measured = { small, fetch, fetchMb, rows, rowsMb, upload, uploadMb, stop, baseMb };
console.log(JSON.stringify(measured));
process.exit();

/** UDFs of Quern, measured in a process of its own: the arguments are rows and threads. */
import { range, spark, sum, udf } from "quern";

export type UdfTimes = { readonly [name: string]: number };

const [rows = 0, threads = 1] = process.argv.slice(2).map(Number);

const plain = udf((x: number) => x * 2 + 1, "DOUBLE");
const loop = udf((x: number) => {
  let y = x;
  for (let i = 0; i < 20; i++) y = (y * 31 + i) % 1000003;
  return y;
}, "DOUBLE");

await spark.conf.set("spark.quern.udf.threads", threads);

async function timed(of: typeof plain, count: number): Promise<number> {
  const start = performance.now();
  await range(count)
    .agg((f) => ({ s: sum(of(f.id.cast("double"))) }))
    .collect();
  return performance.now() - start;
}

let most = 0;
setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss / 2 ** 20);
}, 20).unref();

await timed(plain, 100_000);
const measured: UdfTimes = { plain: await timed(plain, rows), loop: await timed(loop, rows), mb: most };
console.log(JSON.stringify(measured));
process.exit();

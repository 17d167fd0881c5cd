/** Side by side with peers, in one run on one machine: `npm run bench [-- kernels | flood | interrupts | check | completion | endurance | group-by | run | spark | types | udf | tpch | fetch | chains] [--runs N]`. */
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";

// Users have no other; the tests' helpers, which are used here too, would set more.
process.env.QUERN_PATIENCE = "1";

const benches: { readonly [name: string]: (runs: number) => Promise<string> } = {
  kernels: async (runs) => (await import("./kernels.ts")).benchKernels(runs),
  flood: async (runs) => (await import("./flood.ts")).benchFlood(runs),
  interrupts: async () => (await import("./interrupts.ts")).benchInterrupts(),
  check: async () => (await import("./check.ts")).benchCheck(),
  completion: async () => (await import("./completion.ts")).benchCompletion(),
  endurance: async () => (await import("./endurance.ts")).benchEndurance(),
  "group-by": async (runs) => (await import("./group-by.ts")).benchGroupBy(runs),
  run: async (runs) => (await import("./run.ts")).benchRun(runs),
  spark: async (runs) => (await import("./spark.ts")).benchSpark(runs),
  udf: async () => (await import("./udf.ts")).benchUdf(),
  fetch: async (runs) => (await import("./fetch.ts")).benchFetch(runs),
  chains: async (runs) => (await import("./chains.ts")).benchChains(runs),
  tpch: async (runs) => (await import("./tpch.ts")).benchTpch(runs),
  types: async (runs) => (await import("./types.ts")).benchTypes(runs),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "15" } },
});
const chosen = positionals.length > 0 ? positionals : Object.keys(benches);

console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? "unknown processor"}, ${values.runs} runs\n`,
);
for (const name of chosen) {
  const bench = benches[name];
  if (!bench) throw new Error(`There is no bench "${name}". There are: ${Object.keys(benches).join(", ")}`);
  console.log(`## ${name}\n\n${await bench(Number(values.runs))}\n`);
}
process.exit();

import { type DataFrame, rand, range } from "quern";
import { markdownTable, median, ms } from "./statistics.ts";

const steps = 1000;
type Frame = DataFrame<any>;
const repeat = (frame: Frame, step: (frame: Frame, index: number) => Frame): Frame =>
  Array.from({ length: steps }).reduce<Frame>((made, _, index) => step(made, index), frame);

const chains: { readonly [name: string]: (frame: Frame) => Frame } = {
  "independent: c0 = id + 0, c1 = id + 1, …": (frame) =>
    repeat(frame, (one, index) => one.withColumn(`c${index}`, (f) => f.id.plus(index))),
  "dependent: x = x + 1": (frame) => repeat(frame, (one) => one.withColumn("x", (f) => f.x.plus(1))),
  "doubling: x = x + x": (frame) => repeat(frame, (one) => one.withColumn("x", (f) => f.x.plus(f.x))),
  "over rand(): x = x * 0.5 + x * 0.5": (frame) =>
    repeat(
      frame.withColumn("x", () => rand()),
      (one) => one.withColumn("x", (f) => f.x.times(0.5).plus(f.x.times(0.5))),
    ),
};

/** Frames of a thousand steps over a thousand rows: from the first step to the plan's SQL, and to its rows. */
export async function benchChains(runs: number): Promise<string> {
  const rows: string[][] = [];
  for (const [name, chain] of Object.entries(chains)) {
    const made: number[] = [];
    const ran: number[] = [];
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      const frame = chain(range(1000).withColumn("x", (f) => f.id.cast("double")));
      await frame.schema();
      made.push(performance.now() - start);
      await frame.toArrow();
      ran.push(performance.now() - start);
    }
    rows.push([name, ms(median(made)), ms(median(ran))]);
  }
  return markdownTable([`${steps} steps`, "made and described", "with its rows"], rows);
}

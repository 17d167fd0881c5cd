import { typedCells } from "../helpers/typed-cells.ts";
import { markdownTable, median, ms, quantile } from "./statistics.ts";

const columns = 300;
const steps = 40;

/** What types cost: the check of each further cell of a notebook with a wide frame and a long chain. */
export async function benchTypes(runs: number): Promise<string> {
  const starts: number[] = [];
  const warm: number[] = [];
  const cells: number[] = [];
  const chains: number[] = [];
  const behind: number[] = [];
  const lives: number[] = [];
  const failures = new Set<string>();
  for (let run = 0; run < Math.max(1, Math.ceil(runs / 5)); run++) {
    await using typed = typedCells();
    const timed = async (into: number[], code: string) => {
      const start = performance.now();
      const found = await typed.check(code);
      into.push(performance.now() - start);
      for (const { code, message } of found) failures.add(`${code} ${String(message).slice(0, 200)}`);
    };
    await timed(starts, 'const df = read.parquet("a.parquet");');
    for (let i = 0; i < 10; i++) await timed(warm, `const x = range(${i}).filter((f) => f.id.gt(1));`);

    const first = typed.ran(0, `${wideFrame}\nexport { df0, other };`);
    let before = first;
    for (let step = 1; step <= steps; step++) {
      const header = `import { df${step - 1} } from "${before}"; import { other } from "${first}";`;
      const code = `${header}\nconst df${step} = df${step - 1}${stepCode(step)};`;
      await timed(cells, code);
      before = typed.ran(step, `${code}\nexport { df${step} };`);
    }
    await timed(behind, `import { df${steps} as d } from "${before}";\nd.filter((f) => f.c3.isNull());`);
    const chain = Array.from({ length: steps }, (_, i) => `\n  ${stepCode(i + 1)}`).join("");
    await timed(chains, `import { df0, other } from "${first}";\ndf0${chain}\n  .filter((f) => f.c3.isNull());`);
    const live = `${wideFrame}\nconst df1 = df0${stepCode(7)};\ndf1.filter((f) => f.c3.isNull());`;
    for (let i = 0; i < 10; i++) await timed(lives, `${live}\n${i};`);
  }
  const row = (what: string, times: readonly number[]) => [what, ms(median(times)), ms(quantile(times, 0.95))];
  const table = markdownTable(
    ["checked", "p50", "p95"],
    [
      row("the first cell, with the start of the language server", starts),
      row("a further small cell", warm),
      row(`a cell over a live frame of ${columns} columns, which it joins`, lives),
      row(`each of ${steps} cells that have not run, a step each over that frame`, cells),
      row(`a cell behind these ${steps}`, behind),
      row(`${steps} steps in one cell`, chains),
    ],
  );
  return failures.size === 0 ? table : `${table}\n\nERRORS:\n${[...failures].join("\n")}`;
}

const kinds = ["Sql.Long", "Sql.Double | null", "Sql.String | null", "Sql.Timestamp | null", "Sql.Decimal"];
const wideFrame = `import type { DataFrame, Sql } from "quern";
const df0: DataFrame<{ ${Array.from({ length: columns }, (_, i) => `c${i}: ${kinds[i % kinds.length]}`).join("; ")} }> = null as any;
const other: DataFrame<{ c0: Sql.Long; name: Sql.String; rate: Sql.Double | null }> = null as any;`;

/** A step of each kind in turn; the frame stays wide. */
function stepCode(step: number): string {
  switch (step % 8) {
    case 0:
      return `.withColumns((f) => ({ u${step}: F.upper(f.c2), v${step}: f.c0.plus(f.c1) }))`;
    case 1:
      return `.withColumn("x${step}", (f) => f.c0.plus(${step}))`;
    case 2:
      return `.filter((f) => f.c1.gt(${step}).and(f.c2.like("a%")))`;
    case 3:
      return `.join(other.withColumnsRenamed({ name: "name${step}", rate: "rate${step}" }), "c0", "left")`;
    case 4:
      return `.drop("c${250 - step}")`;
    case 5:
      return `.withColumnRenamed("c${200 - step}", "r${step}")`;
    case 6:
      return `.withColumn("c1", (f) => when(f.c1.gt(0), f.c1).otherwise(f.c0))`;
    default:
      return `.join(other.groupBy("c0").agg((f) => ({ n${step}: count(), m${step}: avg(f.rate) })), (a, b) => a.c0.eq(b.c0), "inner", { suffix: "_${step}" })`;
  }
}

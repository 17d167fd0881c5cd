import { typedCells } from "../helpers/typed-cells.ts";
import { columns, stepCode, wideFrame } from "../runtime/dataframe/types/wide.ts";
import { markdownTable, median, ms, quantile } from "./statistics.ts";

const steps = 40;
const imports = 'import type { DataFrame, Sql } from "quern";';

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

    const first = typed.ran(0, `${imports}\n${wideFrame}\nexport { df0, other };`);
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
    const live = `${imports}\n${wideFrame}\nconst df1 = df0${stepCode(7)};\ndf1.filter((f) => f.c3.isNull());`;
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

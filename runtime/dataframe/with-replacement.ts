import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Plan } from "../plan/nodes.ts";
import { type Column, operand } from "./column.ts";
import { col, lit } from "./functions/core.ts";
import { explode } from "./functions/generators.ts";
import { filter } from "./functions/higher-order.ts";
import { rand } from "./functions/math.ts";
import { step } from "./step.ts";

/**
 * Each row so many times as a Poisson distribution of this mean has it, as Spark samples with replacement: one random
 * number for each row, and the row once for each value of the distribution function that is not above it.
 */
export function withReplacement(input: Plan, mean: unknown, seed: number): Plan {
  if (typeof mean !== "number" || !(mean >= 0 && Number.isFinite(mean)))
    throw new AnalysisError(
      "FRACTION",
      `sample(true, ${inspect(mean, { depth: 0 })}): with replacement the part of the rows is a number from 0`,
    );
  // The sum of Poisson's numbers is one of the sum of their means, so a large mean is taken in parts.
  const parts = Math.ceil(mean / mostMean);
  const inParts = parts < 2 ? input : added(input, PART, explode(lit(Array.from({ length: parts }, (_, i) => i))));
  const drawn = added(inParts, DRAWN, rand(seed));
  const steps = lit(distribution(mean / Math.max(1, parts)));
  const copied = added(drawn, COPY, explode(filter(steps, (reached: Column<any>) => reached.le(col(DRAWN)))));
  return step({ kind: "drop", input: copied, names: [...(parts < 2 ? [] : [PART]), DRAWN, COPY] });
}

/** The probabilities of at most 0, at most 1, at most 2 …, up to what a random number reaches. */
function distribution(mean: number): number[] {
  const reached = [Math.exp(-mean)];
  let probability = Math.exp(-mean);
  for (let count = 1; ; count++) {
    probability *= mean / count;
    const before = reached.at(-1) as number;
    // Less likely than the smallest difference of random numbers.
    if (count > mean && before + probability === before) return reached;
    reached.push(before + probability);
  }
}

const added = (input: Plan, name: string, value: Column<any, any>): Plan =>
  step({ kind: "withColumns", input, columns: [{ name, expression: operand(value) }] });

const mostMean = 50;
const PART = "__quern_part";
const DRAWN = "__quern_drawn";
const COPY = "__quern_copy";

import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import type { Plan } from "../nodes.ts";
import { isOrdered } from "../ordered.ts";
import type { Field } from "../types.ts";
import { fieldNamed } from "./fields.ts";
import { call, caseOf, column, type Deriving, intLiteral, type RuleOf, wholeLiteral } from "./rule.ts";

/**
 * The part of the rows whose numbers lie from `from` up to `to`. Every row has a number from 0 to 1 that comes of the seed
 * and its values, and of which of its equals it is: so it is the same in each query, whatever the order of the rows.
 */
export function deriveSplit({ from, to, seed }: RuleOf<"randomSplit">, deriving: Deriving): Plan {
  return chosen(deriving, seed, (number) => {
    const least = from > 0 ? [call("ge", number, double(from))] : [];
    const most = to < 1 ? [call("lt", number, double(to))] : [];
    return [...least, ...most].reduce((all, one) => call("and", all, one), call("isNotNull", number));
  });
}

/** Of the rows with each of these values the part that is given, of others none. */
export function deriveSampleBy({ name, fractions, seed }: RuleOf<"sampleBy">, deriving: Deriving): Plan {
  const { type } = fieldNamed("sampleBy", deriving.schema, name);
  const branches = fractions.map(({ value, fraction }): readonly [Expression, Expression] => {
    const wanted: Expression =
      value.kind === "literal" && value.value === null
        ? call("isNull", column(name))
        : call("eq", column(name), { kind: "cast", input: value, type, onError: "null" });
    return [wanted, double(fraction)];
  });
  if (branches.length === 0) throw new AnalysisError("FRACTION", "sampleBy needs a value with its fraction.");
  return chosen(deriving, seed, (number) => call("lt", number, caseOf(branches, double(0))));
}

function chosen({ input, schema, make }: Deriving, seed: number, condition: (number: Expression) => Expression): Plan {
  const keys = schema.filter(({ type }) => isOrdered(type)).map(({ name }) => column(name));
  const orderBy = [{ expression: keys[0] ?? intLiteral(1), descending: false, nulls: "first" } as const];
  const which: Expression = { kind: "window", call: call("row_number"), over: { partitionBy: keys, orderBy } };
  const numbered = make({ kind: "withColumns", input, columns: [{ name: ROW, expression: which }] });
  const number = call("rowFraction", wholeLiteral(seed), ...keys, column(ROW));
  const filtered = make({ kind: "filter", input: numbered, condition: condition(number) });
  return make({ kind: "drop", input: filtered, names: [ROW] });
}

const ROW = "__quern_row";

const double = (value: number): Expression => ({ kind: "literal", value, type: { kind: "double" } });

/**
 * Each row so many times as a Poisson distribution of this mean has it, as Spark samples with replacement: one random
 * number for each row, and the row once for each value of the distribution function that is not above it.
 */
export function deriveReplaced({ mean, seed }: RuleOf<"sample">, { input, make }: Deriving): Plan {
  const added = (to: Plan, name: string, expression: Expression): Plan =>
    make({ kind: "withColumns", input: to, columns: [{ name, expression }] });
  // The sum of Poisson's numbers is one of the sum of their means, so a large mean is taken in parts.
  const parts = Math.ceil(mean / mostMean);
  const numbers = Array.from({ length: parts }, (_, index) => intLiteral(index));
  const inParts = parts < 2 ? input : added(input, PART, call("explode", call("array", ...numbers)));
  const drawn = added(inParts, DRAWN, call("rand", wholeLiteral(seed)));
  const steps = call("array", ...distribution(mean / Math.max(1, parts)).map(double));
  const reached = Object.freeze({ kind: "variable", name: "x", depth: 1, part: "element", of: steps } as const);
  const condition = call("le", reached, column(DRAWN));
  const found = call("filter", steps, { kind: "lambda", parameters: [reached], body: condition });
  const copied = added(drawn, COPY, call("explode", found));
  return make({ kind: "drop", input: copied, names: [...(parts < 2 ? [] : [PART]), DRAWN, COPY] });
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

const mostMean = 50;
const PART = "__quern_part";
const DRAWN = "__quern_drawn";
const COPY = "__quern_copy";

/** The values that are there in at least this part of the rows, as an array for each column. */
export function deriveFreqItems({ names, support }: RuleOf<"freqItems">, deriving: Deriving): Plan {
  const single = names.map((name) => frequent(fieldNamed("freqItems", deriving.schema, name), support, deriving));
  const { make } = deriving;
  return single.reduce((left, right) => make({ kind: "join", left, right, how: "cross" }));
}

function frequent({ name }: Field, support: number, { input, make }: Deriving): Plan {
  const groups = [{ name: "value", expression: column(name) }];
  const counted = make({
    kind: "aggregate",
    input,
    groups,
    aggregates: [{ name: "count", expression: call("count") }],
  });
  const total: Expression = {
    kind: "window",
    call: call("sum", column("count")),
    over: { partitionBy: [], orderBy: [] },
  };
  const known = make({ kind: "withColumns", input: counted, columns: [{ name: "total", expression: total }] });
  const condition = call("ge", column("count"), call("multiply", double(support), column("total")));
  const often = make({ kind: "filter", input: known, condition });
  const aggregates = [{ name: `${name}_freqItems`, expression: call("collect_list", column("value")) }];
  return make({ kind: "aggregate", input: often, groups: [], aggregates });
}

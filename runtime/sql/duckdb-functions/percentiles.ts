import { partsOf } from "../../plan/functions/aggregates.ts";
import { isInterval } from "../../plan/interval-types.ts";
import type { Arg, Args, Call, Template, Templates } from "../dialect.ts";
import { asResult, raise } from "./parts.ts";

/** At one part, or at each of an array; of no values it is NULL, where DuckDB has an array with a NULL. */
const percentile =
  (name: "quantile_cont" | "quantile_disc"): Template =>
  (args, call) => {
    const [x, parts] = args;
    if (partsOf(parts.expression)?.length === 0)
      return asResult(`CASE WHEN count(${x.text})${call.over} < 0 THEN NULL END`, call);
    if (isInterval(x.type) && name === "quantile_cont") return ofIntervals(args, call);
    if (name === "quantile_cont" && args.length > 2) return weighted(args, call);
    const values = `${name}(${x.text}, ${parts.text})${call.over}`;
    const text = name === "quantile_cont" ? asResult(values, call) : values;
    if (parts.expression.kind !== "call") return text;
    return `CASE WHEN count(${x.text})${call.over} > 0 THEN ${text} END`;
  };

/**
 * Of values that count several times: from the least on, their numbers are added up until the two ranks beside the part
 * are reached, and what lies between their values is taken in proportion.
 */
function weighted([x, parts, frequency]: Args, call: Call): string {
  return weightedAt(x, frequency, partsIn(parts), parts.expression.kind === "call", call);
}

const partsIn = (parts: Arg): readonly number[] =>
  (partsOf(parts.expression) ?? []).map((part) => (part.kind === "literal" ? Number(part.value) : 0));

/** In Spark's own steps, as what is behind the point is cut off: DuckDB's may be a little less than a whole number. */
function ofIntervals(args: Args, call: Call): string {
  const [x, parts] = args;
  const frequency = args.length > 2 ? args[2] : ONE;
  const isList = args.length > 1 && parts.expression.kind === "call";
  const double = { operand: `CAST(${x.text} AS DOUBLE)`, text: `CAST(${x.text} AS DOUBLE)` };
  const found = weightedAt(double, frequency, args.length > 1 ? partsIn(parts) : [0.5], isList, call);
  return isList ? asResult(`list_transform(${found}, lambda v: trunc(v))`, call) : asResult(`trunc(${found})`, call);
}

type Text = Pick<Arg, "operand" | "text">;
const ONE: Text = { operand: "1", text: "1" };

function weightedAt(x: Text, frequency: Text, parts: readonly number[], isList: boolean, call: Call): string {
  const known = `${x.operand} IS NOT NULL`;
  const negative = raise(
    "[NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION] percentile: a value cannot count less than 0 times.",
  );
  const count = `CASE WHEN ${frequency.operand} < 0 AND ${known} THEN ${negative} ELSE CAST(${frequency.text} AS DOUBLE) END`;
  const list = `list(${call.distinct ? "DISTINCT " : ""}{'v': ${x.text}, 'n': ${count}}) FILTER (WHERE ${known} AND ${frequency.operand} > 0)${call.over}`;
  const sorted = `list_transform([${list}], lambda l: {'l': list_sort(l), 'n': list_sum(list_transform(l, lambda e: e['n']))})[1]`;
  const texts = parts.map(atPart);
  const result = isList ? `[${texts.join(", ")}]` : texts.join();
  return `list_transform([${sorted}], lambda s: CASE WHEN len(s['l']) > 0 THEN ${result} END)[1]`;
}

/** Each step has all that it uses in its two arguments: DuckDB takes what stands around a reduction from another row. */
function atPart(part: number): string {
  const none = "CAST(NULL AS DOUBLE)";
  const elements = `list_transform(s['l'], lambda e: {'v': e['v'], 'n': e['n'], 'rank': (s['n'] - 1) * ${part}e0, 'low': ${none}, 'high': ${none}})`;
  const reached = (round: string, side: string) =>
    `CASE WHEN a['${side}'] IS NULL AND a['n'] + e['n'] > ${round}(e['rank']) THEN e['v'] ELSE a['${side}'] END`;
  const step = `{'v': e['v'], 'n': a['n'] + e['n'], 'rank': e['rank'], 'low': ${reached("floor", "low")}, 'high': ${reached("ceil", "high")}}`;
  const start = `{'v': 0e0, 'n': 0e0, 'rank': 0e0, 'low': ${none}, 'high': ${none}}`;
  const between = "(ceil(f['rank']) - f['rank']) * f['low'] + (f['rank'] - floor(f['rank'])) * f['high']";
  const value = `CASE WHEN f['low'] = f['high'] THEN f['low'] ELSE ${between} END`;
  return `list_transform([list_reduce(${elements}, lambda a, e: ${step}, ${start})], lambda f: ${value})[1]`;
}

export const percentileTemplates: Templates = {
  median: (args, call) =>
    isInterval(args[0].type)
      ? ofIntervals(args, call)
      : asResult(`median(${call.distinct ? "DISTINCT " : ""}${args[0].text})${call.over}`, call),
  percentile: percentile("quantile_cont"),
  percentile_approx: percentile("quantile_disc"),
};

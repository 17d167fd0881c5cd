import { type DecimalType, isFraction, isInteger } from "../../plan/numeric.ts";
import type { Arg, Call, Template, Templates } from "../dialect.ts";
import { hasOrderKey, orderKey } from "../duckdb-order-key.ts";
import { literalText } from "../literal-argument.ts";
import { asResult, listed, named, once, typed } from "./parts.ts";
import { roundedText } from "./round.ts";

/** NULL for what has no logarithm, where DuckDB fails. */
const logarithm =
  (name: string): Template =>
  ([x]) =>
    `CASE WHEN ${x.operand} > 0 THEN ${name}(${x.text}) END`;

const naturalOrBase: Template = (args, call) => {
  const [base, x] = args;
  if (args.length === 1) return logarithm("ln")(args, call);
  return `CASE WHEN ${base.operand} > 0 AND ${x.operand} > 0 THEN ln(${x.text}) / ln(${base.text}) END`;
};

const toWhole =
  (name: "ceil" | "floor"): Template =>
  (args, call) => {
    const [x] = args;
    if (args.length > 1) return toPlaces(x, Number(literalText(args[1], `${name}: the number of places`)), name, call);
    if (isInteger(x.type)) return asResult(x.text, call);
    if (!isFraction(x.type)) return typed(name)(args, call);
    // As Java makes a LONG of a DOUBLE: the nearest there is, and 0 of NaN.
    return once(x, (value) => {
      const whole = `TRY_CAST(${name}(${value}) AS BIGINT)`;
      const beyond = `CASE WHEN ${value} IS NULL THEN NULL WHEN isnan(${value}) THEN 0 WHEN ${value} > 0 THEN 9223372036854775807 ELSE ${smallest} END`;
      return `coalesce(${whole}, ${beyond})`;
    });
  };

/** What is beyond the places is taken off; where that goes the wrong way, the last place gets one more. */
const toPlaces = (x: Arg, places: number, name: "ceil" | "floor", call: Call): string => {
  const { precision, scale } = x.type as DecimalType;
  if (places >= scale) return asResult(x.text, call);
  const unit = places > 0 ? `0.${"0".repeat(places - 1)}1` : `1${"0".repeat(-places)}`;
  const [isBeyond, one] = name === "ceil" ? [">", `+ ${unit}`] : ["<", `- ${unit}`];
  return once(x, (value) => {
    // The unit is larger than all there can be.
    const rest = -places >= precision - scale ? value : `${value} % ${unit}`;
    const whole = asResult(`${value} - ${rest}`, call);
    return `CASE WHEN ${rest} ${isBeyond} 0 THEN ${asResult(`${whole} ${one}`, call)} ELSE ${whole} END`;
  });
};

const smallest = "CAST(-9223372036854775808 AS BIGINT)";

const round: Template = (args, call) => {
  const { kind } = call.result.type;
  const places = args.length > 1 ? Number(literalText(args[1], "round: the number of places")) : 0;
  if (isInteger(call.result.type)) return places < 0 ? roundedInteger(args[0], places, call) : args[0].fragment;
  // Beyond 38 digits DuckDB's goes on without an error; a sum does not.
  if (call.result.type.kind === "decimal" && call.result.type.precision === 38)
    return asResult(`round(${listed(args)}) + 0`, call);
  if (kind !== "double" && kind !== "float") return typed("round")(args, call);
  if (kind === "double") return roundedText(args[0].text, places);
  return asResult(roundedText(`CAST(${args[0].text} AS DOUBLE)`, places), call);
};

/** DuckDB's own goes around beyond the type's limits. */
const roundedInteger = (x: Arg, places: number, call: Call): string => {
  const power = `CAST(1${"0".repeat(Math.min(-places, 20))} AS HUGEINT)`;
  const half = `CAST(5${"0".repeat(Math.min(-places, 20) - 1)} AS HUGEINT)`;
  return once(x, (value) => {
    const digits = `(abs(CAST(${value} AS HUGEINT)) + ${half}) // ${power} * ${power}`;
    return asResult(`CASE WHEN ${value} < 0 THEN -(${digits}) ELSE ${digits} END`, call);
  });
};

/** NaN and both zeros are their own signs in Spark. */
const sign: Template = (args, call) => {
  const [x] = args;
  if (!isFraction(x.given.type)) return typed("sign")(args, call);
  return once(x, (value) => `CASE WHEN ${value} = 0 OR isnan(${value}) THEN ${value} ELSE sign(${value}) END`);
};

/** NaN where C's function gives 1: of 1 or -1 to the power of what is no finite number. */
const pow: Template = (args, call) => {
  const [base, exponent] = args;
  if (!isFraction(exponent.given.type) || isFiniteLiteral(exponent)) return named("pow")(args, call);
  const odd = `abs(${base.text}) = 1 AND NOT isfinite(${exponent.text})`;
  return `CASE WHEN ${odd} THEN CAST('NaN' AS DOUBLE) ELSE pow(${listed(args)}) END`;
};

const isFiniteLiteral = ({ expression }: Arg) => expression.kind === "literal" && Number.isFinite(expression.value);

/** The largest or smallest that is not NULL; of arrays and structs by what orders them. */
const extreme =
  (name: "greatest" | "least"): Template =>
  (args, call) => {
    const { type } = call.result;
    if (!hasOrderKey(type)) return named(name)(args, call);
    const items = args.map(({ text }) => `{'k': ${orderKey(text, type)}, 'v': ${text}}`);
    const known = `list_filter([${items.join(", ")}], lambda g: g['v'] IS NOT NULL)`;
    return `list_aggregate(${known}, '${name === "greatest" ? "max" : "min"}')['v']`;
  };

export const mathTemplates: Templates = {
  ceil: toWhole("ceil"),
  floor: toWhole("floor"),
  round,
  // NaN for negative numbers, where DuckDB fails.
  sqrt: ([x]) => `CASE WHEN ${x.operand} < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt(${x.text}) END`,
  ln: logarithm("ln"),
  log: naturalOrBase,
  log10: logarithm("log10"),
  log2: logarithm("log2"),
  greatest: extreme("greatest"),
  least: extreme("least"),
  sign,
  signum: sign,
  pow,
};

import { isInteger } from "../../plan/numeric.ts";
import type { Template, Templates } from "../dialect.ts";
import { literalText } from "../literal-argument.ts";
import { asResult, named, typed } from "./parts.ts";
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
  (name: string): Template =>
  (args, call) =>
    isInteger(args[0].type) ? asResult(args[0].text, call) : typed(name)(args, call);

const round: Template = (args, call) => {
  const { kind } = call.result.type;
  if (kind !== "double" && kind !== "float") return typed("round")(args, call);
  const places = args.length > 1 ? Number(literalText(args[1], "round: the number of places")) : 0;
  if (kind === "double") return roundedText(args[0].text, places);
  return asResult(roundedText(`CAST(${args[0].text} AS DOUBLE)`, places), call);
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
  sign: typed("sign"),
  signum: typed("sign"),
  rand: named("random"),
};

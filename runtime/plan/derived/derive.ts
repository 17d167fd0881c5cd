import type { Plan, PlanOf } from "../nodes.ts";
import type { Schema } from "../types.ts";
import { deriveSelect, deriveTo } from "./columns.ts";
import { deriveDropna, deriveFillna, deriveReplace } from "./nulls.ts";
import { deriveNumbers } from "./numbers.ts";
import { deriveToDF, deriveToJSON, deriveUnpivot, deriveZipWithIndex } from "./reshape.ts";
import { type Deriving, makeAt } from "./rule.ts";
import { deriveFreqItems, deriveReplaced, deriveSampleBy, deriveSplit } from "./split.ts";
import { deriveStatistics } from "./statistics.ts";
import { deriveWindowedGroups } from "./windowed-groups.ts";

/** A derived step as the ordinary steps that it stands for, now that the columns of its input are known. */
export function derive(node: PlanOf<"derived">, input: Plan, schema: Schema): Plan {
  const { rule, origin, outer, subqueries } = node;
  const around = { ...(outer && { outer }), ...(subqueries && { subqueries }) };
  const deriving: Deriving = { input, schema, make: makeAt(origin), around };
  switch (rule.method) {
    case "fillna":
      return deriveFillna(rule, deriving);
    case "dropna":
      return deriveDropna(rule, deriving);
    case "replace":
      return deriveReplace(rule, deriving);
    case "describe":
    case "summary":
      return deriveStatistics(rule, deriving);
    case "unpivot":
      return deriveUnpivot(rule, deriving);
    case "toDF":
      return deriveToDF(rule, deriving);
    case "zipWithIndex":
      return deriveZipWithIndex(rule, deriving);
    case "toJSON":
      return deriveToJSON(deriving);
    case "select":
      return deriveSelect(rule, deriving);
    case "to":
      return deriveTo(rule, deriving);
    case "randomSplit":
      return deriveSplit(rule, deriving);
    case "sample":
      return deriveReplaced(rule, deriving);
    case "sampleBy":
      return deriveSampleBy(rule, deriving);
    case "freqItems":
      return deriveFreqItems(rule, deriving);
    case "sum":
    case "avg":
    case "min":
    case "max":
      return deriveNumbers(rule, deriving);
    case "agg":
      return deriveWindowedGroups(rule, deriving);
    case "pivot":
    case "transpose":
      throw new Error(`The values that ${rule.method} makes columns of are asked for first.`);
  }
}

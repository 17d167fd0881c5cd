import type { Expression } from "../../../plan/expressions.ts";
import { aliases } from "../../../plan/functions/aliases.ts";
import { type BuiltIn, isBuiltIn, mayBeOfVariant } from "../../../plan/udf/udf.ts";
import type { BuiltInFunction, Call, Instead, Planned, TypeOf } from "./built-in.ts";
import { csvFunctions } from "./csv/functions.ts";
import { jsonFunctions } from "./json/functions.ts";
import { numberFunctions } from "./numbers/functions.ts";
import { overElements } from "./over-elements.ts";
import { type Parameters as CastParameters, castValues, plannedOfVariant } from "./variant/casts.ts";
import { variantFunctions } from "./variant/functions.ts";

const table: { readonly [name: string]: BuiltInFunction<any> } = {
  ...jsonFunctions,
  ...csvFunctions,
  ...numberFunctions,
  ...variantFunctions,
};

/** Undefined for what SQL computes. */
export function planned(part: Expression, typeOf: TypeOf): Planned | Instead | undefined {
  if (mayBeOfVariant(part)) return plannedOfVariant(part, typeOf);
  return isBuiltIn(part) ? entry((part as Call).name).plan(part as Call, typeOf) : undefined;
}

/** What a part is called, among the functions here and in plans that are shown. */
export const nameOf = (part: Expression): string => (part.kind === "call" ? part.name : part.kind);

export function computing({ name, parameters, elements, nulls = "skip" }: BuiltIn): (...values: any[]) => unknown {
  const compute = OF_VARIANTS.has(name) ? castValues(parameters as CastParameters) : entry(name).compute(parameters);
  return elements === undefined ? compute : overElements(compute, elements, nulls);
}

/** They are built-in functions where there are VARIANTs in what they take. */
const OF_VARIANTS: ReadonlySet<string> = new Set(["cast", "to_json", "rowToJson"]);

const entry = (name: string): BuiltInFunction<any> =>
  table[(aliases as { readonly [name: string]: string })[name] ?? name] as BuiltInFunction<any>;

import { aliases } from "../../../plan/functions/aliases.ts";
import type { BuiltIn } from "../../../plan/udf/udf.ts";
import type { BuiltInFunction, Call, Instead, Planned, TypeOf } from "./built-in.ts";
import { csvFunctions } from "./csv/functions.ts";
import { jsonFunctions } from "./json/functions.ts";
import { numberFunctions } from "./numbers/functions.ts";
import { overElements } from "./over-elements.ts";

const table: { readonly [name: string]: BuiltInFunction<any> } = {
  ...jsonFunctions,
  ...csvFunctions,
  ...numberFunctions,
};

export const planned = (call: Call, typeOf: TypeOf): Planned | Instead => entry(call.name).plan(call, typeOf);

export function computing({ name, parameters, elements, nulls = "skip" }: BuiltIn): (...values: any[]) => unknown {
  const compute = entry(name).compute(parameters);
  return elements === undefined ? compute : overElements(compute, elements, nulls);
}

const entry = (name: string): BuiltInFunction<any> =>
  table[(aliases as { readonly [name: string]: string })[name] ?? name] as BuiltInFunction<any>;

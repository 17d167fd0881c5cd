import type { BuiltIn } from "../../../plan/udf/udf.ts";
import type { BuiltInFunction, Call, Known, Planned } from "./built-in.ts";
import { jsonFunctions } from "./json/functions.ts";

const table: { readonly [name: string]: BuiltInFunction<any> } = { ...jsonFunctions };

export const planned = (call: Call): Planned | Known => entry(call.name).plan(call);

export const computing = ({ name, parameters }: BuiltIn): ((...values: any[]) => unknown) =>
  entry(name).compute(parameters);

const entry = (name: string): BuiltInFunction<any> => table[name] as BuiltInFunction<any>;

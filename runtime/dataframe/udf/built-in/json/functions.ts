import type { Expression } from "../../../../plan/expressions.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { type BuiltInFunction, literalText, STRING } from "../built-in.ts";
import { getJsonObject } from "./get-object.ts";
import { jsonArrayLength, jsonObjectKeys, jsonTuple } from "./parts.ts";
import { parsePath, type Step } from "./path.ts";

type Json = Expression;

const getObject: BuiltInFunction<{ readonly path: readonly Step[] | null } | undefined> = {
  plan: ({ args: [json, path] }) => {
    const text = literalText(path);
    if (text === undefined) return { args: [json as Json, path as Expression], type: STRING };
    const steps = text === null ? undefined : parsePath(text);
    return { args: [json as Json], type: STRING, parameters: { path: steps ?? null } };
  },
  compute: (parameters) =>
    parameters === undefined
      ? (json: string, path: string) => getJsonObject(json, parsePath(path))
      : (json: string) => getJsonObject(json, parameters.path ?? undefined),
};

const ofText = (type: SqlType, compute: (json: string) => unknown): BuiltInFunction<undefined> => ({
  plan: ({ args: [json] }) => ({ args: [json as Json], type }),
  compute: () => compute,
});

/** One row of one struct, whose fields become the columns. */
const tuple: BuiltInFunction<{ readonly names: readonly (string | null)[] }> = {
  plan: ({ args: [json, ...given] }) => {
    const names = given.map((name) => literalText(name) ?? null);
    const fields = names.map((_, index) => ({ name: `c${index}`, type: STRING, nullable: true }));
    return {
      args: [json as Json],
      type: { kind: "struct", fields },
      nulls: "pass",
      parameters: { names },
      within: (struct) => ({
        kind: "call",
        name: "inline",
        args: [{ kind: "call", name: "array", args: [struct] }],
      }),
    };
  },
  compute:
    ({ names }) =>
    (json: string | null) =>
      Object.fromEntries(jsonTuple(json, names).map((value, index) => [`c${index}`, value])),
};

/** Functions over text that is JSON. */
export const jsonFunctions: { readonly [name: string]: BuiltInFunction<any> } = {
  get_json_object: getObject,
  json_array_length: ofText({ kind: "int" }, jsonArrayLength),
  json_object_keys: ofText({ kind: "array", element: STRING }, jsonObjectKeys),
  json_tuple: tuple,
};

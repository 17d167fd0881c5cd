import { AnalysisError, QuernError } from "../../../../errors.ts";
import type { Expression } from "../../../../plan/expressions.ts";
import { namedType } from "../../../../plan/functions/json.ts";
import { hasInterval } from "../../../../plan/interval-types.ts";
import type { SqlType } from "../../../../plan/types.ts";
import {
  type BuiltInFunction,
  hasKind,
  inError,
  literalText,
  orError,
  SESSION_ZONE,
  STRING,
  withError,
} from "../built-in.ts";
import { TextOptions } from "../text-options.ts";
import { getJsonObject } from "./get-object.ts";
import { schemaOfJson } from "./infer.ts";
import { leniencyOf } from "./options.ts";
import { jsonArrayLength, jsonObjectKeys, jsonTuple } from "./parts.ts";
import { parsePath, type Step } from "./path.ts";
import { RepeatedKey } from "./read-value.ts";
import { corruptField, readerFor } from "./reading.ts";
import { JsonError } from "./tokens.ts";

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

type FromJson = {
  readonly type: SqlType;
  readonly options: readonly (readonly [name: string, text: string])[];
  readonly failsFast: boolean;
};

const fromJson: BuiltInFunction<FromJson> = {
  plan: ({ args: [json, ddl, map] }) => {
    const type = namedType(literalText(ddl) ?? "");
    if (hasKind(type, "time") || hasInterval(type))
      throw new AnalysisError(
        "SPARK_ONLY",
        'from_json to a TIME or an INTERVAL works on Spark only here: read it as a STRING and cast that. On Spark: await use("sc://…").',
      );
    const options = TextOptions.of("from_json", map);
    const failsFast = options.mode() === "FAILFAST";
    const corrupt = corruptField(type, options);
    if (
      corrupt !== undefined &&
      type.kind === "struct" &&
      type.fields.some(({ name, type: { kind } }) => name === corrupt && kind !== "string")
    )
      throw new AnalysisError(
        "INVALID_CORRUPT_RECORD_TYPE",
        `from_json: the field "${corrupt}" for texts that are bad is a STRING.`,
      );
    // What options say wrong is told before there are rows.
    readerFor(type, options, "UTC");
    return {
      args: [json as Json, ...(needsZone(type, options) ? [SESSION_ZONE] : [])],
      type: failsFast ? withError(type) : type,
      parameters: { type, options: options.pairs, failsFast },
      ...(failsFast && { within: orError }),
    };
  },
  compute: ({ type, options, failsFast }) => {
    const given = new TextOptions("from_json", options);
    const readers = new Map<string, ReturnType<typeof readerFor>>();
    return (json: string, zone = "UTC") => {
      const read = readers.get(zone) ?? readerFor(type, given, zone);
      readers.set(zone, read);
      try {
        const { value, isBad } = read(json);
        if (!failsFast) return value;
        if (!isBad) return { value, error: null };
      } catch (error) {
        if (!(error instanceof RepeatedKey)) throw error;
        throw new QuernError(
          "DUPLICATED_MAP_KEY",
          `from_json: the key "${error.message}" stands twice in an object of ${inError(json)}, which is to be a map: on DuckDB the keys of a map are unique. Read it as a struct, or on Spark.`,
        );
      }
      const message = `[MALFORMED_RECORD_IN_PARSING] from_json: '${inError(json)}' is no JSON of its type, or a part of it is of another. The mode PERMISSIVE makes that null.`;
      return { value: null, error: message };
    };
  },
};

const needsZone = (type: SqlType, options: TextOptions): boolean =>
  options.text("timeZone") === undefined && hasKind(type, "timestamp");

const schemaOf: BuiltInFunction<undefined> = {
  plan: ({ args: [json, map] }) => {
    const text = literalText(json);
    const options = TextOptions.of("schema_of_json", map);
    for (const name of ["prefersDecimal", "inferTimestamp"])
      if (options.isTrue(name, false)) throw options.onSparkOnly(name, "TypeScript infers the types here without it");
    if (typeof text !== "string") throw new AnalysisError("UNEXPECTED_NULL", "schema_of_json needs a text, not NULL.");
    const inference = {
      leniency: leniencyOf(options),
      primitivesAsString: options.isTrue("primitivesAsString", false),
      dropsNulls: options.isTrue("dropFieldIfAllNull", false),
    };
    try {
      return { instead: { kind: "literal", value: schemaOfJson(text, inference), type: STRING } };
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      throw new AnalysisError("MALFORMED_JSON", `schema_of_json: '${inError(text)}' is no JSON (${error.message}).`);
    }
  },
  compute: () => () => null,
};

/** Functions over text that is JSON. */
export const jsonFunctions: { readonly [name: string]: BuiltInFunction<any> } = {
  get_json_object: getObject,
  json_array_length: ofText({ kind: "int" }, jsonArrayLength),
  json_object_keys: ofText({ kind: "array", element: STRING }, jsonObjectKeys),
  json_tuple: tuple,
  from_json: fromJson,
  schema_of_json: schemaOf,
};

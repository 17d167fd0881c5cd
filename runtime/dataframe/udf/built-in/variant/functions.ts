import { QuernError } from "../../../../errors.ts";
import type { Expression } from "../../../../plan/expressions.ts";
import { namedType } from "../../../../plan/functions/json.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { VARIANT } from "../../../../plan/variant-types.ts";
import type { Step } from "../../../variant/decode.ts";
import { encode, MOST_BYTES } from "../../../variant/encode.ts";
import type { Encoded } from "../../../variant/encoded.ts";
import type { Node } from "../../../variant/node.ts";
import { type BuiltInFunction, inError, literalText, orError, SESSION_ZONE, STRING, withError } from "../built-in.ts";
import { JsonError } from "../json/tokens.ts";
import { castNode, InvalidCast, refuseTimes } from "./cast.ts";
import { parseVariant } from "./parse.ts";
import { variantPath } from "./path.ts";
import { common, NOTHING, type Shape, shapeOf, shapeText } from "./schema.ts";
import { toVariant } from "./to-variant.ts";

const parse = (orNull: boolean): BuiltInFunction<undefined> => ({
  plan: ({ args: [json] }) =>
    orNull
      ? { args: [json as Expression], type: VARIANT }
      : { args: [json as Expression], type: withError(VARIANT), within: orError, strict: true },
  compute: () => (json: string) => {
    try {
      const value = sized(parseVariant(json));
      return orNull ? value : { value, error: null };
    } catch (error) {
      if (!(error instanceof JsonError) && !(error instanceof TooLarge)) throw error;
      if (orNull) return null;
      const message =
        error instanceof TooLarge
          ? `[VARIANT_SIZE_LIMIT] parse_json: ${error.message}`
          : `[MALFORMED_RECORD_IN_PARSING] parse_json: '${inError(json)}' is no JSON (${error.message}). With try_parse_json it is null.`;
      return { value: null, error: message };
    }
  },
});

class TooLarge extends Error {}

function sized(node: Node): Encoded {
  const encoded = encode(node);
  if (encoded.value.length <= MOST_BYTES && encoded.metadata.length <= MOST_BYTES) return encoded;
  throw new TooLarge("the VARIANT would have more than 128 MiB.");
}

type Getting = { readonly path: readonly Step[] | null; readonly type: SqlType };

const get = (name: string, orNull: boolean): BuiltInFunction<Getting> => ({
  plan: ({ args: [value, path, ddl] }) => {
    const text = literalText(path);
    const type = ddl === undefined ? VARIANT : namedType(literalText(ddl) ?? "");
    refuseTimes(type, `${name} casts a VARIANT`);
    const canFail = !orNull || text === undefined;
    return {
      args: [value as Expression, path as Expression, SESSION_ZONE],
      type: canFail ? withError(type) : type,
      parameters: { path: typeof text === "string" ? variantPath(text, name) : null, type },
      ...(canFail && { within: orError }),
    };
  },
  compute:
    ({ path, type }) =>
    (value: Encoded, text: string, zone: string) => {
      const canFail = !orNull || path === null;
      try {
        const node = value.at(path ?? variantPath(text, name));
        const found = node === undefined ? null : castNode(node, type, { zone, orNull });
        return canFail ? { value: found, error: null } : found;
      } catch (error) {
        if (error instanceof InvalidCast) return { value: null, error: error.message };
        if (!(error instanceof QuernError) || error.code !== "INVALID_VARIANT_GET_PATH") throw error;
        return { value: null, error: `[${error.code}] ${error.message}` };
      }
    },
});

/** The last of them says the shape of all, as texts: what they are of has been computed by then. */
const schemaOfAll: BuiltInFunction<undefined> = {
  plan: ({ args: [value] }) => ({
    args: [{ kind: "call", name: "collect_set", args: [shapeJson(value as Expression)] }],
    type: STRING,
    strict: true,
  }),
  compute: () => (shapes: string[]) =>
    shapeText(shapes.map((shape): Shape => JSON.parse(shape)).reduce(common, NOTHING)),
};

const shapeJson = (value: Expression): Expression => ({ kind: "call", name: "shapeOfVariant", args: [value] });

/** Functions over VARIANTs. */
export const variantFunctions: { readonly [name: string]: BuiltInFunction<any> } = {
  parse_json: parse(false),
  try_parse_json: parse(true),
  variant_get: get("variant_get", false),
  try_variant_get: get("try_variant_get", true),
  to_variant_object: {
    plan: ({ args: [value] }, typeOf) => ({
      args: [value as Expression],
      type: VARIANT,
      strict: true,
      parameters: { type: typeOf(value as Expression) },
    }),
    compute: ({ type }) => {
      const convert = toVariant(type);
      return (value: unknown) => encode(convert(value));
    },
  },
  schema_of_variant: {
    plan: ({ args: [value] }) => ({ args: [value as Expression], type: STRING, strict: true }),
    compute: () => (value: Encoded) => shapeText(shapeOf(value.node())),
  },
  schema_of_variant_agg: schemaOfAll,
  shapeOfVariant: {
    plan: ({ args: [value] }) => ({ args: [value as Expression], type: STRING }),
    compute: () => (value: Encoded) => JSON.stringify(shapeOf(value.node())),
  },
  is_valid_variant: {
    plan: ({ args: [value] }) => ({ args: [value as Expression], type: { kind: "boolean" }, strict: true }),
    compute: () => (value: Encoded) => isValid(value),
  },
};

function isValid(value: Encoded): boolean {
  try {
    value.node();
    return true;
  } catch (error) {
    if (error instanceof QuernError) return false;
    throw error;
  }
}

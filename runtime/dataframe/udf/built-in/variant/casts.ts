import type { Expression } from "../../../../plan/expressions.ts";
import { sameType } from "../../../../plan/numeric.ts";
import { typeName } from "../../../../plan/type-names.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { hasVariant, withoutVariants } from "../../../../plan/variant-types.ts";
import { encode } from "../../../variant/encode.ts";
import type { Encoded } from "../../../variant/encoded.ts";
import { variantText } from "../../../variant/text.ts";
import { type Call, orError, type Planned, SESSION_ZONE, STRING, type TypeOf, withError } from "../built-in.ts";
import { type Casting, castNode, InvalidCast, refuseTimes } from "./cast.ts";
import { toVariant } from "./to-variant.ts";

type Cast = Extract<Expression, { kind: "cast" }>;

/** The functions that these parts of a plan are computed by. */
export type Parameters = {
  readonly from: SqlType;
  readonly to: SqlType;
  readonly orNull: boolean;
  readonly canFail: boolean;
  readonly isJson: boolean;
};

/** What a cast, or JSON, is computed from where VARIANTs are in it; undefined where there are none. */
export function plannedOfVariant(
  part: Expression,
  typeOf: TypeOf,
): (Planned & { readonly parameters: Parameters }) | undefined {
  if (part.kind === "cast") return plannedCast(part, typeOf(part.input));
  if (part.kind !== "call") return undefined;
  const call: Call = part;
  const value: Expression | undefined =
    call.name === "rowToJson" ? { kind: "call", name: "struct", args: call.args } : call.args[0];
  return value && plannedJson(value, typeOf(value), call.name === "rowToJson" ? [] : call.args.slice(1));
}

function plannedCast({ input, type: to, onError }: Cast, from: SqlType) {
  // In the text of what they are inside of, VARIANTs are JSON, in UTC.
  if (to.kind === "string" && from.kind !== "variant") {
    if (!hasVariant(from)) return undefined;
    const type = withoutVariants(from, to);
    return {
      args: [input, { kind: "literal", value: "UTC", type: to } as const],
      type,
      parameters: { from, to: type, orNull: true, canFail: false, isJson: true },
      within: (computed: Expression): Expression => ({ kind: "cast", input: computed, type: to, onError }),
    };
  }
  const target = withVariantsCast(from, to);
  if (sameType(from, target) || from.kind === "void") return undefined;
  refuseTimes(target, "A VARIANT is cast");
  const orNull = onError === "null";
  const canFail = !orNull && hasVariant(from);
  const within = (computed: Expression): Expression => {
    const value = canFail ? orError(computed) : computed;
    return sameType(target, to) ? value : { kind: "cast", input: value, type: to, onError };
  };
  return {
    args: [input, SESSION_ZONE],
    type: canFail ? withError(target) : target,
    parameters: { from, to: target, orNull, canFail, isJson: false },
    within,
  };
}

/** The type of values of which the parts alone have been cast that are VARIANTs, or become some; SQL does the others. */
function withVariantsCast(from: SqlType, to: SqlType): SqlType {
  if (from.kind === "variant" || to.kind === "variant") return to;
  if (from.kind === "array" && to.kind === "array")
    return { ...from, element: withVariantsCast(from.element, to.element) };
  if (from.kind === "map" && to.kind === "map") return { ...from, value: withVariantsCast(from.value, to.value) };
  if (from.kind !== "struct" || to.kind !== "struct") return from;
  const fields = from.fields.map((field, i) => ({
    ...field,
    type: withVariantsCast(field.type, to.fields[i]?.type ?? field.type),
  }));
  return { ...from, fields };
}

/** VARIANTs become JSON, and SQL writes what is around them. */
function plannedJson(value: Expression, from: SqlType, options: readonly Expression[]) {
  if (!hasVariant(from)) return undefined;
  const to = withoutVariants(from, STRING);
  return {
    args: [value, SESSION_ZONE],
    type: to,
    parameters: { from, to, orNull: true, canFail: false, isJson: true },
    within: (computed: Expression): Expression => ({
      kind: "call",
      name: "toJsonAround",
      args: [computed, { kind: "literal", value: typeName(from), type: STRING }, ...options],
    }),
  };
}

export function castValues({
  from,
  to,
  orNull,
  canFail,
  isJson,
}: Parameters): (value: unknown, zone: string) => unknown {
  const convert = converter(from, to, isJson);
  return (value, zone) => {
    try {
      const found = convert(value, { zone, orNull });
      return canFail ? { value: found, error: null } : found;
    } catch (error) {
      if (!(error instanceof InvalidCast)) throw error;
      return { value: null, error: error.message };
    }
  };
}

type Convert = (value: any, casting: Casting) => unknown;

function converter(from: SqlType, to: SqlType, isJson: boolean): Convert {
  const inside = (a: SqlType, b: SqlType): Convert => {
    const convert = converter(a, b, isJson);
    return (value, casting) => (value === null ? null : convert(value, casting));
  };
  if (from.kind === "variant")
    return isJson
      ? (value: Encoded, { zone }) => variantText(value.node(), zone)
      : (value: Encoded, casting) => castNode(value.node(), to, casting);
  if (to.kind === "variant") {
    const convert = toVariant(from);
    return (value) => encode(convert(value));
  }
  if (from.kind === "array" && to.kind === "array") {
    const item = inside(from.element, to.element);
    return (value: unknown[], casting) => value.map((one) => item(one, casting));
  }
  if (from.kind === "map" && to.kind === "map") {
    const item = inside(from.value, to.value);
    return (value: Map<unknown, unknown>, casting) =>
      new Map([...value].map(([key, one]) => [key, item(one, casting)]));
  }
  if (from.kind === "struct" && to.kind === "struct") {
    const fields = from.fields.map((field, i) => {
      const own = to.fields[i] ?? field;
      return [field.name, own.name, inside(field.type, own.type)] as const;
    });
    return (value, casting) =>
      Object.fromEntries(fields.map(([name, own, convert]) => [own, convert(value[name], casting)]));
  }
  return (value) => value;
}

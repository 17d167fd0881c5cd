import type { Schema, SqlType } from "../../plan/types.ts";
import { kindOf, type VegaKind } from "./column.ts";
import { splitAccessPath } from "./vega.ts";

/**
 * Gives encodings without a type that of their column: Vega-Lite itself would take every plain field for a name. A
 * numeric column is a name where it says which bar, or which small chart. Names of columns that Vega-Lite would read as
 * paths into objects are escaped.
 */
export function withTypes(spec: unknown, schema: Schema): unknown {
  const usermeta = (spec as { usermeta?: { quern?: { discrete?: string } } }).usermeta;
  return typed(spec, { schema, discrete: usermeta?.quern?.discrete });
}

type Context = { readonly schema: Schema; readonly discrete: string | undefined };

function typed(node: unknown, context: Context): unknown {
  if (Array.isArray(node)) return node.map((item) => typed(item, context));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => {
    if (key === "encoding" && typeof value === "object" && value !== null) return [key, encoding(value, context)];
    return [key, containers.has(key) ? typed(value, context) : value];
  });
  return Object.fromEntries(entries);
}

/** Where specifications hold other specifications. */
const containers = new Set(["layer", "spec", "concat", "hconcat", "vconcat"]);

function encoding(channels: object, context: Context): object {
  return Object.fromEntries(
    Object.entries(channels).map(([channel, given]) => {
      const one = (definition: unknown) => channelType(definition, channel, context);
      return [channel, Array.isArray(given) ? given.map(one) : one(given)];
    }),
  );
}

const facets = new Set(["row", "column", "facet", "shape"]);
// Positions of a range have the type of its other end.
const untyped = new Set(["x2", "y2", "theta2", "radius2", "xError", "yError", "xError2", "yError2"]);

function channelType(given: unknown, channel: string, context: Context): unknown {
  if (typeof given !== "object" || given === null) return given;
  const definition = { ...given } as { [property: string]: unknown };
  if (definition.condition !== undefined) {
    const one = (condition: unknown) => channelType(condition, channel, context);
    definition.condition = Array.isArray(definition.condition)
      ? definition.condition.map(one)
      : one(definition.condition);
  }
  const found = typeof definition.field === "string" ? findField(definition.field, context.schema) : undefined;
  if (!found) return definition;
  // Vega-Lite would show the escapes.
  if (found.name !== undefined && definition.title === undefined) definition.title = titleOf(definition, found.name);
  definition.field = found.field;
  if (definition.type !== undefined || untyped.has(channel)) return definition;
  const type = typeFor(definition, found.kind, channel, context.discrete);
  return type === undefined ? definition : { ...definition, type };
}

function typeFor(
  definition: { readonly [property: string]: unknown },
  kind: VegaKind,
  channel: string,
  discrete: string | undefined,
) {
  const { bin, timeUnit, aggregate } = definition;
  const isDiscrete = channel === discrete;
  // A part of the year, the week or the day is a name to a bar: twelve months, not a stretch of 2012.
  if (typeof timeUnit === "string") return isDiscrete && !timeUnit.includes("year") ? "ordinal" : undefined;
  if ((bin && bin !== "binned") || timeUnit || aggregate) return undefined;
  if (kind === "number") return isDiscrete || facets.has(channel) ? "ordinal" : "quantitative";
  if (kind === "time") return facets.has(channel) ? "ordinal" : "temporal";
  return "nominal";
}

/** A field as Vega-Lite has to be told it, and what is in it: a column by its very name, or a path into a struct. */
function findField(field: string, schema: Schema): Found | undefined {
  const unescaped = field.replace(/\\(.)/g, "$1");
  const column = schema.find(({ name }) => name === field) ?? schema.find(({ name }) => name === unescaped);
  if (column) {
    const escaped = column.name.replace(/[\\.[\]'"]/g, "\\$&");
    return { field: escaped, kind: kindOf(column.type), ...(escaped !== column.name && { name: column.name }) };
  }
  const type = pathType(field, schema);
  return type && { field, kind: kindOf(type) };
}

type Found = {
  readonly field: string;
  readonly kind: VegaKind;
  /** The column's name, where the field has it with escapes. */
  readonly name?: string;
};

/** As Vega-Lite writes it. */
function titleOf({ aggregate, bin, timeUnit }: { readonly [property: string]: unknown }, name: string): string {
  if (typeof aggregate === "string") return `${aggregate.charAt(0).toUpperCase()}${aggregate.slice(1)} of ${name}`;
  if (bin && bin !== "binned") return `${name} (binned)`;
  return typeof timeUnit === "string" ? `${name} (${timeUnit})` : name;
}

function pathType(field: string, schema: Schema): SqlType | undefined {
  let path: string[];
  try {
    path = splitAccessPath(field);
  } catch {
    return undefined;
  }
  let type: SqlType = { kind: "struct", fields: schema };
  for (const step of path) {
    const inner: SqlType | undefined =
      type.kind === "struct" ? type.fields.find(({ name }) => name === step)?.type : undefined;
    if (!inner) return undefined;
    type = inner;
  }
  return type;
}

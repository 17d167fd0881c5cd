import { writeMember } from "./enumeration.ts";
import { quoted, shortened } from "./error.ts";
import { plainValue } from "./json.ts";
import { type Item, type Lazy, propertyKey, type Shape, shapeText } from "./shape.ts";
import { writeDate, writeTemporal } from "./time.ts";
import { bracketed, type Written } from "./written.ts";

/** A value of {@link parseJson} as TypeScript writes it, checked against the shape; `at` names the value in messages. */
export function fromJson(shape: Shape, given: unknown, at: string): Written {
  const value = plainValue(given);
  switch (shape.kind) {
    case "string":
      return typeof value === "string" ? { code: JSON.stringify(value) } : isNot(shape, value, at);
    case "boolean":
      return typeof value === "boolean" ? { code: String(value) } : isNot(shape, value, at);
    case "number":
      return fromNumber(value, at);
    case "bigint":
      return fromInteger(value, at);
    case "null":
      return value === null ? { code: "null" } : isNot(shape, value, at);
    case "undefined":
      return value === undefined ? { code: "undefined" } : isNot(shape, value, at);
    case "literal":
      return fromLiteral(shape, value, at);
    case "union":
      return fromUnion(shape, value, at);
    case "array":
      if (!Array.isArray(value)) return isNot(shape, value, at);
      return list(value.map((item, index) => fromJson(shape.of(), item, `${at}[${index}]`)));
    case "tuple":
      return fromTuple(shape, value, at);
    case "object":
      return isObject(value) ? fromObject(shape, value, at) : isNot(shape, value, at);
    case "json":
      return fromAnything(value, at);
    case "date":
      return typeof value === "string" ? writeDate(value, at) : isNot(shape, value, at);
    case "temporal":
      return typeof value === "string" ? writeTemporal(shape.name, value, at) : isNot(shape, value, at);
    case "enum":
      return writeMember(shape.name, shape.members, value, at);
    case "unknowable":
      return { wrong: `${at} cannot be checked without running the notebook, since ${shape.because}` };
  }
}

const isNot = (shape: Shape, value: unknown, at: string): Written => ({
  wrong: `${at} is ${valueText(value)}, not ${shape.kind === "union" ? "one of " : ""}${shortened(shapeText(shape))}`,
});

/** A value as it stands in messages. */
function valueText(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `a list of ${value.length}`;
  if (isObject(value)) return "an object";
  return String(value);
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fromNumber(value: unknown, at: string): Written {
  if (typeof value === "bigint") {
    return { wrong: `${at} is ${value}, which number cannot hold exactly (bigint can)` };
  }
  if (typeof value !== "number") return isNot({ kind: "number" }, value, at);
  if (!Number.isFinite(value)) return { wrong: `${at} is too large for a number` };
  return { code: Object.is(value, -0) ? "-0" : String(value) };
}

function fromInteger(value: unknown, at: string): Written {
  if (typeof value === "bigint") return { code: `${value}n` };
  if (typeof value === "number" && Number.isInteger(value)) return { code: `${BigInt(value)}n` };
  if (typeof value === "string" && /^-?\d+$/.test(value)) return { code: `${BigInt(value)}n` };
  return isNot({ kind: "bigint" }, value, at);
}

function fromLiteral(shape: Shape & { kind: "literal" }, value: unknown, at: string): Written {
  if (typeof shape.value === "bigint") {
    const written = fromInteger(value, at);
    return "code" in written && written.code === `${shape.value}n` ? written : isNot(shape, value, at);
  }
  return value === shape.value ? { code: JSON.stringify(value) } : isNot(shape, value, at);
}

function fromUnion(shape: Shape & { kind: "union" }, value: unknown, at: string): Written {
  const tries = shape.members.map((member) => fromJson(member, value, at));
  const fit = tries.find((written) => "code" in written);
  if (fit) return fit;
  // Where one member alone could hold such a value, what it says is more to the point.
  const near = shape.members.flatMap((member, index) => (isNear(member, value) ? (tries[index] ?? []) : []));
  return near.length === 1 && near[0] ? near[0] : isNot(shape, value, at);
}

const isNear = ({ kind }: Shape, value: unknown): boolean =>
  kind === "unknowable" ||
  (typeof value === "string" && (kind === "date" || kind === "temporal")) ||
  (Array.isArray(value) ? kind === "array" || kind === "tuple" : isObject(value) && kind === "object");

function fromTuple({ items, rest }: Shape & { kind: "tuple" }, value: unknown, at: string): Written {
  const least = items.filter(({ optional }) => !optional).length;
  if (!Array.isArray(value)) return isNot({ kind: "tuple", items, ...(rest && { rest }) }, value, at);
  if (value.length < least || (!rest && value.length > items.length)) {
    const most = rest ? " or more" : items.length > least ? ` to ${items.length}` : "";
    return { wrong: `${at} has ${value.length} items, not ${least}${most}` };
  }
  const anything: Lazy = () => ({ kind: "json" });
  return list(
    value.map((item, index) => fromJson((items[index]?.shape ?? rest ?? anything)(), item, `${at}[${index}]`)),
  );
}

function fromObject(
  { properties, others }: Shape & { kind: "object" },
  value: { readonly [key: string]: unknown },
  at: string,
): Written {
  const place = (name: string) => (propertyKey(name) === name ? `${at}.${name}` : `${at}[${quoted(name)}]`);
  for (const [name, { optional }] of properties) {
    if (!optional && !Object.hasOwn(value, name)) return { wrong: `${place(name)} is missing` };
  }
  const fields: string[] = [];
  for (const [name, inner] of Object.entries(value)) {
    const shape = (properties.get(name) as Item | undefined)?.shape ?? others;
    if (!shape) {
      const known = [...properties.keys()].join(", ");
      return { wrong: `${place(name)} is not in the type${known && `, which has ${known}`}` };
    }
    const written = fromJson(shape(), inner, place(name));
    if ("wrong" in written) return written;
    fields.push(`${codeKey(name)}: ${written.code}`);
  }
  return { code: bracketed("{", fields) };
}

/** `__proto__: value` would set the prototype. */
const codeKey = (name: string): string => (name === "__proto__" ? '["__proto__"]' : propertyKey(name));

function fromAnything(given: unknown, at: string): Written {
  const value = plainValue(given);
  if (Array.isArray(value)) return list(value.map((item, index) => fromAnything(item, `${at}[${index}]`)));
  if (isObject(value)) {
    return fromObject({ kind: "object", properties: new Map(), others: () => ({ kind: "json" }) }, value, at);
  }
  return typeof value === "number" || typeof value === "bigint"
    ? fromNumber(value, at)
    : { code: JSON.stringify(value) };
}

function list(items: readonly Written[]): Written {
  const codes: string[] = [];
  for (const item of items) {
    if ("wrong" in item) return item;
    codes.push(item.code);
  }
  return { code: bracketed("[", codes) };
}

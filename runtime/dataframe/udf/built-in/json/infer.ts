import { JsonParser } from "./parser.ts";
import { JsonError, type Leniency, Token } from "./tokens.ts";
import { encodable } from "./write.ts";

/** A type as far as a text shows it; "null" fits any other. */
type Seen =
  | "null"
  | "string"
  | "boolean"
  | "long"
  | "double"
  | { readonly precision: number; readonly scale: number }
  | { readonly element: Seen }
  | { readonly fields: readonly SeenField[] };
type SeenField = { readonly name: string; readonly type: Seen };

export type Inference = {
  readonly leniency: Leniency;
  readonly primitivesAsString: boolean;
  readonly dropsNulls: boolean;
};

/** The type of a text, in SQL. @throws JsonError for what is no JSON */
export function schemaOfJson(json: string, inference: Inference): string {
  const parser = new JsonParser(json, inference.leniency);
  parser.next();
  const seen = infer(parser, inference);
  const type = finished(seen, inference);
  if (type !== undefined) return sqlOf(type);
  if (isStruct(seen)) return "STRUCT<>";
  return isArray(seen) && isStruct(seen.element) ? "ARRAY<STRUCT<>>" : "STRING";
}

function infer(parser: JsonParser, inference: Inference): Seen {
  switch (parser.token) {
    case Token.NAME:
      parser.next();
      return infer(parser, inference);
    case Token.END:
    case Token.NULL:
      return "null";
    case Token.STRING:
      return parser.string === "" ? "null" : "string";
    case Token.TRUE:
    case Token.FALSE:
      return inference.primitivesAsString ? "string" : "boolean";
    case Token.INTEGER:
      return inference.primitivesAsString ? "string" : integerType(parser.number);
    case Token.FLOAT:
      return inference.primitivesAsString ? "string" : "double";
    case Token.START_OBJECT: {
      const fields: SeenField[] = [];
      for (let token = parser.next(); token !== Token.END && token !== Token.END_OBJECT; token = parser.next())
        fields.push({ name: parser.name ?? "", type: infer(parser, inference) });
      return { fields: fields.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) };
    }
    case Token.START_ARRAY: {
      let element: Seen = "null";
      for (let token = parser.next(); token !== Token.END && token !== Token.END_ARRAY; token = parser.next())
        element = common(element, infer(parser, inference));
      return { element };
    }
    default:
      throw new JsonError("no value");
  }
}

/** What is beyond a LONG is a DECIMAL, or a DOUBLE where no DECIMAL holds it. */
function integerType(digits: string): Seen {
  const value = BigInt(digits);
  if (BigInt.asIntN(64, value) === value) return "long";
  const precision = digits.replace("-", "").length;
  return precision > 38 ? "double" : { precision, scale: 0 };
}

/** The type that holds the values of both; else all of them are texts. */
function common(a: Seen, b: Seen): Seen {
  if (a === b || b === "null") return a;
  if (a === "null") return b;
  if (isDecimal(a) && isDecimal(b)) return { precision: Math.max(a.precision, b.precision), scale: 0 };
  if (isNumber(a) && isNumber(b)) {
    if (a === "double" || b === "double") return "double";
    // Twenty digits hold any LONG.
    return { precision: Math.max(20, isDecimal(a) ? a.precision : isDecimal(b) ? b.precision : 0), scale: 0 };
  }
  if (isArray(a) && isArray(b)) return { element: common(a.element, b.element) };
  if (isStruct(a) && isStruct(b)) return { fields: merged(a.fields, b.fields) };
  return "string";
}

/** Both are in the order of their names. */
function merged(a: readonly SeenField[], b: readonly SeenField[]): SeenField[] {
  const fields: SeenField[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && right !== undefined && left.name === right.name) {
      fields.push({ name: left.name, type: common(left.type, right.type) });
      i += 1;
      j += 1;
    } else if (right === undefined || (left !== undefined && left.name < right.name)) {
      fields.push(left as SeenField);
      i += 1;
    } else {
      fields.push(right);
      j += 1;
    }
  }
  return fields;
}

/** What only nulls were seen of is text; structs without fields and fields without names are left out. */
function finished(type: Seen, inference: Inference): Seen | undefined {
  if (type === "null") return inference.dropsNulls ? undefined : "string";
  if (isArray(type)) {
    const element = finished(type.element, inference);
    return element && { element };
  }
  if (!isStruct(type)) return type;
  const fields = type.fields.flatMap(({ name, type: own }): SeenField[] => {
    const inner = name === "" ? undefined : finished(own, inference);
    return inner === undefined ? [] : [{ name, type: inner }];
  });
  return fields.length === 0 ? undefined : { fields };
}

function sqlOf(type: Seen): string {
  if (isDecimal(type)) return `DECIMAL(${type.precision},${type.scale})`;
  if (isArray(type)) return `ARRAY<${sqlOf(type.element)}>`;
  if (isStruct(type))
    return `STRUCT<${type.fields.map((one) => `${nameOf(encodable(one.name))}: ${sqlOf(one.type)}`).join(", ")}>`;
  return NAMES[type];
}

const NAMES = { null: "STRING", string: "STRING", boolean: "BOOLEAN", long: "BIGINT", double: "DOUBLE" } as const;

const nameOf = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;

type SeenOf<K extends string> = Extract<Seen, { readonly [N in K]: unknown }>;
const has = <K extends string>(type: Seen, key: K): type is SeenOf<K> => typeof type === "object" && key in type;
const isDecimal = (type: Seen): type is SeenOf<"precision"> => has(type, "precision");
const isArray = (type: Seen): type is SeenOf<"element"> => has(type, "element");
const isStruct = (type: Seen): type is SeenOf<"fields"> => has(type, "fields");
const isNumber = (type: Seen): boolean => type === "long" || type === "double" || isDecimal(type);

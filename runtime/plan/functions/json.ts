import { parseSchema, parseType } from "../type-names.ts";
import type { SqlType } from "../types.ts";
import { BOOLEAN, DOUBLE, type Functions, INT, LONG, type Result, STRING, scalar } from "./entry.ts";

const mayBeNull =
  (type: SqlType): Result =>
  () => ({ type, nullable: true });

/** The type that a text of columns ("a INT, b STRING") or of a type ("array<int>") names. */
const named =
  (isFit: (type: SqlType) => boolean, needs: string): Result =>
  ([, ddl]) => {
    if (ddl?.expression.kind !== "literal") return "needs a type as text";
    const type = namedType(String(ddl.expression.value));
    return isFit(type) ? { type, nullable: true } : needs;
  };

/** All that is in it may be null. */
export function namedType(ddl: string): SqlType {
  return nullable(typeOf(ddl));
}

function typeOf(ddl: string): SqlType {
  try {
    return parseType(ddl);
  } catch {
    return { kind: "struct", fields: parseSchema(ddl) };
  }
}

function nullable(type: SqlType): SqlType {
  switch (type.kind) {
    case "array":
      return { ...type, element: nullable(type.element) };
    case "map":
      return { ...type, value: nullable(type.value) };
    case "struct":
      return {
        ...type,
        fields: type.fields.map((field) => ({ ...field, type: nullable(field.type), nullable: true })),
      };
    default:
      return type;
  }
}

const isOfJson = (type: SqlType): boolean =>
  ["struct", "array", "map", "variant"].includes(type.kind) && hasTextKeys(type);

function hasTextKeys(type: SqlType): boolean {
  switch (type.kind) {
    case "array":
      return hasTextKeys(type.element);
    case "map":
      return type.key.kind === "string" && hasTextKeys(type.value);
    case "struct":
      return type.fields.every((field) => hasTextKeys(field.type));
    default:
      return true;
  }
}

const found = (type: SqlType) => scalar("words string!", () => ({ type, nullable: true }));

const asText: Result = ([value]) =>
  value?.type.kind === "struct" ? { type: STRING, nullable: value.nullable } : "needs a struct";

/** Functions over text that is JSON, CSV or XML. */
export const json: Functions = {
  from_json: scalar(
    "words string! map?",
    named(isOfJson, "needs the type of a struct, an array or a map, or VARIANT, and texts as keys of maps"),
  ),
  from_csv: scalar(
    "words string! map?",
    named((type) => type.kind === "struct", "needs columns"),
  ),
  /** Of a struct of a value and the error that may be in its place: the value, or the error is raised. */
  orError: scalar("any", ([struct]) => {
    const value = struct?.type.kind === "struct" ? struct.type.fields[0] : undefined;
    return value ? { type: value.type, nullable: struct?.nullable ?? true } : "needs a struct";
  }),
  to_json: scalar("any map?", ([value]) =>
    value && ["struct", "map", "array", "variant"].includes(value.type.kind)
      ? { type: STRING, nullable: value.nullable }
      : "needs a struct, a map, an array or a VARIANT",
  ),
  /** to_json of a struct of these columns. */
  rowToJson: scalar("any any...", () => ({ type: STRING, nullable: false })),
  /** Null for a single field that is null, as no line would be written. */
  to_csv: scalar("any map?", ([value]) =>
    value?.type.kind === "struct"
      ? { type: STRING, nullable: value.nullable || value.type.fields.length === 1 }
      : "needs a struct",
  ),
  schema_of_json: scalar("string! map?", () => ({ type: STRING, nullable: false })),
  schema_of_csv: scalar("string! map?", () => ({ type: STRING, nullable: false })),
  get_json_object: scalar("words words", mayBeNull(STRING)),
  json_array_length: scalar("words", mayBeNull(INT)),
  json_object_keys: scalar("words", mayBeNull({ kind: "array", element: STRING })),
  from_xml: scalar(
    "words string! map?",
    named((type) => type.kind === "struct", "needs columns"),
  ),
  to_xml: scalar("any map?", asText),
  schema_of_xml: scalar("string! map?", () => ({ type: STRING, nullable: false })),
  xpath: found({ kind: "array", element: STRING }),
  xpath_boolean: found(BOOLEAN),
  xpath_double: found(DOUBLE),
  xpath_float: found({ kind: "float" }),
  xpath_int: found(INT),
  xpath_long: found(LONG),
  xpath_number: found(DOUBLE),
  xpath_short: found({ kind: "short" }),
  xpath_string: found(STRING),
};

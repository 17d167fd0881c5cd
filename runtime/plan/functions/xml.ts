import type { SqlType } from "../types.ts";
import { BOOLEAN, DOUBLE, type Functions, INT, LONG, type Result, STRING, scalar } from "./entry.ts";
import { named } from "./json.ts";

const found = (type: SqlType) => scalar("words string!", () => ({ type, nullable: true }));

const asText: Result = ([value]) =>
  value?.type.kind === "struct" ? { type: STRING, nullable: value.nullable } : "needs a struct";

/** Functions over text that is XML. */
export const xml: Functions = {
  from_xml: scalar("words string! map?", named),
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

import { fieldName } from "../../plan/functions/collections.ts";
import type { SqlType } from "../../plan/types.ts";
import type { Arg, Template, Templates, Unconverted } from "../dialect.ts";
import { quoteName, quoteText } from "../duckdb-literal.ts";
import { type Fragment, tight } from "../fragment.ts";
import { literalText } from "../literal-argument.ts";
import { asResult, eachOnce, once, zeroIndex } from "./parts.ts";

const struct: Template = (args) =>
  `struct_pack(${args.map((arg, index) => `${quoteName(fieldName(arg.expression, index))} := ${arg.text}`).join(", ")})`;

const size: Template = ([list], call) =>
  asResult(`${list.type.kind === "map" ? "cardinality" : "len"}(${list.text})`, call);

/** DuckDB counts from 1 and answers NULL beyond the end. */
const item: Template = ([from, key]) => {
  if (from.type.kind === "struct")
    return `struct_extract(${from.text}, ${quoteText(literalText(key, "getItem: the field"))})`;
  if (from.type.kind === "map") return `${from.operand}[${key.text}]`;
  const outside = `${key.operand} < 0 OR ${key.operand} >= len(${from.text})`;
  return `CASE WHEN ${outside} THEN ${outOfBounds("INVALID_ARRAY_INDEX", from, key, "0. Use get(array, index)")} ELSE ${from.operand}[${oneBased(key)}] END`;
};

/** The field of a struct, those of the structs in an array, the value of a map's key. */
export function duckdbField({ text, operand, type }: Unconverted, name: string): Fragment {
  if (type.kind === "map") return tight(`${operand}[${quoteText(name)}]`);
  if (type.kind !== "array") return tight(`struct_extract(${text}, ${quoteText(name)})`);
  return tight(`list_transform(${text}, lambda "·x·": struct_extract("·x·", ${quoteText(name)}))`);
}

const elementAt: Template = ([from, key]) => {
  if (from.type.kind === "map") return `${from.operand}[${key.text}]`;
  const outside = `abs(${key.text}) > len(${from.text})`;
  const beyond = outOfBounds("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", from, key, "1. Use try_element_at");
  return `CASE WHEN ${key.operand} = 0 THEN ${zeroIndex("element_at")} WHEN ${outside} THEN ${beyond} ELSE ${from.operand}[${key.text}] END`;
};

const oneBased = ({ expression, operand }: Arg) =>
  expression.kind === "literal" ? String(Number(expression.value) + 1) : `${operand} + 1`;

const outOfBounds = (condition: string, from: Arg, key: Arg, wayOut: string) =>
  `error('[${condition}] The index ' || ${key.operand} || ' is out of bounds: the array has ' || len(${from.text}) || ' elements, from ${wayOut} to get NULL instead.')`;

const get: Template = ([list, index]) => `CASE WHEN ${index.operand} >= 0 THEN ${list.operand}[${oneBased(index)}] END`;

/** NULL where the value is not there but a null is. */
const contains: Template = ([list, value]) =>
  `CASE WHEN list_contains(${list.text}, ${value.text}) THEN true WHEN list_count(${list.text}) = len(${list.text}) THEN false END`;

/** The struct again, field by field; `value` is that of a field which is not the struct's own. */
const structAgain: Template = ([from, name, value], call) =>
  eachOnce(call.name === "withField" ? [from, value] : [from], (s, given) => {
    const { fields } = call.result.type as SqlType & { kind: "struct" };
    const isGiven = (field: string) =>
      call.name === "withField" && field.toLowerCase() === literalText(name, "withField: the name").toLowerCase();
    const list = fields.map(
      (field) =>
        `${quoteName(field.name)} := ${isGiven(field.name) ? given : `struct_extract(${s}, ${quoteText(field.name)})`}`,
    );
    return `CASE WHEN ${s} IS NOT NULL THEN struct_pack(${list.join(", ")}) END`;
  });

export const collectionTemplates: Templates = {
  withField: structAgain,
  dropFields: structAgain,
  array: (args) => `[${args.map((arg) => arg.text).join(", ")}]`,
  struct,
  size,
  array_contains: contains,
  element_at: elementAt,
  getItem: item,
  get,
  // An array of nulls gives an empty text.
  array_join: (args) =>
    once(args[0], (x) => {
      const [, separator, replacement] = args;
      const filled = `list_transform(${x}, lambda "·x·": coalesce("·x·", ${replacement?.text}))`;
      const whole = args.length > 2 ? filled : x;
      return `CASE WHEN ${x} IS NOT NULL THEN coalesce(array_to_string(${whole}, ${separator.text}), '') END`;
    }),
};

import type { Expression, SortKey } from "../../plan/expressions.ts";
import type { Called, Place } from "./expression-reader.ts";
import { call, checkOnly, listOf, literal, textLiteral } from "./parts.ts";
import { Refusal } from "./refusal.ts";
import type { Fields } from "./tree.ts";
import { sortKeyIn } from "./windows.ts";

type Read = (part: unknown) => Expression;

/** `listagg(x, ',') WITHIN GROUP (ORDER BY y)`, and what takes its values from the order. */
export function inGroupOrder(
  fields: Fields,
  read: Read,
  named: (node: unknown) => Called,
  called: Place["called"],
): Expression {
  checkOnly("within_group", fields, "this", "order_by");
  const { name, args, isDistinct } = named(fields.this);
  const keys = listOf(fields.order_by).map((key) => sortKeyIn(key as Fields, read));
  const given = args.map(read);
  const made = madeOf(name, given, keys, isDistinct);
  const order = (nameOf: (part: Expression) => string) =>
    keys.map(({ expression, descending, nulls }) =>
      name === "listagg" || name === "string_agg"
        ? `${nameOf(expression)} ${descending ? "DESC" : "ASC"} NULLS ${nulls.toUpperCase()}`
        : `${nameOf(expression)}${descending !== (name === "mode") ? " DESC" : ""}`,
    );
  const shown = (nameOf: (part: Expression) => string) => given.map(nameOf).join(", ");
  return (
    called?.(
      made,
      (nameOf) =>
        `${name}(${name === "mode" ? "" : shown(nameOf)}) WITHIN GROUP (ORDER BY ${order(nameOf).join(", ")})`,
    ) ?? made
  );
}

function madeOf(name: string, args: readonly Expression[], keys: readonly SortKey[], isDistinct: boolean): Expression {
  const [key, second] = keys;
  if (key === undefined || isDistinct) throw new Refusal(`${name}(DISTINCT …) WITHIN GROUP`);
  if (name === "listagg" || name === "string_agg") return listed(args, keys);
  const isPlain = second === undefined && key.nulls === (key.descending ? "last" : "first");
  if (isPlain && name === "percentile_cont" && !key.descending) return call("percentile", key.expression, ...args);
  if (isPlain && name === "mode" && args.every(isNull))
    return call("mode", key.expression, literal(true, { kind: "boolean" }));
  throw new Refusal(`${name}(…) WITHIN GROUP (ORDER BY …)`);
}

/** The texts, each behind its keys, are sorted as an array of structs. */
function listed([text, separator = textLiteral("")]: readonly Expression[], keys: readonly SortKey[]): Expression {
  const descending = keys[0]?.descending === true;
  const isOneWay = keys.every((key) => key.descending === descending && key.nulls === (descending ? "last" : "first"));
  if (text === undefined || !isOneWay) throw new Refusal("listagg(…) WITHIN GROUP by keys of several directions");
  const field = (input: Expression, name: string): Expression => ({ kind: "alias", input, name });
  const asText: Expression = { kind: "cast", input: text, type: { kind: "string" }, onError: "fail" };
  const row = call("struct", ...keys.map((key, at) => field(key.expression, `k${at}`)), field(asText, "text"));
  const present = call("isNotNull", text);
  const rows = call("collect_list", choice(present, row));
  const sorted = call("sort_array", rows, literal(!descending, { kind: "boolean" }));
  const joined = call("array_join", { kind: "field", input: sorted, name: "text" }, separator);
  return choice(call("gt", call("count", text), { kind: "literal", value: 0, type: { kind: "int" } }), joined);
}

/** The library has it for what is left out. */
const isNull = (arg: Expression): boolean => arg.kind === "literal" && arg.value === null;

const choice = (when: Expression, then: Expression): Expression => ({
  kind: "case",
  branches: [{ when, then }],
});

import type { Expression } from "../../plan/expressions.ts";
import type { Place } from "./expression-reader.ts";
import { call, listOf, literal } from "./parts.ts";
import { type Fields, partsOf } from "./tree.ts";

/** `decode(x, 1, 'a', 2, 'b', 'other')`: NULLs are equal in it. */
export function decoded([value, ...rest]: readonly Expression[], called: Place["called"]): Expression {
  const pairs = Math.floor(rest.length / 2);
  const branches = Array.from({ length: pairs }, (_, index) => ({
    when: call("eqNullSafe", value as Expression, rest[2 * index] as Expression),
    // biome-ignore lint/suspicious/noThenProperty: the plan's word for it; nobody awaits an expression.
    then: rest[2 * index + 1] as Expression,
  }));
  // Without one, Spark has a NULL that is a text, which the results are widened with.
  const none: Expression = { kind: "literal", value: null, type: { kind: "string" } };
  const otherwise = rest.length % 2 === 1 ? (rest.at(-1) as Expression) : none;
  const made: Expression = { kind: "case", branches, otherwise };
  const name = (nameOf: (part: Expression) => string) =>
    `decode(${[value as Expression, ...rest].map(nameOf).join(", ")})`;
  return called?.(made, name) ?? made;
}

/** `x LIKE ANY ('a%', 'b%')`. */
export function likeAnyOf(
  kind: string,
  { left, right, quantifier, escape: by }: Fields,
  read: (part: unknown) => Expression,
  called: Place["called"],
): Expression {
  const [inner, parts] = partsOf(right) ?? [];
  const patterns = inner === "tuple" ? listOf(parts?.expressions) : [inner === "paren" ? parts?.this : right];
  const character = by ? [read(by)] : [];
  const each = patterns.map((pattern) =>
    call(kind === "like" ? "like" : "ilike", read(left), read(pattern), ...character),
  );
  const isAll = quantifier === "ALL";
  const [first = literal(isAll, { kind: "boolean" }), ...others] = each;
  const made = others.reduce((all, one) => call(isAll ? "and" : "or", all, one), first);
  return (
    called?.(
      made,
      (nameOf) => `${kind === "like" ? "like" : "ilike"}${isAll ? "all" : "any"}(${nameOf(read(left))})`,
    ) ?? made
  );
}

import type { Expression } from "../../plan/expressions.ts";
import { intervalIn } from "../../plan/interval-literal.ts";
import { MAX_TIME_PRECISION } from "../../plan/numeric.ts";
import type { Place } from "./expression-reader.ts";
import type { Hidden } from "./hidden-texts.ts";
import { numberIn } from "./numbers.ts";
import { isGiven, textLiteral } from "./parts.ts";
import { Refusal } from "./refusal.ts";
import { type Fields, literalOf, partsOf } from "./tree.ts";

/** A literal, as Spark reads it. */
export function literalIn({ literal_type: type, value }: Fields, hidden: Hidden, called: Place["called"]): Expression {
  const number = type === "string" ? hidden.number(String(value)) : undefined;
  if (number !== undefined) return number;
  const text = hidden.written(String(value));
  if (type === "string") return textLiteral(text);
  if (type === "number") return numberIn(text);
  if (type === "time") return timeIn(text);
  if (type === "hex_string")
    return {
      kind: "literal",
      value: Uint8Array.fromHex(text.padStart(text.length + (text.length % 2), "0")),
      type: { kind: "binary" },
    };
  if (type === "date" || type === "timestamp") {
    const made: Expression = { kind: "cast", input: textLiteral(text), type: { kind: type }, onError: "fail" };
    return called?.(made, () => `${type.toUpperCase()} '${text}'`) ?? made;
  }
  throw new Refusal(`A literal of the kind ${type}`);
}

/** A number behind a minus; undefined for all else. */
export function negativeIn(value: unknown, hidden: Hidden): Expression | undefined {
  const number = literalOf(value, "number");
  if (number !== undefined) return numberIn(`-${number}`);
  const suffixed = literalOf(value, "string");
  return suffixed === undefined ? undefined : hidden.number(suffixed, "-");
}

/** INTERVAL '1 02' DAY TO HOUR. */
export function spanIn({ this: value, unit }: Fields, hidden: Hidden): Expression {
  const [kind, fields] = partsOf(value) ?? [];
  const [, digits] = (kind === "neg" ? partsOf(fields?.this) : partsOf(value)) ?? [];
  const { unit: one, this: first = one, expression: last } = (unit ?? {}) as Fields;
  const text = digits?.value === undefined ? "" : hidden.written(String(digits.value));
  const fieldText = isGiven(last) ? `${first} TO ${last}` : String(first);
  const found = intervalIn(`INTERVAL ${kind === "neg" ? "-" : ""}'${text}' ${fieldText}`);
  if (found === undefined) throw new Refusal("This INTERVAL");
  const { type, value: size } = found;
  return { kind: "literal", value: type.kind === "year_month_interval" ? Number(size) : size, type };
}

/** TIME '10:30:00.5'. */
function timeIn(text: string): Expression {
  const [, hour, minute, second, fraction = ""] =
    /^\s*([01]?\d|2[0-3]):([0-5]?\d)(?::([0-5]?\d)(?:\.(\d{1,6}))?)?\s*$/.exec(text) ?? [];
  if (hour === undefined) throw new Refusal("This TIME");
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0);
  const micros = BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  return { kind: "literal", value: micros, type: { kind: "time", precision: MAX_TIME_PRECISION } };
}

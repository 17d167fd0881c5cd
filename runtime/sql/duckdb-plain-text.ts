import { isInteger } from "../plan/numeric.ts";
import type { SqlType } from "../plan/types.ts";
import type { Unconverted } from "./dialect.ts";
import { duckdbLiteral } from "./duckdb-literal.ts";
import type { Fragment } from "./fragment.ts";

const BITS: { readonly [kind: string]: bigint } = { byte: 8n, short: 16n, int: 32n, long: 64n };

/**
 * The value of a text literal in its type's plain form, such as "1998-12-01" as a DATE; undefined for all that has to be read
 * as Spark reads it when the query runs. A TIMESTAMP hangs on the session's time zone.
 */
export function plainValue({ expression }: Unconverted, to: SqlType): Fragment | undefined {
  if (expression.kind !== "literal" || typeof expression.value !== "string") return undefined;
  const text = expression.value;
  if (isInteger(to)) return wholeNumber(text, to);
  switch (to.kind) {
    case "boolean":
      return text === "true" || text === "false" ? duckdbLiteral(text === "true", to) : undefined;
    case "double":
      return /^(?!-0*\.?0*$)-?\d{1,15}(\.\d{1,15})?$/.test(text) ? duckdbLiteral(Number(text), to) : undefined;
    case "decimal":
      return decimal(text, to);
    case "date": {
      const micros = microsOf(text, /^\d{4}-\d\d-\d\d$/);
      return micros === undefined ? undefined : duckdbLiteral(Number(micros / 86_400_000_000n), to);
    }
    case "timestamp_ntz": {
      const micros = microsOf(text, /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d{1,6})?)?$/);
      return micros === undefined ? undefined : duckdbLiteral(micros, to);
    }
    case "time":
      return /^([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?$/.test(text)
        ? duckdbLiteral(microsOf(`1970-01-01 ${text}`, /./) ?? 0n, to)
        : undefined;
    default:
      return undefined;
  }
}

function wholeNumber(text: string, to: SqlType): Fragment | undefined {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) return undefined;
  const value = BigInt(text);
  if (BigInt.asIntN(Number(BITS[to.kind]), value) !== value) return undefined;
  return duckdbLiteral(to.kind === "long" ? value : Number(value), to);
}

function decimal(text: string, to: SqlType & { kind: "decimal" }): Fragment | undefined {
  const [, whole = "", fraction = ""] = /^-?(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = whole === "0" ? 0 : whole.length;
  if (whole === "" || digits > to.precision - to.scale || fraction.length > to.scale) return undefined;
  const sign = text.startsWith("-") ? "-" : "";
  const padded = fraction.padEnd(to.scale, "0");
  return duckdbLiteral(`${sign}${whole}${to.scale === 0 ? "" : `.${padded}`}`, to);
}

/** Microseconds since 1970 of a time that there is, without a zone. */
function microsOf(text: string, form: RegExp): bigint | undefined {
  if (!form.test(text)) return undefined;
  const [day = "", clock = "00:00:00"] = text.split(" ");
  const [seconds = "", fraction = ""] = clock.split(".");
  const date = new Date(`${day}T${seconds}Z`);
  const isThere = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${day}T${seconds}`);
  // There is no year 0 in what Spark and DuckDB write alike.
  if (!isThere || day.startsWith("0000")) return undefined;
  return BigInt(date.getTime()) * 1000n + BigInt(fraction.padEnd(6, "0"));
}

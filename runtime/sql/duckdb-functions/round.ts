/**
 * Spark rounds the decimal digits that a DOUBLE or FLOAT is written with, halves away from 0: 0.285 to 0.29. DuckDB
 * rounds `x * 100`, which is 28.499999999999996.
 *
 * With k the whole part of `x * 100`, the half is at (k + 0.5) / 100. Both are exact, so that the quotient is the very
 * number that the half's digits are read as: x is not below the half if it is not below that number. Above 2^52 no
 * number has such a half, and x stays; as do NaN and the infinities. A lambda, so that x is written and computed once.
 */
export function roundedText(x: string, places: number, kind: "double" | "float"): string {
  const power = 10 ** Math.min(Math.abs(places), largestPower);
  const [times, over] = places < 0 ? ["/", "*"] : ["*", "/"];
  const scale = double(power);
  const most = double(places < 0 ? exactBelow * power : exactBelow / power);
  const half = `(abs(trunc(x ${times} ${scale})) + 5e-1) ${over} ${scale}`;
  // A FLOAT is compared with what the half's digits are as a FLOAT.
  const away = `CASE WHEN abs(x) >= ${kind === "float" ? `CAST(${half} AS FLOAT)` : half} THEN sign(x) ELSE 0 END`;
  const rounded = `(trunc(x ${times} ${scale}) + ${away}) ${over} ${scale}`;
  const result = kind === "float" ? `CAST(${rounded} AS FLOAT)` : rounded;
  return `list_transform([${x}], lambda x: CASE WHEN abs(x) < ${most} THEN ${result} ELSE x END)[1]`;
}

const exactBelow = 2 ** 52;
const largestPower = 308;

/** With an exponent, a number of SQL is a DOUBLE. */
const double = (value: number): string => Math.min(value, Number.MAX_VALUE).toExponential().replace("+", "");

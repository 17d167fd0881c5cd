/**
 * Spark rounds the decimal digits that a DOUBLE is written with, halves away from 0: 0.285 to 0.29. DuckDB rounds
 * `x * 100`, which is 28.499999999999996. A FLOAT is rounded as the DOUBLE that it is: 0.28499999642372131.
 *
 * With k the whole part of `x * 100`, the half is at (k + 0.5) / 100. Both are exact, so that the quotient is the very
 * number that the half's digits are read as: x is not below the half if it is not below that number. Above 2^52 no
 * number has such a half, and x stays; as do NaN and the infinities. A lambda, so that x is written and computed once.
 */
export function roundedText(x: string, places: number, halves: "away" | "to even" = "away"): string {
  const power = 10 ** Math.min(Math.abs(places), largestPower);
  const [times, over] = places < 0 ? ["/", "*"] : ["*", "/"];
  const scale = double(power);
  const most = double(places < 0 ? exactBelow * power : exactBelow / power);
  const half = `(abs(trunc(x ${times} ${scale})) + 5e-1) ${over} ${scale}`;
  const isOdd = `trunc(x ${times} ${scale}) % 2 <> 0`;
  const beyond = halves === "away" ? `abs(x) >= ${half}` : `abs(x) > ${half} OR (abs(x) = ${half} AND ${isOdd})`;
  const away = `CASE WHEN ${beyond} THEN sign(x) ELSE 0 END`;
  const rounded = `(trunc(x ${times} ${scale}) + ${away}) ${over} ${scale}`;
  return `list_transform([${x}], lambda x: CASE WHEN abs(x) < ${most} THEN ${rounded} ELSE x END)[1]`;
}

const exactBelow = 2 ** 52;
const largestPower = 308;

/** With an exponent, a number of SQL is a DOUBLE. */
const double = (value: number): string => Math.min(value, Number.MAX_VALUE).toExponential().replace("+", "");

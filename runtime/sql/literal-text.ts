/** `2026-03-17` of days since 1970-01-01; undefined outside the years 1 to 9999, which have no common notation. */
export function dateText(days: number): string | undefined {
  return isoText(days * 86_400_000)?.slice(0, 10);
}

/** `2026-03-17 10:20:30.000001` of microseconds since 1970; undefined outside the years 1 to 9999. */
export function timestampText(micros: bigint): string | undefined {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  const iso = isoText(Number((micros - rest) / 1000n));
  if (iso === undefined) return undefined;
  const text = `${iso.slice(0, 10)} ${iso.slice(11, -1)}${String(rest).padStart(3, "0")}`;
  return text.replace(/\.?0{1,6}$/, (zeros) => (zeros.startsWith(".") || text.includes(".") ? "" : zeros));
}

/** `10:20:30.000001` of microseconds since midnight. */
export const timeText = (micros: bigint): string => (timestampText(micros) ?? "").slice(11);

export const hexText = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex").toUpperCase();

/** A DOUBLE literal's digits; always with an exponent, without which both dialects read a decimal. */
export function doubleText(value: number): string {
  if (Object.is(value, -0)) return "-0e0";
  const text = String(value);
  return text.includes("e") ? text.replace("e+", "e") : `${text}e0`;
}

/** A part as TABLESAMPLE has it; Spark reads no exponents there. */
export const percentText = (part: number): string => `${(part * 100).toFixed(20).replace(/\.?0+$/, "")} PERCENT`;

/** Whether decimal text has just the digits of its type, so that both dialects read it as that type. */
export function isExactDecimal(text: string, precision: number, scale: number): boolean {
  const found = /^-?(\d+)\.(\d+)$/.exec(text);
  if (found?.[1] === undefined || found[2] === undefined || scale === 0) return false;
  const whole = found[1].replace(/^0+/, "");
  return found[2].length === scale && whole.length > 0 && whole.length + scale === precision;
}

function isoText(millis: number): string | undefined {
  const date = new Date(millis);
  const year = date.getUTCFullYear();
  return Number.isNaN(year) || year < 1 || year > 9999 ? undefined : date.toISOString();
}

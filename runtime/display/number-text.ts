/** One double, short: at most six decimals, an exponent where digits would mislead or run on. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (usesExponent(value)) return exponentText(value);
  const short = trim(value.toFixed(decimalsOf(value)));
  return short.includes(".") ? short : `${short}.0`;
}

/**
 * The doubles of one column, with the same number of decimals, so that the points stand under each other. A column
 * with a value that needs an exponent is written value by value.
 */
export function numberColumn(values: readonly (number | null)[]): (string | null)[] {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (finite.some(usesExponent)) return values.map((value) => (value === null ? null : numberText(value)));
  const decimals = Math.max(1, ...finite.map((value) => fractionDigits(trim(value.toFixed(decimalsOf(value))))));
  return values.map((value) => {
    if (value === null) return null;
    return Number.isFinite(value) ? value.toFixed(Math.min(decimals, 6)) : String(value);
  });
}

/** An integer scaled by a power of ten, exactly: 12345 with scale 2 is 123.45. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function usesExponent(value: number): boolean {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e15);
}

function exponentText(value: number): string {
  return value.toExponential(6).replace(/\.?0+e/, "e");
}

/** Six decimals below one, four above: more would be noise to the eye, and the tooltip has them all. */
const decimalsOf = (value: number) => (Math.abs(value) < 1 ? 6 : 4);

/** The text always has a point, so no zero before it is lost. */
const trim = (digits: string) => digits.replace(/\.?0+$/, "");
const fractionDigits = (text: string) => (text.includes(".") ? text.length - text.indexOf(".") - 1 : 0);

/** Days since 1970-01-01 as `2001-03-17`, by the calendar's arithmetic: engines have days that Date cannot hold. */
export function dateText(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const yearText = year < 0 ? `-${String(-year).padStart(4, "0")}` : String(year).padStart(4, "0");
  return `${yearText}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Microseconds of a wall clock since 1970-01-01 as `2001-03-17 08:05:00`, with the fraction it has. */
export function wallTimeText(micros: bigint): string {
  const days = floorDivide(micros, microsPerDay);
  return `${dateText(Number(days))} ${clockText(micros - days * microsPerDay)}`;
}

/** Microseconds since midnight as `08:05:00`, with the fraction it has. */
export function clockText(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map((part) => String(part).padStart(2, "0")).join(":")}${fraction(micros)}`;
}

/** A point in time (microseconds since 1970-01-01 UTC) as the clocks of `zone` show it. */
export function instantText(micros: bigint, zone: string): string {
  return wallTimeText(micros + offsetMicros(micros, zone));
}

/** What to add to a point in time to get the wall clock of `zone`. */
export function offsetMicros(micros: bigint, zone: string): bigint {
  if (zone === "UTC") return 0n;
  const limited = micros < minInstant ? minInstant : micros > maxInstant ? maxInstant : micros;
  const instant = new Temporal.Instant(limited * 1000n);
  return BigInt(instant.toZonedDateTimeISO(zone).offsetNanoseconds) / 1000n;
}

export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

const microsPerDay = 86_400_000_000n;
// What Temporal can hold, less a day for the offset; beyond it, zones have no rules anyway.
const maxInstant = 8_640_000_000_000_000_000n - microsPerDay;
const minInstant = -maxInstant;

function fraction(micros: bigint): string {
  const rest = Number(micros % 1_000_000n);
  if (rest === 0) return "";
  const digits = String(rest).padStart(6, "0");
  return `.${digits.endsWith("000") ? digits.slice(0, 3) : digits}`;
}

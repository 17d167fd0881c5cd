import type { Unconverted } from "./dialect.ts";
import { once } from "./duckdb-functions/parts.ts";

/** A TIME of microseconds since midnight; what is more than a day is to be looked at before. */
export const timeOfMicros = (micros: string): string => `CAST(make_timestamp(${micros}) AS TIME)`;

/** A TIME without what is less than a unit of so many microseconds. */
export const truncatedTime = (time: Unconverted, unit: number | string): string =>
  once(time, (t) => timeOfMicros(`epoch_us(${t}) - epoch_us(${t}) % ${unit}`));

/**
 * A TIMESTAMP as the instant that the session's clocks show it at. Where they show it twice, at the end of summer time,
 * Spark takes the first instant and DuckDB the last: so it is looked whether an hour before (or half of one, as on Lord
 * Howe Island) they showed the same. Where the hour before is an hour before, as nearly always, they did not.
 */
export const instantOf = (local: string): string =>
  firstInstant(
    local,
    "t",
    (time) => `CAST(${time} AS TIMESTAMPTZ)`,
    (instant) => `CAST(${instant} AS TIMESTAMP)`,
  );

/** The same of the clocks of a zone. */
export const instantIn = (local: string, zone: string): string =>
  firstInstant(
    `{'t': ${local}, 'z': ${zone}}`,
    // With a dot it would be a column of this name, where there is one.
    "t['t']",
    (time) => `((${time}) AT TIME ZONE t['z'])`,
    (instant) => `((${instant}) AT TIME ZONE t['z'])`,
  );

function firstInstant(
  parameter: string,
  local: string,
  toInstant: (time: string) => string,
  toLocal: (instant: string) => string,
): string {
  const instant = toInstant(local);
  const isUsual = `epoch_us(${instant}) - epoch_us(${toInstant(`${local} - INTERVAL 1 HOUR`)}) = 3600000000`;
  const earlier = (interval: string) =>
    `WHEN ${toLocal(`${instant} - INTERVAL ${interval}`)} = ${local} THEN ${instant} - INTERVAL ${interval}`;
  return `list_transform([${parameter}], lambda t: CASE WHEN ${isUsual} THEN ${instant} ${earlier("1 HOUR")} ${earlier("30 MINUTE")} ELSE ${instant} END)[1]`;
}

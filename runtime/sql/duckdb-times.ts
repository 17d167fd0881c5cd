/**
 * A TIMESTAMP as the instant that the session's clocks show it at. Where they show it twice, at the end of summer time,
 * Spark takes the first instant and DuckDB the last: so it is looked whether an hour before (or half of one, as on Lord
 * Howe Island) they showed the same.
 */
export function instantOf(local: string): string {
  const instant = "CAST(t AS TIMESTAMPTZ)";
  const earlier = (interval: string) =>
    `WHEN CAST(${instant} - INTERVAL ${interval} AS TIMESTAMP) = t THEN ${instant} - INTERVAL ${interval}`;
  return `list_transform([${local}], lambda t: CASE ${earlier("1 HOUR")} ${earlier("30 MINUTE")} ELSE ${instant} END)[1]`;
}

/** The same of the clocks of a zone. */
export const instantIn = (local: string, zone: string): string => {
  const instant = "(l.t AT TIME ZONE l.z)";
  const earlier = (interval: string) =>
    `WHEN (${instant} - INTERVAL ${interval}) AT TIME ZONE l.z = l.t THEN ${instant} - INTERVAL ${interval}`;
  return `list_transform([{'t': ${local}, 'z': ${zone}}], lambda l: CASE ${earlier("1 HOUR")} ${earlier("30 MINUTE")} ELSE ${instant} END)[1]`;
};

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

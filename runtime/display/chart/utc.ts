/**
 * Makes a compiled Vega spec draw in UTC throughout. Times reach Vega as the wall clock of the session's zone, written
 * as if it were UTC, so that the picture does not change with the zone of the kernel or of the browser.
 */
export function drawInUtc(value: unknown, key = ""): unknown {
  if (typeof value === "string") return expressionKeys.has(key) ? utcExpression(value) : value;
  if (Array.isArray(value)) return value.map((item) => drawInUtc(item, key === "range" ? "" : key));
  if (typeof value !== "object" || value === null) return value;
  // Inlined data is no spec; large, too.
  const entries = Object.entries(value).map(([name, part]) => [name, name === "values" ? part : drawInUtc(part, name)]);
  const node = Object.fromEntries(entries);
  if (node.type === "timeunit") node.timezone = "utc";
  // A scale has a name; a legend or an axis says formatType.
  if (node.type === "time" && typeof node.name === "string") node.type = "utc";
  if (node.formatType === "time") node.formatType = "utc";
  return node;
}

/** Keys whose text is an expression. */
const expressionKeys = new Set(["signal", "expr", "update", "init", "test"]);

/** Local-time functions replaced by those of UTC, outside of quoted text. */
export function utcExpression(expression: string): string {
  return expression.replace(tokens, (whole, quoted: string | undefined, name: string | undefined) => {
    if (quoted !== undefined || name === undefined) return whole;
    return utcNames[name] ?? `utc${name}`;
  });
}

const tokens =
  /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<![\w$.])(datetime|year|quarter|month|date|day|dayofyear|week|hours|minutes|seconds|milliseconds|timeFormat|timeParse|timeOffset|timeSequence)(?=\s*\()/g;

const utcNames: { readonly [name: string]: string } = {
  datetime: "utc",
  timeFormat: "utcFormat",
  timeParse: "utcParse",
  timeOffset: "utcOffset",
  timeSequence: "utcSequence",
};

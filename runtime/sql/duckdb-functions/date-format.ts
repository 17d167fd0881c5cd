import { datePattern } from "../datetime-pattern.ts";
import type { Template } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { literalText } from "../literal-argument.ts";
import { once } from "./parts.ts";

/** Java's letters for the distance from UTC, of which strftime knows hours alone: by hours, minutes and what is between. */
const OFFSETS: {
  readonly [letters: string]: { readonly between: string; readonly zero?: "Z"; readonly short?: true };
} = {
  X: { between: "", zero: "Z", short: true },
  XX: { between: "", zero: "Z" },
  XXX: { between: ":", zero: "Z" },
  x: { between: "", short: true },
  xx: { between: "" },
  xxx: { between: ":" },
  Z: { between: "" },
  ZZ: { between: "" },
  ZZZ: { between: "" },
};

/** A time in the session's zone, by a pattern of Java's. */
export const dateFormat: Template = ([time, pattern], call) => {
  const java = literalText(pattern, `${call.name}: the format`);
  const written = (part: string) => quoteText(datePattern(part, call.name, "write"));
  const parts = withoutOffsets(java);
  if (parts.length === 1) return `strftime(${time.text}, ${written(java)})`;
  return once(time, (t) =>
    parts
      .filter((part) => part !== "")
      .map((part) => (OFFSETS[part] ? offsetText(t, part) : `strftime(${t}, ${written(part)})`))
      .join(" || "),
  );
};

/** The pattern with the letters of offsets in parts of their own; text in quotes has none. */
function withoutOffsets(java: string): readonly string[] {
  const parts = [""];
  for (const [token] of java.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']/g)) {
    if (OFFSETS[token]) parts.push(token, "");
    else parts.push(`${parts.pop()}${token}`);
  }
  return parts;
}

function offsetText(time: string, letters: string): string {
  const { between, zero, short } = OFFSETS[letters] as (typeof OFFSETS)[string];
  const seconds = `CAST(extract('timezone' FROM ${time}) AS INTEGER)`;
  const two = (value: string) => `lpad(CAST(${value} AS VARCHAR), 2, '0')`;
  const minutes = two(`abs(${seconds}) // 60 % 60`);
  const behind = short
    ? `CASE WHEN abs(${seconds}) // 60 % 60 = 0 THEN '' ELSE ${minutes} END`
    : `'${between}' || ${minutes}`;
  const text = `CASE WHEN ${seconds} < 0 THEN '-' ELSE '+' END || ${two(`abs(${seconds}) // 3600`)} || ${behind}`;
  return zero ? `CASE WHEN ${seconds} = 0 THEN 'Z' ELSE ${text} END` : `(${text})`;
}

import type { PlanOf } from "../../plan/nodes.ts";

type Options = { readonly [name: string]: string };

/**
 * What the first lines of text files tell of how to read them, where the user has not said: the separator and quotes of
 * CSV, and whether JSON is one array. Spark's reader takes commas and lines unless it is told otherwise.
 */
export function sniffedOptions({ format, options }: PlanOf<"read">, lines: readonly string[]): Options {
  const has = (...names: string[]) => names.some((name) => options[name] !== undefined);
  if (format === "json") {
    const [first] = lines.filter((line) => line.trim() !== "");
    return first === undefined || has("multiline") || isObject(first) ? {} : { multiline: "true" };
  }
  const found: { [name: string]: string } = {};
  const separator = has("sep", "delimiter") ? undefined : separatorOf(lines);
  if (separator !== undefined) found.sep = separator;
  // Quotes in quoted text are doubled, as RFC 4180 has it; some programs put backslashes before them.
  if (!has("escape", "quote") && !lines.some((line) => line.includes('\\"'))) found.escape = '"';
  // Quoted text that goes on in the next line: files are then read by one task each.
  const isOpen = lines.some((line) => (line.split('"').length - 1) % 2 === 1);
  if (isOpen && !has("multiline", "quote")) found.multiline = "true";
  // Spark takes "" in quotes for null where null is written as nothing, which is its default.
  if (!has("nullvalue", "emptyvalue")) found.nullvalue = NO_TEXT;
  return found;
}

/** Stands in no file. */
const NO_TEXT = "\u{F0000}";

function isObject(line: string): boolean {
  try {
    return !Array.isArray(JSON.parse(line));
  } catch {
    return false;
  }
}

/** Whether the lines of a file have to be seen before it is read. */
export const isSniffed = ({ format, options }: PlanOf<"read">): boolean =>
  (format === "csv" && options.encoding === undefined && options.charset === undefined) ||
  (format === "json" && options.multiline === undefined);

/** As many as tell; their number is the same in all lines, or nearly. */
export const SNIFFED_LINES = 50;

/** The one that is as often in most lines as in the first; of several the one that parts them most. */
function separatorOf(lines: readonly string[]): string | undefined {
  const bare = lines.filter((line) => line.trim() !== "").map((line) => line.replace(/"(?:[^"]|"")*"/g, ""));
  const rated = SEPARATORS.map((separator) => {
    const [wanted = 0, ...others] = bare.map((line) => line.split(separator).length - 1);
    const alike = others.filter((count) => count === wanted).length + 1;
    return { separator, parts: wanted, share: alike / bare.length };
  }).filter(({ parts }) => parts > 0);
  const [best] = rated.sort((a, b) => Math.sign(b.share - a.share) || b.parts - a.parts);
  return best?.separator === "," ? undefined : best?.separator;
}

const SEPARATORS = [",", ";", "\t", "|"];

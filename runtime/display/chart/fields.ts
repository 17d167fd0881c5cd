import { AnalysisError } from "../../errors.ts";
import { didYouMean } from "../../plan/nearest.ts";

/** The error for a field that the data does not have. */
export function unknownField(name: string, known: readonly string[]): AnalysisError {
  const list = known.length > 20 ? `${known.slice(0, 20).join(", ")} … (${known.length} in all)` : known.join(", ");
  const message = `The chart's field "${name}" is no column of its data. Columns: ${list}.${didYouMean(name, known)}`;
  return new AnalysisError("UNKNOWN_COLUMN", message);
}

/** Throws for a mark that Vega-Lite does not have: its own error would not say so. */
export function checkMarks(spec: unknown): void {
  if (Array.isArray(spec)) for (const item of spec) checkMarks(item);
  if (typeof spec !== "object" || spec === null) return;
  const { mark, layer, concat, hconcat, vconcat, spec: inner } = spec as { [property: string]: unknown };
  const name = typeof mark === "object" && mark !== null ? (mark as { type?: unknown }).type : mark;
  if (mark !== undefined && !marks.includes(String(name))) {
    const hint = didYouMean(String(name), marks);
    throw new AnalysisError(
      "UNKNOWN_MARK",
      `"${String(name)}" is no mark of Vega-Lite. Marks: ${marks.join(", ")}.${hint}`,
    );
  }
  for (const part of [layer, concat, hconcat, vconcat, inner]) checkMarks(part);
}

const marks =
  "bar line point area rect rule text tick arc circle square trail image geoshape boxplot errorbar errorband".split(
    " ",
  );

/**
 * Throws if an encoding of a Vega-Lite spec names a field that neither the data has nor a transform makes. What a
 * transform makes under a name that is not written down (a pivot, a lookup) cannot be known: then nothing is checked.
 */
export function checkFields(spec: unknown, columns: readonly string[]): void {
  const made = new Set<string>(columns);
  const used: string[] = [];
  if (collect(spec, "", made, used)) return;
  for (const field of used) {
    const root = fieldRoot(field);
    if (!made.has(field) && !made.has(root)) throw unknownField(root, columns);
  }
}

/** Collects fields; true if some names cannot be known. */
function collect(node: unknown, key: string, made: Set<string>, used: string[]): boolean {
  if (Array.isArray(node)) return node.map((item) => collect(item, key, made, used)).some(Boolean);
  if (typeof node !== "object" || node === null) return false;
  const entries = Object.entries(node);
  if (entries.some(([name]) => openEnded.has(name))) return true;
  // Data of its own has fields of its own.
  if (key !== "" && "data" in node && typeof node.data === "object" && node.data !== null) {
    if (!("name" in node.data) || "values" in node.data || "url" in node.data) return false;
  }
  for (const [name, value] of entries) {
    if (name === "as") for (const one of [value].flat()) if (typeof one === "string") made.add(one);
    if (name === "fold" && !("as" in node)) for (const one of ["key", "value"]) made.add(one);
    if (name === "field" && typeof value === "string" && isEncoding(node, key)) used.push(value);
  }
  return entries
    .filter(([name]) => name !== "data" && name !== "datasets")
    .map(([name, value]) => collect(value, name, made, used))
    .some(Boolean);
}

const openEnded = new Set([
  "pivot",
  "lookup",
  "flatten",
  "regression",
  "loess",
  "density",
  "quantile",
  "impute",
  "repeat",
]);

/** A channel of an encoding, or a condition or sort inside of one; not the field of an argmax or of a signal. */
const isEncoding = (node: object, key: string) =>
  !("signal" in node) && key !== "aggregate" && !("param" in node && key === "filter");

/** The column of "a.b", "a['b']" or "a\\.b". */
function fieldRoot(field: string): string {
  const match = /^((?:[^\\.[\]]|\\.)+)/.exec(field);
  return (match?.[1] ?? field).replace(/\\(.)/g, "$1");
}

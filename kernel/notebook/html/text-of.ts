/** The text of a value of a MIME bundle. Other tools' notebooks may have lists of lines where ours have texts. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
  return JSON.stringify(value, null, 2) ?? "";
}

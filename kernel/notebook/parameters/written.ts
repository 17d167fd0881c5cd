/** A value as TypeScript writes it, or what is wrong with it: a clause such as `"abc" is not a finite number`. */
export type Written = { readonly code: string } | { readonly wrong: string };

const width = 100;

/** What stands in brackets, on one line where it fits, else one item a line. */
export function bracketed(open: "[" | "{", items: readonly string[]): string {
  const close = open === "[" ? "]" : "}";
  if (items.length === 0) return open + close;
  const length = items.reduce((sum, item) => sum + item.length + 2, 0);
  if (length <= width && !items.some((item) => item.includes("\n"))) {
    return open === "[" ? `[${items.join(", ")}]` : `{ ${items.join(", ")} }`;
  }
  // Texts have no line breaks in them, they are escaped: every break is one of ours.
  return `${open}\n${items.map((item) => `  ${item.replaceAll("\n", "\n  ")},`).join("\n")}\n${close}`;
}

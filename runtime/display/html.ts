/**
 * Escapes text for HTML content and for quoted attributes. Everything that comes from data passes here.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

const entities: { [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * An inline style. Only properties and values that JupyterLab's sanitiser lets pass should carry meaning: no variables,
 * no `currentColor`; see-through greys read well on a light and on a dark page.
 */
export function style(rules: { readonly [property: string]: string | undefined }): string {
  const text = Object.entries(rules)
    .filter(([, value]) => value !== undefined)
    .map(([property, value]) => `${property}:${value}`)
    .join(";");
  return text === "" ? "" : ` style="${escapeHtml(text)}"`;
}

/** A title attribute for what was cut, if anything was. */
export function title(text: string | undefined): string {
  return text === undefined ? "" : ` title="${escapeHtml(text)}"`;
}

/** Three lines and gaps that show on white and on black. */
export const rule = { strong: "#808080b3", normal: "#80808066", faint: "#80808033" } as const;

/** Counts as people read them: 3,000,000. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** "1 row", "2 rows". */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

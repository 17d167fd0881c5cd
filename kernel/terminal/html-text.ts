/** The text of HTML as a person would read it: a line for each block and row of a table, two spaces between cells. */
export function htmlText(html: string): string {
  // What <pre> holds keeps its lines and spaces.
  const parts = html.replace(unseen, "").split(/<pre\b[^>]*>([\s\S]*?)<\/pre\s*>/i);
  const text = parts.map((part, index) => (index % 2 === 1 ? `\n${part.replace(tag, "")}\n` : flowing(part))).join("");
  return decoded(text)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\s+$/g, "");
}

const unseen = /<!--[\s\S]*?-->|<(script|style|head|template)\b[\s\S]*?<\/\1\s*>/gi;
/** A `<` before anything else is text. */
const tag = /<\/?[a-z!][^>]*>/gi;
const lineBreak = /<br\b[^>]*>|<\/?(?:p|div|ul|ol|dl|dd|dt|table|tr|h[1-6]|section|article|blockquote|hr)\b[^>]*>/gi;

const flowing = (html: string): string =>
  html
    .replace(/\s+/g, " ")
    .replace(/<\/t[dh]\s*>\s*(?=<t[dh]\b)/gi, "  ")
    .replace(/<li\b[^>]*>/gi, "\n- ")
    .replace(/<img\b[^>]*?\balt="([^"]*)"[^>]*>/gi, "[$1]")
    .replace(lineBreak, "\n")
    .replace(tag, "")
    .replace(/ *\n */g, "\n")
    .replace(/\n{2,}/g, "\n");

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const entities: { readonly [name: string]: string } = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  middot: "·",
  bull: "•",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  times: "×",
  larr: "←",
  rarr: "→",
};

import { textOf } from "./text-of.ts";

/** A picture of a MIME bundle, as the address of an image; SVG is text there, all else base64. */
export function dataUri(mime: string, data: unknown): string {
  const text = textOf(data);
  if (mime !== "image/svg+xml") return `data:${mime};base64,${text.replace(/\s+/g, "")}`;
  return `data:${mime};base64,${Buffer.from(withNamespace(text)).toString("base64")}`;
}

/** Within a page an SVG needs no namespace; as a file of its own it is shown only with one. */
function withNamespace(svg: string): string {
  return /<svg\b[^>]*\sxmlns\s*=/.test(svg) ? svg : svg.replace(/<svg\b/, '<svg xmlns="http://www.w3.org/2000/svg"');
}

import type { MimeBundle } from "../../runtime/session/protocol.ts";
import { htmlText } from "./html-text.ts";
import { pictureBlock, type Room } from "./picture.ts";
import type { Block } from "./surface.ts";

/** What of a bundle a terminal shows: its picture where it can, else its text; without `room` it is no terminal. */
export function blockOf(data: MimeBundle, metadata: MimeBundle, room: Room | undefined): Block {
  const png = data["image/png"];
  const picture =
    room?.images && png !== undefined ? pictureBlock(joined(png), metadata["image/png"], room) : undefined;
  return picture ?? { text: textOf(data) };
}

/** The text of a bundle; what has none is named. */
export function textOf(data: MimeBundle): string {
  for (const [mime, read] of Object.entries(readers)) {
    if (data[mime] !== undefined) return read(data[mime]);
  }
  const names = Object.keys(data);
  return names.length === 0 ? "" : `[${names.join(", ")}]`;
}

/** nbformat keeps texts as lines too. */
const joined = (value: unknown): string => {
  if (Array.isArray(value)) return value.join("");
  return typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
};

/** The best first. */
const readers: { readonly [mime: string]: (value: unknown) => string } = {
  "text/plain": joined,
  "text/markdown": joined,
  "text/latex": joined,
  "text/html": (value) => htmlText(joined(value)),
  "application/json": (value) => JSON.stringify(value, undefined, 2),
};

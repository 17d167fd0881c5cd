import { cursorDown, cursorUp } from "ansi-escapes";
import { iterm2 } from "./iterm2.ts";
import { kitty } from "./kitty.ts";
import type { ImageProtocol } from "./screen.ts";
import { sixel } from "./sixel.ts";
import type { Block } from "./surface.ts";

/** What there is for a picture, in cells. */
export type Room = { readonly images?: ImageProtocol | undefined; readonly columns: number; readonly rows: number };

/** A PNG; its size is what it should have, in pixels of a usual screen. */
export type Png = { readonly bytes: Buffer; readonly width: number; readonly height: number };

/** In cells. */
export type Box = { readonly columns: number; readonly rows: number };

/**
 * Text that draws a PNG (base64) in its own size, or as large as there is room. `metadata` may say the size, as Jupyter's
 * does. Undefined for what is no PNG, or cannot be drawn so.
 */
export function pictureBlock(base64: string, metadata: unknown, room: Room): Block | undefined {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length < 24 || bytes.toString("latin1", 1, 4) !== "PNG") return undefined;
  const wanted = (metadata ?? {}) as { width?: unknown; height?: unknown };
  const png = {
    bytes,
    width: sizeOr(wanted.width, bytes.readUInt32BE(16)),
    height: sizeOr(wanted.height, bytes.readUInt32BE(20)),
  };
  if (png.width === 0 || png.height === 0) return undefined;
  switch (room.images) {
    case "kitty":
      return inBox(png, room, kitty);
    case "iterm2":
      return inBox(png, room, iterm2);
    case "sixel":
      return sixel(png, room);
    case undefined:
      return undefined;
  }
}

const sizeOr = (given: unknown, own: number): number => (typeof given === "number" && given > 0 ? given : own);

/** Of a usual terminal; asking for it would mean to read the answer from the keyboard's stream. */
const cell = { width: 9, height: 18 };
/** The narrowest usual cell is so wide, for its height; the picture must not be cut off. */
const narrowest = 0.42;

/** A picture that takes a known number of rows: room is made first, and the cursor is put below whatever was drawn. */
function inBox(png: Png, room: Room, draw: (png: Png, box: Box) => Drawing | undefined): Block | undefined {
  const ratio = png.width / png.height;
  const limits = [Math.ceil(png.height / cell.height), room.rows - 2, Math.floor((room.columns * narrowest) / ratio)];
  const rows = Math.max(1, Math.min(...limits));
  const columns = Math.max(1, Math.min(room.columns, Math.ceil((rows * ratio * cell.height) / cell.width)));
  const drawing = draw(png, { columns, rows });
  if (!drawing) return undefined;
  const text = `${"\n".repeat(rows)}${cursorUp(rows)}${saveCursor}${drawing.text}${restoreCursor}${cursorDown(rows)}`;
  return { text, picture: { rows, erase: drawing.erase } };
}

export type Drawing = { readonly text: string; readonly erase: string };

const [saveCursor, restoreCursor] = ["\u001b7", "\u001b8"];

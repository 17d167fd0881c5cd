import type { Box, Drawing, Png } from "./picture.ts";

/**
 * https://sw.kovidgoyal.net/kitty/graphics-protocol/: base64 in pieces of 4096 characters. `q=2` asks for no answer, which
 * would be read as keys; `C=1` leaves the cursor; of `r` rows alone, the width follows without distortion.
 */
export function kitty({ bytes }: Png, { rows }: Box): Drawing {
  const base64 = bytes.toString("base64");
  const id = nextId++;
  let text = "";
  for (let at = 0; at < base64.length; at += chunkLength) {
    const keys = at === 0 ? `a=T,f=100,i=${id},r=${rows},C=1,q=2,` : "q=2,";
    const more = at + chunkLength < base64.length ? 1 : 0;
    text += command(`${keys}m=${more}`, base64.slice(at, at + chunkLength));
  }
  // Erasing text leaves pictures.
  return { text, erase: command(`a=d,d=I,i=${id},q=2`, "") };
}

const chunkLength = 4096;
/** Ids are shared by all programs of the terminal: a random start keeps theirs apart. */
let nextId = 1 + Math.floor(Math.random() * 2 ** 31);

const command = (keys: string, payload: string) => `\u001b_G${keys}${payload && `;${payload}`}\u001b\\`;

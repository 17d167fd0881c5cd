import { oneLine } from "./text.ts";

/**
 * One line of text in a form that terminals agree on how wide it is, so that what stands right of it keeps its place.
 * Only looks are lost: whether a sign is an emoji or a letter form, and the tone of a skin.
 */
export function terminalText(text: string): string {
  const line = oneLine(text);
  if (plain.test(line)) return line;
  return line
    .replace(selectors, "")
    .replace(skinTones, "")
    .replace(narrowSequences, (sequence) => sequence.replaceAll("\u200d", ""))
    .replace(invisible, (character) => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, "0")}`);
}

const plain = /^[\x20-\x7e]*$/;

// Terminals that know of them draw `❤️` two columns wide, others one; without them all draw one.
const selectors = /[\ufe00-\ufe0f]/gu;

// A hand and its tone take two columns or four.
const skinTones = /(?<=[\p{Emoji_Modifier_Base}])\p{Emoji_Modifier}/gu;

// A joined emoji is as wide as its first: which is one column, or two, of those that are emoji only by request.
const narrowSequences = /(?!\p{Emoji_Presentation})\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic})+/gu;

// The soft hyphen and the fillers of Hangul: nothing, or a blank, or two.
const invisible = /[\u00ad\u115f\u1160\u3164\uffa0]/gu;

import { stripVTControlCharacters } from "node:util";

/** Takes ANSI escapes out of a stream whose pieces may end within one. */
export function withoutEscapes() {
  let held = "";
  return {
    next(text: string): string {
      if (held === "" && !mayEscape(text)) return text;
      const all = held + text;
      held = beginning.exec(all)?.[0] ?? "";
      return stripVTControlCharacters(held === "" ? all : all.slice(0, -held.length));
    },
    /** Text that is no part of the stream. */
    whole: (text: string): string => (mayEscape(text) ? stripVTControlCharacters(text) : text),
    /** Forgets the beginning of an escape that has not gone on. */
    end(): void {
      held = "";
    },
  };
}

const [esc, bell, csi] = ["\u001b", "\u0007", "\u009b"];
const mayEscape = (text: string) => text.includes(esc) || text.includes(csi);

/** The beginning of a CSI or OSC sequence at the end of a text; of bounded length, since what never ends is no escape. */
const beginning = new RegExp(
  `(?:${esc}(?:\\[[\\d;:?]{0,64}|\\][^${bell}${esc}]{0,4096}${esc}?)?|${csi}[\\d;:?]{0,64})$`,
);

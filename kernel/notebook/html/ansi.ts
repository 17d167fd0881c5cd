import { AnsiUp } from "ansi_up";
import { escapeHtml } from "./escape.ts";

/** What a program printed as HTML: colours become spans, all else that only a terminal understands is left out. */
export function renderAnsi(text: string): string {
  const plain = withoutOverwritten(withoutControls(text.toWellFormed()));
  if (!plain.includes("\x1b")) return escapeHtml(plain);
  const converter = new AnsiUp();
  converter.use_classes = true;
  return converter.ansi_to_html(plain);
}

// An operating system command ends with BEL or ST, and a broken one must not take the rest of the text with it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const controls = /\x1b(?:\](?:[^\x07\x1b\n]*)(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[ -/]+[0-~]|[^[\]]|[[\]]|$)|[\0\x07]/g;

/** Keeps colours alone (`ESC [ … m`). */
function withoutControls(text: string): string {
  return text.replace(controls, (sequence) => {
    if (sequence === "\0") return "\ufffd";
    return /^.\[[\d;]*m$/.test(sequence) ? sequence : "";
  });
}

/** Of a line that was written over again and again, as progress is, the last that was written. */
function withoutOverwritten(text: string): string {
  if (!text.includes("\r")) return text;
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => line.split("\r").findLast((part) => part !== "") ?? "")
    .join("\n");
}

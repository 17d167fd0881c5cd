import type { Completion } from "../../runtime/session/protocol.ts";
import { heldInMemory } from "./survivors.ts";

/** Calls into native code that may take long, and hear nothing meanwhile. */
const nativeCalls =
  /\b(?:JSON\.(?:parse|stringify)|structuredClone|BigInt|\w+Sync)\(|\.(?:sort|toSorted|toString|normalize)\(/;

/** What an interrupted cell shows that does not end. */
export function waitingNote(code: string): string {
  const lines = code.split("\n");
  const suspects = lines.flatMap((text, index) => (nativeCalls.test(text) ? [{ text, line: index + 1 }] : []));
  const [suspect] = suspects;
  const place = suspect && suspects.length === 1 ? ` (line ${suspect.line}, it seems: ${shortened(suspect.text)})` : "";
  return `Interrupted. Waiting for a native call to return, which cannot be stopped from outside${place}.\n`;
}

/** What it shows when the next interrupt would end the session. */
export function secondPressNote(names: readonly Completion[], folder: string | undefined): string {
  const held = heldInMemory(folder);
  const variables = names.length === 0 ? "nothing that cells declared" : `${counted(names)} (${listed(names)})`;
  const frames =
    held.length === 0 ? "" : `, and the rows held in memory of ${held.join(", ")} (computed again when used)`;
  return (
    "The interrupt has had no effect for 5 s: native code runs that cannot be stopped from outside.\n" +
    `A second interrupt ends the session. Lost would be: ${variables}${frames}.\n`
  );
}

const counted = ({ length }: readonly Completion[]): string => `${length} ${length === 1 ? "name" : "names"}`;

const most = 5;

function listed(names: readonly Completion[]): string {
  const first = names.slice(-most).map(({ text }) => text);
  return `${first.join(", ")}${names.length > most ? ", …" : ""}`;
}

function shortened(line: string): string {
  const text = line.trim();
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

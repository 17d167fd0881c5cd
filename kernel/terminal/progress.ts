import { widthOf } from "./width.ts";

/** Displays of this name are the bars of running actions (runtime/session/host.ts). */
export const isProgress = (displayId: string): boolean => displayId.startsWith("quern-progress-");

/** The line that stays of a bar (runtime/display/progress.ts). */
export const isProgressEnd = (text: string): boolean => /^[✓✗■] /u.test(text);

const between = " · ";

/** A bar in one row of the terminal, if leaving out the middle of its facts can do that: its last is the time left. */
export function fittedProgress(text: string, columns: number): string {
  const facts = text.split(between);
  while (facts.length > 2 && widthOf(facts.join(between)) > columns) facts.splice(Math.min(2, facts.length - 2), 1);
  return facts.join(between);
}

import { widthOf } from "./width.ts";

/** Displays of this name are the bars of running actions (runtime/session/host.ts). */
export const isProgress = (displayId: string): boolean => displayId.startsWith("quern-progress-");

/** The line that stays of a bar (runtime/display/progress.ts). */
export const isProgressEnd = (text: string): boolean => /^[✓✗■] /u.test(text);

const between = " · ";
const shortestBar = 5;

/**
 * A bar in one row of the terminal, if that can be done by leaving out the middle of its facts (the last is the time
 * left), and then by a shorter bar.
 */
export function fittedProgress(text: string, columns: number): string {
  const facts = text.split(between);
  while (facts.length > 2 && widthOf(facts.join(between)) > columns) facts.splice(Math.min(2, facts.length - 2), 1);
  const fitted = facts.join(between);
  const excess = widthOf(fitted) - columns;
  if (excess <= 0) return fitted;
  return fitted.replace(/(█+)░*|░+/u, (bar, full = "") => {
    const length = Math.max(Math.min(shortestBar, bar.length), bar.length - excess);
    const filled = Math.round((full.length * length) / bar.length);
    return "█".repeat(filled) + "░".repeat(length - filled);
  });
}

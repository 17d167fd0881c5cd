import { formatCount } from "../../display/html.ts";
import { secondsText } from "../../display/units.ts";
import { engineWork } from "../engine-work.ts";
import type { Run } from "../run.ts";
import { showIn } from "./program.ts";

/** Begins to measure; what comes back says in the cell what it has taken since. */
export function startTiming(run: Run): (value?: unknown) => void {
  const work = engineWork(run);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  return (value) => {
    const wallMs = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    const now = engineWork(run);
    const rows = now.rows - work.rows;
    const facts = [`wall ${secondsText(wallMs / 1000)}`, `CPU ${secondsText((user + system) / 1e6)}`];
    if (now.actions > work.actions) facts.push(`engine ${secondsText((now.ms - work.ms) / 1000)}`);
    if (rows > 0) facts.push(`${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`);
    const isLazy = now.actions === work.actions && typeof (value as { toArrow?: unknown })?.toArrow === "function";
    const note = isLazy ? " (a DataFrame computes nothing until it is asked; %%time counts showing it, too)" : "";
    showIn(run)("stdout", `${facts.join(" · ")}${note}\n`);
  };
}

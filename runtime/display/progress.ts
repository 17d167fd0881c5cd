import { escapeHtml, formatCount, style } from "./html.ts";
import { secondsText, shortCount } from "./units.ts";

export type ProgressState = {
  /** "count", "write out/late". */
  readonly title: string;
  /** From 0 to 1; undefined while it is not known. */
  readonly fraction?: number | undefined;
  readonly rows?: number | undefined;
  readonly rowsTotal?: number | undefined;
  readonly elapsedSeconds: number;
};

export type ProgressEnd = {
  readonly title: string;
  readonly rows?: number | undefined;
  readonly elapsedSeconds: number;
  readonly outcome: "done" | "failed" | "interrupted";
};

/** A running action as a bar. It is drawn with plain boxes, so that a sanitised page shows it too. */
export function renderProgress(state: ProgressState): { "text/html": string; "text/plain": string } {
  const fraction = state.fraction === undefined ? undefined : Math.min(1, Math.max(0, state.fraction));
  const percent = fraction === undefined ? "" : `${Math.floor(fraction * 100)} %`;
  const facts = [percent, rowsText(state), secondsText(state.elapsedSeconds), remainingText(state, fraction)];
  const line = facts.filter((fact) => fact !== "").join(" · ");
  const track = {
    display: "inline-block",
    width: "200px",
    height: "10px",
    background: "#80808033",
    "border-radius": "5px",
    overflow: "hidden",
    "vertical-align": "middle",
    margin: "0 8px",
  };
  const bar = { width: `${((fraction ?? 0) * 100).toFixed(1)}%`, height: "10px", background: "#3b82c4" };
  const whole = {
    "font-size": "13px",
    padding: "4px 8px",
    "white-space": "nowrap",
    "font-variant-numeric": "tabular-nums",
  };
  return {
    "text/html":
      `<div${style(whole)}><b>${escapeHtml(state.title)}</b><div${style(track)}><div${style(bar)}></div></div>` +
      `<span${style({ opacity: "0.7" })}>${escapeHtml(line)}</span></div>`,
    "text/plain": `${state.title} ${textBar(fraction ?? 0)} ${line}`,
  };
}

/** What stays of the bar when the action has ended: one line. */
export function renderProgressEnd(end: ProgressEnd): { "text/html": string; "text/plain": string } {
  const mark = { done: "✓", failed: "✗", interrupted: "■" }[end.outcome];
  const word = { done: "", failed: "failed after ", interrupted: "interrupted after " }[end.outcome];
  const line = [`${word}${secondsText(end.elapsedSeconds)}`, rowsText(end)].filter((fact) => fact !== "").join(" · ");
  const color = { done: "#2e9d5b", failed: "#d64545", interrupted: "#c98a1b" }[end.outcome];
  return {
    "text/html":
      `<div${style({ "font-size": "12px", padding: "2px 8px" })}><span${style({ color })}>${mark}</span> ` +
      `<b>${escapeHtml(end.title)}</b> <span${style({ opacity: "0.7" })}>${escapeHtml(line)}</span></div>`,
    "text/plain": `${mark} ${end.title} ${line}`,
  };
}

function rowsText(state: Pick<ProgressState, "rows" | "rowsTotal" | "elapsedSeconds">): string {
  if (state.rows === undefined) return "";
  const count =
    state.rowsTotal === undefined
      ? `${formatCount(state.rows)} rows`
      : `${formatCount(state.rows)} of ${formatCount(state.rowsTotal)} rows`;
  const rate = state.rows / state.elapsedSeconds;
  return state.elapsedSeconds >= 0.5 && rate >= 1 ? `${count} · ${shortCount(Math.round(rate))} rows/s` : count;
}

/** Early guesses are wrong ones: nothing is said before a little of the work is done. */
function remainingText(state: ProgressState, fraction: number | undefined): string {
  if (fraction === undefined || fraction < 0.03 || fraction >= 1 || state.elapsedSeconds < 0.5) return "";
  return `${secondsText(state.elapsedSeconds * (1 / fraction - 1))} left`;
}

function textBar(fraction: number): string {
  const full = Math.round(fraction * 20);
  return `${"█".repeat(full)}${"░".repeat(20 - full)}`;
}

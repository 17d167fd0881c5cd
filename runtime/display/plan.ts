import type { PlanDetail, PlanTree } from "../plan/explain.ts";
import { escapeHtml, formatCount, rule, style } from "./html.ts";
import { misestimate, operatorNotes, type PlanLine, planLines, planSummary, shownSql } from "./plan-view.ts";
import { cut, oneLine } from "./text.ts";
import { secondsText } from "./units.ts";

/** A query plan as HTML: a line per operator with its rows and its part of the time; the slowest stands out. */
export function renderPlanHtml(tree: PlanTree): string {
  const logical = tree.logical
    ? heading("Logical plan, as written") +
      operators(planLines(tree.logical), false) +
      heading("Physical plan, as the engine runs it")
    : "";
  return (
    `<div${style({ "max-width": "100%", "overflow-x": "auto", "font-size": "13px", "line-height": "1.4" })}>` +
    `<div${style({ padding: "2px 8px 4px 8px" })}><b>Query plan</b> <span${muted}>${escapeHtml(planSummary(tree))}</span></div>` +
    `${logical}${operators(planLines(tree.physical), true)}${toldHtml(tree)}${folded("SQL", shownSql(tree.sql))}</div>`
  );
}

const muted = style({ opacity: "0.65" });
const heading = (text: string) =>
  `<div${style({ padding: "6px 8px 0 8px", "font-size": "12px" })}${""}><span${muted}>${text}</span></div>`;

function operators(lines: readonly PlanLine[], withNumbers: boolean): string {
  const measured = withNumbers && lines.some(({ operator }) => operator.seconds !== undefined);
  const estimated = withNumbers && lines.some(({ operator }) => operator.estimatedRows !== undefined);
  const counted = withNumbers && lines.some(({ operator }) => operator.rows !== undefined);
  const head = [
    headCell("Operator", "left"),
    ...(counted ? [headCell("rows", "right")] : []),
    ...(estimated ? [headCell(counted ? "estimated" : "estimated rows", "right")] : []),
    ...(measured ? [headCell("time", "right"), headCell("of total", "left")] : []),
  ];
  const body = lines.map((line) => {
    const { rows, estimatedRows, seconds } = line.operator;
    const cells = [
      cell(operatorHtml(line), "left"),
      ...(counted ? [cell(rows === undefined ? "" : formatCount(rows), "right")] : []),
      ...(estimated ? [cell(estimateHtml(line, estimatedRows), "right")] : []),
      ...(measured ? [cell(timeHtml(line, seconds), "right"), cell(barHtml(line), "left")] : []),
    ];
    return `<tr${style({ background: "transparent" })}>${cells.join("")}</tr>`;
  });
  const table = style({
    "border-collapse": "collapse",
    "table-layout": "auto",
    margin: "0",
    border: "none",
    "font-size": "13px",
  });
  return `<table${table}>${withNumbers ? `<thead><tr>${head.join("")}</tr></thead>` : ""}<tbody>${body.join("")}</tbody></table>`;
}

function headCell(text: string, align: string): string {
  const styles = {
    "text-align": align,
    padding: "0 14px 3px 8px",
    border: "none",
    "border-bottom": `1px solid ${rule.strong}`,
    "font-weight": "400",
    "font-size": "11px",
    "white-space": "nowrap",
  };
  return `<th${style(styles)}><span${style({ opacity: "0.6" })}>${text}</span></th>`;
}

function cell(content: string, align: string): string {
  const styles = {
    "text-align": align,
    "vertical-align": "top",
    padding: "4px 14px 4px 8px",
    border: "none",
    "border-bottom": `1px solid ${rule.faint}`,
    "white-space": "nowrap",
    "font-variant-numeric": "tabular-nums",
  };
  return `<td${style(styles)}>${content}</td>`;
}

/** Indented by its depth; beyond some depth the indentation stops, so that it stays on the page. */
function operatorHtml(line: PlanLine): string {
  const indent = Math.min(line.depth, maxIndent);
  const arrow = line.depth === 0 ? "" : `<span${style({ opacity: "0.45" })}>└ </span>`;
  const cached =
    line.operator.cached === undefined
      ? ""
      : ` <span${style({ "font-size": "11px", color: "#2e9d5b", border: "1px solid #2e9d5b", "border-radius": "3px", padding: "0 4px" })}>cached</span>`;
  const notes = operatorNotes(line.operator).map(noteHtml).join("");
  return (
    `<div${style({ "padding-left": `${indent * 18}px` })}>${arrow}<b>${escapeHtml(oneLine(line.operator.name))}</b>${cached}` +
    `<div${style({ "padding-left": line.depth === 0 ? "0" : "16px", "font-size": "12px", "white-space": "normal", "max-width": "440px", "overflow-wrap": "break-word" })}>${notes}</div></div>`
  );
}

function noteHtml({ label, value, full = value }: PlanDetail): string {
  const whole = oneLine(full);
  const shown = cut(oneLine(value), noteCharacters);
  const titleText = shown === whole ? "" : ` title="${escapeHtml(cut(whole, 2000))}"`;
  return `<div${titleText}><span${style({ opacity: "0.6" })}>${escapeHtml(oneLine(label))}</span> ${escapeHtml(shown)}</div>`;
}

const maxIndent = 24;
const noteCharacters = 240;

function estimateHtml(line: PlanLine, estimated: number | undefined): string {
  if (estimated === undefined) return "";
  const wrong = misestimate(line.operator);
  const note = wrong ? `<div${style({ "font-size": "11px", color: "#c98a1b" })}>${wrong}</div>` : "";
  return `<span${style({ opacity: "0.65" })}>${formatCount(estimated)}</span>${note}`;
}

function timeHtml(line: PlanLine, seconds: number | undefined): string {
  if (seconds === undefined) return "";
  const text = secondsText(seconds);
  return line.isSlowest ? `<b>${text}</b>` : text;
}

/** As wide as its part of the time; the slowest in a colour of its own, and named. */
function barHtml(line: PlanLine): string {
  if (line.share === undefined) return "";
  const percent = Math.round(line.share * 100);
  const color = line.isSlowest ? "#e4572e" : line.share >= 0.1 ? "#e9a23b" : "#7a9cc6";
  const track = {
    display: "inline-block",
    width: "80px",
    height: "9px",
    background: "#80808026",
    "vertical-align": "middle",
  };
  const bar = { width: `${Math.max(percent, line.share > 0 ? 1 : 0)}%`, height: "9px", background: color };
  const slowest = line.isSlowest ? ` <span${style({ "font-size": "11px", color: "#e4572e" })}>slowest</span>` : "";
  return `<div${style(track)}><div${style(bar)}></div></div> ${percent} %${slowest}`;
}

/** Where the mode is about the engine's own words, they are shown at once. */
const toldHtml = ({ told, mode }: PlanTree): string =>
  told === undefined ? "" : folded(told.title, told.text, mode === "extended" ? "" : " open");

function folded(title: string, text: string, open = ""): string {
  const styles = {
    margin: "4px 0 0 0",
    padding: "8px",
    "white-space": "pre-wrap",
    "font-size": "12px",
    background: "#80808014",
  };
  return (
    `<details${open}${style({ padding: "6px 8px 2px 8px" })}><summary${style({ cursor: "pointer", "font-size": "12px" })}>` +
    `<span${muted}>${escapeHtml(title)}</span></summary><pre${style(styles)}>${escapeHtml(text.toWellFormed())}</pre></details>`
  );
}

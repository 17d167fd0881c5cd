import type { PlanTree } from "../plan/explain.ts";
import { formatCount } from "./html.ts";
import { misestimate, operatorNotes, type PlanLine, planLines, planSummary, shownSql } from "./plan-view.ts";
import { wrapSql } from "./sql-lines.ts";
import { cut, oneLine } from "./text.ts";
import { textWidth, wrapText } from "./text-width.ts";
import { secondsText } from "./units.ts";

/**
 * A query plan as text, with the tree in box characters. In a terminal that is `columns` wide, longer lines are wrapped
 * beside the guide lines: a filter's end is as much worth as its beginning.
 */
export function renderPlanText(tree: PlanTree, columns = Number.POSITIVE_INFINITY): string {
  const room = Math.max(columns, fewestColumns);
  const operators = (root: PlanTree["physical"]) => planLines(root).flatMap((line) => operatorText(line, room));
  const logical = tree.logical
    ? [
        "Logical plan, as written",
        ...operators(tree.logical),
        "",
        ...wrapText("Physical plan, as the engine runs it", room),
      ]
    : [];
  return [
    ...wrapText(`Query plan (${planSummary(tree)})`, room),
    ...logical,
    ...operators(tree.physical),
    ...(tree.told ? ["", tree.told.title, tree.told.text.trim()] : []),
    "",
    "SQL",
    wrapSql(shownSql(tree.sql), room),
  ].join("\n");
}

const fewestColumns = 20;

function operatorText(line: PlanLine, columns: number): string[] {
  const above = line.follows
    .slice(0, -1)
    .map((follows) => (follows ? "│  " : "   "))
    .join("");
  // Of a plan so deep that its guide lines leave no room, the last of them.
  const guide = above.length > columns / 3 ? `…${above.slice(1 - Math.floor(columns / 9) * 3)}` : above;
  const last = line.follows.at(-1);
  const head = guide + (last === undefined ? "" : last ? "├─ " : "└─ ");
  const rest = guide + (last === undefined ? "" : last ? "│  " : "   ");
  const below = rest + (line.operator.children.length > 0 ? "│  " : "   ");
  const notes = operatorNotes(line.operator).flatMap(({ label, value }) =>
    hanging(below, below, `${oneLine(label)}: ${cut(oneLine(value), noteCharacters)}`, columns),
  );
  const numbers = numbersText(line);
  const name = `${oneLine(line.operator.name)}${numbers === "" ? "" : `  (${numbers})`}`;
  return [...hanging(head, below, `${name}${line.isSlowest ? "  ◀ slowest" : ""}`, columns), ...notes];
}

/** Text behind one guide line, and what does not fit, further in behind the other. */
function hanging(first: string, others: string, text: string, columns: number): string[] {
  if (textWidth(first + text) <= columns) return [first + text];
  const lines = wrapText(text, columns - others.length - indent.length);
  return lines.map((line, index) => (index === 0 ? first + line : others + indent + line));
}

const indent = "  ";
const noteCharacters = 160;

function numbersText({ operator, share }: PlanLine): string {
  const { rows, estimatedRows, seconds } = operator;
  const wrong = misestimate(operator);
  const estimated = estimatedRows === undefined ? "" : `estimated ${formatCount(estimatedRows)}`;
  return [
    rows === undefined ? "" : `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`,
    rows === undefined || wrong ? `${estimated}${wrong ? `, ${wrong}` : ""}` : "",
    seconds === undefined ? "" : secondsText(seconds) + (share === undefined ? "" : `, ${Math.round(share * 100)} %`),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

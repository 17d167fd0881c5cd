import type { PlanTree } from "../plan/explain.ts";
import { formatCount } from "./html.ts";
import { misestimate, operatorNotes, type PlanLine, planLines, planSummary, shownSql } from "./plan-view.ts";
import { cut, oneLine } from "./text.ts";
import { secondsText } from "./units.ts";

/** A query plan as text, with the tree in box characters. */
export function renderPlanText(tree: PlanTree): string {
  const logical = tree.logical
    ? ["Logical plan, as written", ...treeText(tree.logical), "", "Physical plan, as the engine runs it"]
    : [];
  return [
    `Query plan (${planSummary(tree)})`,
    ...logical,
    ...treeText(tree.physical),
    "",
    "SQL",
    shownSql(tree.sql),
  ].join("\n");
}

const treeText = (root: PlanTree["physical"]) => planLines(root).flatMap(operatorText);

function operatorText(line: PlanLine): string[] {
  const above = line.follows.slice(0, -1).map((follows) => (follows ? "│  " : "   "));
  const last = line.follows.at(-1);
  const guide = above.join("");
  const head = guide + (last === undefined ? "" : last ? "├─ " : "└─ ");
  const rest = guide + (last === undefined ? "" : last ? "│  " : "   ");
  const below = line.operator.children.length > 0 ? "│  " : "   ";
  const notes = operatorNotes(line.operator).map(
    ({ label, value }) => `${rest}${below}${oneLine(label)}: ${cut(oneLine(value), noteCharacters)}`,
  );
  const numbers = numbersText(line);
  return [
    `${head}${oneLine(line.operator.name)}${numbers === "" ? "" : `  (${numbers})`}${line.isSlowest ? "  ◀ slowest" : ""}`,
    ...notes,
  ];
}

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

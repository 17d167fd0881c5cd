import type { PlanDetail, PlanOperator, PlanTree } from "../plan/explain.ts";
import { formatCount } from "./html.ts";
import { bytesText, secondsText } from "./units.ts";

/** One line of a plan's tree, ready to be drawn. */
export type PlanLine = {
  readonly operator: PlanOperator;
  readonly depth: number;
  /** For each level above, whether more of its children follow: what the guide lines need. */
  readonly follows: readonly boolean[];
  /** Part of the time of all operators, 0 to 1; only where times were measured. */
  readonly share?: number;
  readonly isSlowest: boolean;
};

/** The operators of a tree from the top down, with their part of the time. */
export function planLines(root: PlanOperator): PlanLine[] {
  const lines: { operator: PlanOperator; depth: number; follows: readonly boolean[] }[] = [];
  // With a stack of its own: a plan can be deeper than JavaScript's.
  const stack = [{ operator: root, depth: 0, follows: [] as readonly boolean[] }];
  for (let line = stack.pop(); line; line = stack.pop()) {
    lines.push(line);
    const { operator, depth, follows } = line;
    const children = operator.children.map((child, index) => ({
      operator: child,
      depth: depth + 1,
      follows: [...follows, index < operator.children.length - 1],
    }));
    stack.push(...children.reverse());
  }
  const total = lines.reduce((sum, { operator }) => sum + (operator.seconds ?? 0), 0);
  const slowest = Math.max(...lines.map(({ operator }) => operator.seconds ?? 0));
  let found = false;
  return lines.map((line) => {
    const seconds = line.operator.seconds;
    const isSlowest = !found && lines.length > 1 && seconds !== undefined && seconds > 0 && seconds === slowest;
    found ||= isSlowest;
    return { ...line, isSlowest, ...(seconds !== undefined && total > 0 && { share: seconds / total }) };
  });
}

/** "DuckDB 1.5.6 · 12 ms · peak memory 5.0 MB". */
export function planSummary(tree: PlanTree): string {
  return [
    tree.engine,
    tree.seconds === undefined ? "not run" : secondsText(tree.seconds),
    tree.peakMemory === undefined ? "" : `peak memory ${bytesText(tree.peakMemory)}`,
    tree.spilled === undefined || tree.spilled === 0 ? "" : `${bytesText(tree.spilled)} spilled to disk`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** What is said of an operator beside its name and numbers. */
export function operatorNotes(operator: PlanOperator): PlanDetail[] {
  const notes = [...operator.details];
  const { files, cached } = operator;
  if (files) {
    const value =
      files.total === undefined ? formatCount(files.read) : `${formatCount(files.read)} of ${formatCount(files.total)}`;
    notes.push({ label: "files read", value });
  }
  if (cached !== undefined) notes.push({ label: "from the cache", value: cached });
  return notes;
}

/** How far an estimate was from the truth, where that is worth a word: "120 × too low". */
export function misestimate(operator: PlanOperator): string | undefined {
  const { estimatedRows: estimated, rows } = operator;
  if (estimated === undefined || rows === undefined) return undefined;
  const factor = Math.max(estimated, 1) / Math.max(rows, 1);
  if (factor < 10 && factor > 0.1) return undefined;
  const times = formatCount(Math.round(factor > 1 ? factor : 1 / factor));
  return `${times} × too ${factor > 1 ? "high" : "low"}`;
}

/** SQL to look at: of a long list of files the first, and a comment in place of the others. */
export function shownSql(sql: string): string {
  return sql.replace(FILES, (list, first: string) => {
    const others = list.match(TEXT)?.slice(1) ?? [];
    return others.length < 3 ? list : `[${first} /* … and ${formatCount(others.length)} more files */]`;
  });
}

const TEXT = /'(?:[^']|'')*'/g;
const FILES = /(?<=\bread_\w+\()\[('(?:[^']|'')*')(?:, '(?:[^']|'')*')+\]/g;

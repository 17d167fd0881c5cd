import type { PlanDetail, PlanOperator } from "../../../plan/explain.ts";
import type { Definitions } from "./definitions.ts";
import { type NameOf, readable } from "./expression.ts";
import type { RawOperator } from "./metrics.ts";
import { pathsText } from "./paths.ts";
import { detailLabel, operatorName } from "./words.ts";

/**
 * The operators that a reader wants to see: in words, without projections that only pass, name or compress columns, and
 * with the names of columns where DuckDB writes their positions ("#0").
 */
export const operatorTree = (root: RawOperator, definitions: Definitions): PlanOperator =>
  visible(root, definitions).operator;

type Visible = {
  readonly operator: PlanOperator;
  /** Its name as DuckDB has it. */
  readonly kind: string;
  /** What the columns are called; undefined where that cannot be told. */
  readonly outputs: Columns;
  /** The one column without a name of its own, where others cannot be counted: only such are written as positions. */
  readonly unnamed: string | undefined;
  /** All columns that the files and tables below have. */
  readonly given: ReadonlySet<string>;
};
type Columns = readonly (string | undefined)[] | undefined;

function visible(raw: RawOperator, definitions: Definitions): Visible {
  const children = raw.children.map((child) => visible(child, definitions));
  const [first] = children;
  const kind = raw.name.trim();
  if (kind === "PROJECTION" && first !== undefined) return projection(raw, first, definitions);
  const nameOf = namesOf(children);
  const scanned = children.length === 0 ? list(raw.info.Projections) : [];
  return {
    operator: toOperator(raw, detailsOf(raw, nameOf), children),
    kind,
    outputs: outputsOf(raw, children, nameOf),
    unnamed: unnamedOf(raw, children, nameOf),
    given: new Set([...scanned, ...children.flatMap((child) => [...child.given])]),
  };
}

function projection(raw: RawOperator, input: Visible, definitions: Definitions): Visible {
  const items = list(raw.info.Projections).map((item) => projected(item, input, definitions));
  const outputs = items.map(({ output }) => output);
  const below = { ...input, outputs, unnamed: undefined };
  if (items.every(({ isPassed }) => isPassed)) return { ...below, operator: withSeconds(input.operator, raw.seconds) };
  const shown = items.map(({ output = "…", text = output }) => (output === text ? text : `${output} = ${text}`));
  const details = [{ label: "expressions", value: shown.join(", ") }];
  return { ...below, kind: raw.name.trim(), operator: toOperator(raw, details, [input]) };
}

type Projected = {
  /** Whether the column is one of the input, under its name or another. */
  readonly isPassed: boolean;
  /** Undefined where it cannot be told. */
  readonly output: string | undefined;
  /** What the column is computed from, where it has a name of its own. */
  readonly text?: string | undefined;
};

function projected(item: string, input: Visible, definitions: Definitions): Projected {
  const nameOf = namesOf([input]);
  if (MOVE.test(item)) return { isPassed: true, output: moved(item, nameOf) };
  if (isGroup(input.kind)) {
    // The position of a group that was named by position ("GROUP BY 1") is written as a bare number.
    const group = /^\d+$/.test(item) ? input.outputs?.[Number(item)] : undefined;
    if (group !== undefined || definitions.isGrouped(item)) return { isPassed: true, output: group ?? item };
  }
  if (definitions.isGiven(item, input.given)) return { isPassed: true, output: item };
  const text = definitions.textOf(item);
  if (text !== undefined) return { isPassed: input.outputs?.includes(item) ?? false, output: item, text };
  return { isPassed: false, output: input.given.has(item) ? item : readable(item, nameOf) };
}

/** `#0`, or what compresses it. */
const MOVE = /^(?:__internal_\w+\()?#\d+(?:, [^()]*\))?\)?$/;

/** The name of the input that an item moves, if it is known. */
function moved(item: string, nameOf: NameOf): string | undefined {
  const position = /#(\d+)/.exec(item)?.[1];
  return position === undefined ? undefined : nameOf(Number(position));
}

function toOperator(raw: RawOperator, details: readonly PlanDetail[], children: readonly Visible[]): PlanOperator {
  const estimate = Number(raw.info["Estimated Cardinality"]);
  const files = filesOf(raw);
  const cached = /(?:^|\.)quern\."?(cache_\d+)"?$/.exec(String(raw.info.Table ?? ""))?.[1];
  return {
    name: operatorName(raw.name),
    details,
    // Above its last reordering DuckDB estimates nothing, and writes 0.
    ...(Number.isFinite(estimate) && (estimate > 0 || children.length === 0) ? { estimatedRows: estimate } : {}),
    ...(raw.rows === undefined ? {} : { rows: raw.rows }),
    ...(raw.seconds === undefined ? {} : { seconds: raw.seconds }),
    ...(files === undefined ? {} : { files }),
    ...(cached === undefined ? {} : { cached }),
    children: children.map((child) => child.operator),
  };
}

function detailsOf(raw: RawOperator, nameOf: NameOf): readonly PlanDetail[] {
  const isScan = raw.children.length === 0;
  return Object.entries(raw.info).flatMap(([key, value]): readonly PlanDetail[] => {
    const label = detailLabel(key);
    const items = list(value);
    if (label === undefined || items.length === 0) return [];
    if (key === "Table") return tableDetail(String(value));
    if (key === "Projections" && isScan) return [{ label: "columns", value: items.join(", ") }];
    if (key === "Filename(s)") return filesDetail(label, items.join(", "));
    if (key === "Join Type") return [{ label, value: String(value).toLowerCase() }];
    if (key === "Conditions" && value === "rowid = rowid") {
      return [{ label: "on", value: "row number: reads the other columns of the rows that are left" }];
    }
    const texts = items.map((item) => readable(item, nameOf));
    if (texts.every((text) => text === "…")) return [];
    return [{ label, value: texts.join(CONDITIONS.includes(key) ? " AND " : ", ") }];
  });
}

/** Conditions that all have to hold. */
const CONDITIONS: readonly string[] = ["Filters", "File Filters", "Dynamic Filters", "Conditions"];

function tableDetail(table: string): readonly PlanDetail[] {
  if (/(?:^|\.)quern\."?cache_\d+"?$/.test(table)) return [];
  const isLocal = /(?:^|\.)quern\."?local_\d+"?$/.test(table);
  return [{ label: "table", value: isLocal ? "data from JavaScript" : table.replace(/^memory\.main\./, "") }];
}

function filesDetail(label: string, full: string): readonly PlanDetail[] {
  const value = pathsText(full.split(/, (?=\/|[a-z][a-z0-9]+:\/\/|[A-Z]:\\)/));
  return [{ label, value, ...(value === full ? {} : { full }) }];
}

function filesOf({ info }: RawOperator): PlanOperator["files"] {
  const [read, total] = String(info["Scanning Files"] ?? "").split("/");
  const counted = Number(info["Total Files Read"] ?? read);
  if (!Number.isFinite(counted) || (read === "" && info["Total Files Read"] === undefined)) return undefined;
  return { read: counted, ...(total === undefined ? {} : { total: Number(total) }) };
}

/** What the positions in an operator mean: those of its only input. */
const namesOf = (children: readonly Visible[]): NameOf => {
  const [input] = children;
  return (position) => (children.length === 1 ? (input?.outputs?.[position] ?? input?.unnamed) : undefined);
};

function outputsOf(raw: RawOperator, children: readonly Visible[], nameOf: NameOf): Columns {
  const inputs = children[0]?.outputs;
  const texts = (key: string) => list(raw.info[key]).map((item) => readable(item, nameOf));
  if (children.length === 0) return list(raw.info.Projections);
  if (isGroup(raw.name)) return [...texts("Groups"), ...texts("Aggregates")];
  if (/WINDOW/.test(raw.name)) return inputs === undefined ? undefined : [...inputs, ...texts("Projections")];
  // Others, as joins, leave out or add columns and do not tell which.
  return children.length === 1 && PASSING.includes(raw.name.trim()) ? inputs : undefined;
}

function unnamedOf(raw: RawOperator, [input]: readonly Visible[], nameOf: NameOf): string | undefined {
  if (PASSING.includes(raw.name.trim())) return input?.unnamed;
  const [only, ...others] = list(raw.info.Projections);
  if (raw.name.trim() !== "WINDOW" || input?.outputs !== undefined || only === undefined) return undefined;
  return others.length === 0 && input?.unnamed === undefined ? readable(only, nameOf) : undefined;
}

const isGroup = (kind: string): boolean => /GROUP_BY|AGGREGATE/.test(kind);
const PASSING: readonly string[] = ["FILTER", "ORDER_BY", "TOP_N", "LIMIT", "STREAMING_LIMIT", "LIMIT_PERCENT"];

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined || value === "" ? [] : typeof value === "string" ? [value] : value;

function withSeconds(operator: PlanOperator, seconds: number | undefined): PlanOperator {
  if (seconds === undefined) return operator;
  return { ...operator, seconds: (operator.seconds ?? 0) + seconds };
}

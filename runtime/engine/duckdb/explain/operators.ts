import type { PlanOperator } from "../../../plan/explain.ts";
import type { RawOperator } from "./metrics.ts";

/**
 * The operators that a reader wants to see: in words, without projections that only move or compress columns, and with
 * the names of columns where DuckDB writes their positions ("#0").
 */
export const operatorTree = (root: RawOperator): PlanOperator => visible(root).operator;

type Visible = {
  readonly operator: PlanOperator;
  /** What the columns are called; undefined where that cannot be told. */
  readonly outputs: readonly string[] | undefined;
};

function visible(raw: RawOperator): Visible {
  const children = raw.children.map(visible);
  const [first] = children;
  const inputs = first?.outputs;
  if (raw.name === "PROJECTION" && first !== undefined) {
    const items = list(raw.info.Projections);
    if (items.every(isMove)) {
      return {
        operator: withSeconds(first.operator, raw.seconds),
        outputs: items.map((item) => resolve(plain(item), inputs)),
      };
    }
  }
  const resolved = raw.name === "PROJECTION" ? { ...raw, info: withGroupNames(raw, inputs) } : raw;
  return { operator: toOperator(resolved, children, inputs), outputs: outputsOf(resolved, children) };
}

function toOperator(
  raw: RawOperator,
  children: readonly Visible[],
  inputs: readonly string[] | undefined,
): PlanOperator {
  const estimate = Number(raw.info["Estimated Cardinality"]);
  const files = filesOf(raw);
  const table = String(raw.info.Table ?? "");
  const cached = /(?:^|\.)quern\."?(cache_\d+)"?$/.exec(table)?.[1];
  return {
    name: inWords(raw.name),
    details: detailsOf(raw, inputs),
    ...(Number.isFinite(estimate) ? { estimatedRows: estimate } : {}),
    ...(raw.rows === undefined ? {} : { rows: raw.rows }),
    ...(raw.seconds === undefined ? {} : { seconds: raw.seconds }),
    ...(files === undefined ? {} : { files }),
    ...(cached === undefined ? {} : { cached }),
    children: children.map((child) => child.operator),
  };
}

function detailsOf(raw: RawOperator, inputs: readonly string[] | undefined): PlanOperator["details"] {
  const scan = raw.children.length === 0;
  return Object.entries(raw.info).flatMap(([key, value]) => {
    if (HIDDEN.includes(key)) return [];
    if (key === "Table" && /(?:^|\.)quern\."?local_\d+"?$/.test(String(value))) {
      return [{ label: "table", value: "data from JavaScript" }];
    }
    const items = list(value).map((item) => resolve(plain(item), inputs));
    if (items.length === 0 || items.every((item) => /^#\d+$/.test(item))) return [];
    const label = key === "Projections" && scan ? "columns" : (LABELS[key] ?? key.toLowerCase());
    return [{ label, value: items.join(", ") }];
  });
}

function filesOf({ info }: RawOperator): PlanOperator["files"] {
  const [read, total] = String(info["Scanning Files"] ?? "").split("/");
  const counted = Number(info["Total Files Read"] ?? read);
  if (!Number.isFinite(counted) || (read === "" && info["Total Files Read"] === undefined)) return undefined;
  return { read: counted, ...(total === undefined ? {} : { total: Number(total) }) };
}

function outputsOf(raw: RawOperator, children: readonly Visible[]): readonly string[] | undefined {
  const inputs = children[0]?.outputs;
  const resolved = (key: string) => list(raw.info[key]).map((item) => resolve(plain(item), inputs));
  if (children.length === 0 || raw.name === "PROJECTION") return resolved("Projections");
  if (/GROUP_BY|AGGREGATE/.test(raw.name)) return [...resolved("Groups"), ...resolved("Aggregates")];
  if (/WINDOW/.test(raw.name)) return inputs === undefined ? undefined : [...inputs, ...resolved("Projections")];
  // A join leaves out columns that are not needed above it, and does not tell which.
  return children.length === 1 ? inputs : undefined;
}

/** DuckDB writes the position of a group that was named by position ("GROUP BY 1") as a bare number. */
function withGroupNames({ info, children }: RawOperator, inputs: readonly string[] | undefined): RawOperator["info"] {
  const groups = /GROUP_BY/.test(children[0]?.name ?? "") ? list(children[0]?.info.Groups).length : 0;
  if (groups === 0 || inputs === undefined) return info;
  const named = (item: string) => (/^\d+$/.test(item) && Number(item) < groups ? (inputs[Number(item)] ?? item) : item);
  return { ...info, Projections: list(info.Projections).map(named) };
}

/** `#0` and `__internal_compress_string(#0)` only move a column. */
const isMove = (item: string): boolean => /^(#\d+|__internal_\w+\(#\d+(, [^()]*)?\))$/.test(item);
const plain = (item: string): string => item.replace(/__internal_\w+\(([^()]*?)(?:, \d+)?\)/g, "$1");

const resolve = (text: string, inputs: readonly string[] | undefined): string =>
  text
    .replace(/#(\d+)\b/g, (position, index: string) => inputs?.[Number(index)] ?? position)
    .replace(/\b(?:memory\.)?quern\.(?:cache|local)_\d+\./g, "");

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined || value === "" ? [] : typeof value === "string" ? [value] : value;

function withSeconds(operator: PlanOperator, seconds: number | undefined): PlanOperator {
  if (seconds === undefined) return operator;
  return { ...operator, seconds: (operator.seconds ?? 0) + seconds };
}

/** "HASH_GROUP_BY" → "Hash group by" */
function inWords(name: string): string {
  const known = NAMES[name.trim()];
  if (known !== undefined) return known;
  const words = name.trim().toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const NAMES: { readonly [name: string]: string } = {
  PARQUET_SCAN: "Parquet scan",
  READ_PARQUET: "Parquet scan",
  READ_CSV: "CSV scan",
  READ_CSV_AUTO: "CSV scan",
  READ_JSON: "JSON scan",
  READ_JSON_AUTO: "JSON scan",
  SEQ_SCAN: "Table scan",
  TOP_N: "Top N",
  PERFECT_HASH_GROUP_BY: "Hash group by",
  UNGROUPED_AGGREGATE: "Aggregate",
  STREAMING_LIMIT: "Limit",
  COLUMN_DATA_SCAN: "Values",
  DUMMY_SCAN: "One row",
  EMPTY_RESULT: "No rows",
};

const LABELS: { readonly [key: string]: string } = {
  Filters: "filter",
  "File Filters": "file filter",
  "Dynamic Filters": "filter from the join",
  Expression: "condition",
  Conditions: "on",
  "Join Type": "join",
  Groups: "group by",
  Top: "rows",
  Projections: "expressions",
  "Filename(s)": "files",
};

const HIDDEN: readonly string[] = ["Estimated Cardinality", "Function", "Type", "Scanning Files", "Total Files Read"];

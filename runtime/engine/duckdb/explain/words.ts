/** "HASH_GROUP_BY" → "Hash group by" */
export function operatorName(name: string): string {
  const known = NAMES[name.trim()];
  if (known !== undefined) return known;
  const words = name.trim().toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a detail is called; undefined for those that a reader does not need, or finds elsewhere. */
export function detailLabel(key: string): string | undefined {
  return HIDDEN.includes(key) ? undefined : (LABELS[key] ?? key.toLowerCase());
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
  Condition: "on",
  "Join Type": "join",
  Groups: "group by",
  Top: "rows",
  Projections: "expressions",
  "Filename(s)": "files",
};

const HIDDEN: readonly string[] = ["Estimated Cardinality", "Function", "Type", "Scanning Files", "Total Files Read"];

import { AnalysisError } from "../../../errors.ts";
import { columnList, didYouMean } from "../../../plan/nearest.ts";
import type { Plan } from "../../../plan/nodes.ts";

/** A column as the text can name it, and what it is called in the plan, where each name is there once. */
export type Column = {
  readonly name: string;
  readonly inPlan: string;
  /** What may stand before its name: the table, and what the table is in. */
  readonly qualifier?: readonly string[];
  /** It is there only behind its qualifier: a key of a join that another column stands for. */
  readonly isHidden?: true;
};

/** Rows while a text is read. */
export type Relation = { readonly plan: Plan; readonly columns: readonly Column[] };

/** A column, and the fields behind it. */
export type Found = { readonly column: Column; readonly fields: readonly string[] };

/** The column that `a.b.c` names: what stands before a dot is a table first, as in Spark, and then a struct. */
export function found(relation: Relation, parts: readonly string[]): Found | undefined {
  for (let qualifiers = Math.min(parts.length - 1, 3); qualifiers > 0; qualifiers--) {
    const name = parts[qualifiers] as string;
    const behind = named(relation, name).filter((column) => isBehind(column, parts.slice(0, qualifiers)));
    if (behind.length > 0) return { column: only(behind, parts), fields: parts.slice(qualifiers + 1) };
  }
  const visible = named(relation, parts[0] as string).filter((column) => column.isHidden === undefined);
  return visible.length === 0 ? undefined : { column: only(visible, parts), fields: parts.slice(1) };
}

/** Whether these names may stand before a column's. */
export function isBehind({ qualifier = [] }: Column, names: readonly string[]): boolean {
  if (names.length > qualifier.length) return false;
  const last = qualifier.slice(qualifier.length - names.length);
  return names.every((name, index) => name.toLowerCase() === last[index]?.toLowerCase());
}

function only(columns: readonly Column[], parts: readonly string[]): Column {
  const [column, second] = columns;
  if (column !== undefined && second === undefined) return column;
  const all = columns.map(({ name, qualifier }) => `"${[...(qualifier?.slice(-1) ?? []), name].join(".")}"`);
  throw new AnalysisError(
    "AMBIGUOUS_COLUMN",
    `SQL: "${parts.join(".")}" could be ${all.join(" or ")}: write the table's name or alias before it, and give columns of one name different ones (AS).`,
  );
}

/** What is told of a name that no column has. */
export function missing(parts: readonly string[], relation: Relation): AnalysisError {
  const visible = relation.columns.filter((column) => column.isHidden === undefined);
  const names = visible.map(({ name }) => name);
  const behind = visible.flatMap(({ name, qualifier }) => (qualifier ? [`${qualifier.at(-1)}.${name}`] : []));
  const name = parts.join(".");
  const near = didYouMean(name, parts.length > 1 ? [...behind, ...names] : names);
  return new AnalysisError("COLUMN_NOT_FOUND", `SQL: There is no column "${name}" here. ${columnList(names)}${near}`);
}

/** The columns behind another name, with other names of their own where they are given. */
export function renamed(relation: Relation, qualifier: readonly string[], names: readonly string[] = []): Relation {
  const columns = relation.columns.filter((column) => column.isHidden === undefined);
  if (names.length > 0 && names.length !== columns.length)
    throw new AnalysisError(
      "COLUMN_COUNT",
      `SQL: ${qualifier.at(-1) ?? "The query"} has ${columns.length} columns (${columns.map(({ name }) => name).join(", ")}), and ${names.length} names are given to them: ${names.join(", ")}.`,
    );
  const own = columns.map(({ name, inPlan }, index): Column => {
    const given = { name: names[index] ?? name, inPlan };
    return qualifier.length === 0 ? given : { ...given, qualifier };
  });
  return { plan: relation.plan, columns: own };
}

/** Names that are none of those that are taken, ignoring case, nor of each other. */
export function freeNames(wanted: readonly string[], taken: Iterable<string> = []): string[] {
  const used = new Set([...taken].map((name) => name.toLowerCase()));
  return wanted.map((name) => {
    let free = name;
    for (let number = 2; used.has(free.toLowerCase()); number++) free = `${name}_${number}`;
    used.add(free.toLowerCase());
    return free;
  });
}

const indexes = new WeakMap<Relation, ReadonlyMap<string, readonly Column[]>>();

function named(relation: Relation, name: string): readonly Column[] {
  let index = indexes.get(relation);
  if (index === undefined) {
    index = Map.groupBy(relation.columns, (column) => column.name.toLowerCase());
    indexes.set(relation, index);
  }
  return index.get(name.toLowerCase()) ?? [];
}

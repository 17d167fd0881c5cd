import { hideSecrets } from "../secrets.ts";

/** One operator of an engine's plan, in terms that both engines have. Times are seconds, sizes bytes. */
export type PlanOperator = {
  /** The engine's name of the operator, in words: "Hash group by". */
  readonly name: string;
  /** What a reader wants to know, in order: columns read, filters, groups, join conditions. */
  readonly details: readonly PlanDetail[];
  readonly estimatedRows?: number;
  readonly rows?: number;
  /** Time in this operator alone, summed over threads. */
  readonly seconds?: number;
  readonly files?: { readonly read: number; readonly total?: number };
  /** The table of a cache that served this scan. */
  readonly cached?: string;
  readonly children: readonly PlanOperator[];
};

export type PlanTree = {
  readonly engine: string;
  readonly mode: string;
  /** As the user wrote it, one step a line, for "extended" and "formatted". */
  readonly logical?: PlanOperator;
  readonly physical: PlanOperator;
  readonly sql: string;
  /** What the engine says of it in its own words. */
  readonly told?: { readonly title: string; readonly text: string };
  /** Wall time of the whole query; "analyze" only. */
  readonly seconds?: number;
  readonly peakMemory?: number;
  readonly spilled?: number;
};

/** `value` is what is shown; `full` is longer, where something has been left out of it. */
export type PlanDetail = { readonly label: string; readonly value: string; readonly full?: string };

/** The plan as it may be shown: without the passwords and keys that paths, options and SQL text have. */
export function withoutSecrets(tree: PlanTree): PlanTree {
  const { logical, physical, sql, told } = tree;
  return {
    ...tree,
    ...(logical && { logical: operatorWithoutSecrets(logical) }),
    physical: operatorWithoutSecrets(physical),
    sql: hideSecrets(sql),
    ...(told && { told: { ...told, text: hideSecrets(told.text) } }),
  };
}

const operatorWithoutSecrets = (operator: PlanOperator): PlanOperator => ({
  ...operator,
  details: operator.details.map(({ label, value, full }) => ({
    label,
    value: hideSecrets(value),
    ...(full !== undefined && { full: hideSecrets(full) }),
  })),
  children: operator.children.map(operatorWithoutSecrets),
});

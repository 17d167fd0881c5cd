import type { DataFrame } from "../dataframe/dataframe.ts";
import { knownSchema, rememberSchema } from "../dataframe/known-columns.ts";
import { looksLikeQuery } from "../dataframe/sql-text.ts";
import { schemaTypeText } from "../dataframe/type-text.ts";
import { spark } from "../index.ts";
import { patience } from "./given.ts";
import type { LiteralSource } from "./protocol.ts";

export type Frame = DataFrame<any>;
type Plan = Frame["plan"];
type Schema = Awaited<ReturnType<Frame["schema"]>>;

/** What a source has not told by then, it never will. */
const patienceMs = 2000;

/** Plans whose columns were asked for in vain: they are slow to be known, or cannot be. */
const inVain = new WeakMap<Plan, "slow" | "never">();

/** Whether the columns of a frame are known, will be in no time, or perhaps later. */
export const prospect = ({ plan }: Frame): "known" | "soon" | "slow" | "never" =>
  knownSchema(plan) !== undefined ? "known" : (inVain.get(plan) ?? "soon");

export function setSlow({ plan }: Frame): void {
  inVain.set(plan, "slow");
}

/**
 * Asks the engine for the columns of a frame, apart from all actions; resolves when that has come to an end, whichever.
 * Nothing is computed.
 */
export async function findSchema({ plan, context }: Frame, signal: AbortSignal): Promise<void> {
  try {
    const found = await context.describe(plan, AbortSignal.any([signal, AbortSignal.timeout(patienceMs * patience)]));
    if (found === undefined) inVain.set(plan, "slow");
    else rememberSchema(plan, found);
  } catch {
    // What is wrong with the frame, its actions will tell. One that a cell has stopped is asked again behind it.
    if (!signal.aborted) inVain.set(plan, "never");
  }
}

const texts = new WeakMap<Schema, string>();

/** The S of `DataFrame<S>`, as far as it is known. */
export function schemaText({ plan }: Frame): string | undefined {
  const schema = knownSchema(plan);
  if (schema === undefined) return undefined;
  const known = texts.get(schema) ?? schemaTypeText(schema);
  texts.set(schema, known);
  return known;
}

/** What a literal would give, by the analysis that its frame would have; undefined for commands and for mistakes. */
export function frameOf(source: LiteralSource): Frame | undefined {
  try {
    switch (source.kind) {
      case "read": {
        const reader = spark.read.options(source.options);
        return (source.schema === undefined ? reader : reader.schema(source.schema))[source.format](source.paths);
      }
      case "table":
        return spark.table(source.name);
      case "sql":
        // A command would start at once.
        return looksLikeQuery(source.text) ? spark.sql(source.text) : undefined;
      case "schema":
        return spark.createDataFrame([], source.text);
    }
  } catch {
    return undefined;
  }
}

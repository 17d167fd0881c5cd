import { AnalysisError } from "../../errors.ts";
import type { Template, Templates } from "../dialect.ts";

/** What DuckDB cannot compute with Spark's meaning, and why: words that follow "because". */
export const sparkOnly: { readonly [name: string]: string } = {};

const refuse =
  (reason: string): Template =>
  (_, call) => {
    throw new AnalysisError(
      "SPARK_ONLY",
      `${call.name} works on Spark only, because ${reason}. Run the frame there: await use("sc://…").`,
    );
  };

/** They fail before anything runs. */
export const sparkOnlyTemplates: Templates = Object.fromEntries(
  Object.entries(sparkOnly).map(([name, reason]) => [name, refuse(reason)]),
);

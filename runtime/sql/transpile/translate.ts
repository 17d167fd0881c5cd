import { AnalysisError } from "../../errors.ts";
import { isAllowed } from "./allowed.ts";
import { featuresOf } from "./features.ts";
import { Library } from "./library.ts";
import { withNames } from "./names.ts";
import { Refusal, refused } from "./refusal.ts";
import type { Rules } from "./rules.ts";
import { spoken } from "./spoken.ts";
import { dateRules } from "./to-spark-dates.ts";
import { textRules } from "./to-spark-text.ts";
import { valueRules } from "./to-spark-values.ts";
import { mapNodes, type Node, partsOf } from "./tree.ts";

const RULES: Rules = { ...valueRules, ...dateRules, ...textRules };

/**
 * Text of DuckDB's SQL in Spark's. The library reads it and writes it; in between, what is not known to give
 * the same rows on both engines (allowed.ts) is refused, and what they say differently is said in the other's way.
 * @throws AnalysisError for text that cannot be read, and for what is refused.
 */
export async function translate(text: string, kind: "statement" | "expression"): Promise<string> {
  const library = await Library.load("duckdb", "spark");
  const prefix = kind === "expression" ? "SELECT " : "";
  const [tree, ...more] = library.parse(prefix + text, prefix.length);
  if (tree === undefined) throw new AnalysisError("EMPTY_SQL", "The SQL text is empty.");
  if (more.length > 0) throw new AnalysisError("SYNTAX", "SQL: one query at a time; this text has several.");
  try {
    const [statement = ""] = partsOf(tree) ?? [];
    if (!STATEMENTS.has(statement)) throw new Refusal(`The statement ${spoken(statement)}`);
    const named = kind === "statement" ? withNames(library, tree) : tree;
    const sql = library.generate(translated(named, library));
    return kind === "expression" ? sql.slice(prefix.length) : sql;
  } catch (error) {
    if (error instanceof Refusal) throw refused(error.message, "duckdb", "spark", error);
    throw error;
  }
}

const STATEMENTS = new Set("select union intersect except create_view drop_view".split(" "));

function translated(tree: Node, library: Library): Node {
  return mapNodes(withNullOrder(tree), (kind, fields, node) => {
    const features = featuresOf(kind, fields);
    const rule = RULES[features[0] as string];
    for (const feature of features)
      if (!isAllowed(feature) && !(rule && feature === features[0])) throw new Refusal(spoken(feature));
    return rule ? rule(fields, node, library) : node;
  }) as Node;
}

/** Where NULLs come without being told in DuckDB: last. */
function withNullOrder(value: unknown): Node {
  if (Array.isArray(value)) return value.map((each) => withNullOrder(each)) as unknown as Node;
  if (typeof value !== "object" || value === null) return value as unknown as Node;
  const mapped: { [name: string]: unknown } = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withNullOrder(field)]),
  );
  if ("nulls_first" in mapped && "desc" in mapped && mapped.nulls_first === null)
    return { ...mapped, nulls_first: false } as unknown as Node;
  return mapped as unknown as Node;
}

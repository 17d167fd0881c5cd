import { AnalysisError } from "../../errors.ts";
import { isAllowed } from "./allowed.ts";
import { featuresOf } from "./features.ts";
import { Library, type SqlDialect } from "./library.ts";
import { withNames } from "./names.ts";
import { Refusal, refused } from "./refusal.ts";
import type { Rules } from "./rules.ts";
import { spoken } from "./spoken.ts";
import { toDuckdbRules } from "./to-duckdb.ts";
import { dateRules } from "./to-spark-dates.ts";
import { textRules } from "./to-spark-text.ts";
import { valueRules } from "./to-spark-values.ts";
import { mapNodes, type Node, partsOf } from "./tree.ts";

export type { SqlDialect } from "./library.ts";

const RULES: { readonly [to in SqlDialect]: Rules } = {
  spark: { ...valueRules, ...dateRules, ...textRules },
  duckdb: toDuckdbRules,
};

/**
 * Text of one dialect in the SQL of the other. The library reads it and writes it; in between, what is not known to give
 * the same rows on both engines (allowed.ts) is refused, and what they say differently is said in the other's way.
 * @throws AnalysisError for text that cannot be read, and for what is refused.
 */
export async function translate(
  text: string,
  from: SqlDialect,
  to: SqlDialect,
  kind: "statement" | "expression",
): Promise<string> {
  const library = await Library.load(from, to);
  // The library takes it out of literals before it says what it has read.
  if (from === "spark" && text.includes("\\")) throw refused("A backslash", from, to);
  const prefix = kind === "expression" ? "SELECT " : "";
  const [tree, ...more] = library.parse(prefix + text, prefix.length);
  if (tree === undefined) throw new AnalysisError("EMPTY_SQL", "The SQL text is empty.");
  if (more.length > 0) throw new AnalysisError("SYNTAX", "SQL: one query at a time; this text has several.");
  try {
    const [statement = ""] = partsOf(tree) ?? [];
    if (!STATEMENTS.has(statement)) throw new Refusal(`The statement ${spoken(statement)}`);
    const named = kind === "statement" && from === "duckdb" ? withNames(library, tree) : tree;
    const sql = library.generate(translated(named, library));
    return kind === "expression" ? sql.slice(prefix.length) : sql;
  } catch (error) {
    if (error instanceof Refusal) throw refused(error.message, from, to, error);
    throw error;
  }
}

const STATEMENTS = new Set("select union intersect except create_view drop_view".split(" "));

function translated(tree: Node, library: Library): Node {
  const rules = RULES[library.to];
  return mapNodes(withNullOrder(tree, library.from), (kind, fields, node) => {
    const features = featuresOf(kind, fields);
    const rule = rules[features[0] as string];
    for (const feature of features)
      if (!isAllowed(feature, library.to) && !(rule && feature === features[0])) throw new Refusal(spoken(feature));
    return rule ? rule(fields, node, library) : node;
  }) as Node;
}

/** Where NULLs come without being told: last in DuckDB; in Spark first where rows ascend. */
function withNullOrder(value: unknown, from: SqlDialect): Node {
  if (Array.isArray(value)) return value.map((each) => withNullOrder(each, from)) as unknown as Node;
  if (typeof value !== "object" || value === null) return value as unknown as Node;
  const mapped: { [name: string]: unknown } = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withNullOrder(field, from)]),
  );
  if ("nulls_first" in mapped && "desc" in mapped && mapped.nulls_first === null) {
    const first = from === "spark" && mapped.desc !== true;
    return { ...mapped, nulls_first: first } as unknown as Node;
  }
  return mapped as unknown as Node;
}

import { AnalysisError } from "../../../errors.ts";
import type { Plan } from "../../../plan/nodes.ts";
import type { Sources, Statement } from "../../../plan/statement.ts";
import { type Hidden, withHiddenTexts } from "../hidden-texts.ts";
import { Library } from "../library.ts";
import { checkOnly, isGiven, listOf, nameIn, nodeParts } from "../parts.ts";
import { orRefused, Refusal } from "../refusal.ts";
import { spoken } from "../spoken.ts";
import type { Fields, Node } from "../tree.ts";
import { readQuery, visibleOf } from "./query.ts";
import { readers } from "./readers.ts";
import { Reading } from "./reading.ts";
import { type Relation, renamed } from "./relation.ts";

/**
 * A statement in Spark's SQL, in the terms of plans: what it means is then what the same means as a DataFrame. The library reads
 * it.
 * @throws AnalysisError for what cannot be read, and for what plans have no terms for
 */
export async function readStatement(text: string, sources: Sources): Promise<Statement> {
  return orRefused(async () => {
    const { tree, ...read } = await parsed(text);
    const reading = new Reading(read, { text, sources, readers, origin: sources.origin });
    const [kind, fields] = nodeParts(tree);
    if (kind === "drop_view") return dropView(fields);
    if (kind === "create_view") return createView(reading, fields);
    const relation = await readQuery(reading, tree, { queries: new Map() });
    return { kind: "query", plan: resultOf(reading, relation) };
  });
}

/** Whether a text asks for rows, or is a command; nothing of it is looked up. */
export async function kindOfStatement(text: string): Promise<"query" | "command"> {
  return orRefused(async () => {
    const [kind] = nodeParts((await parsed(text)).tree);
    if (kind === "create_view" || kind === "drop_view") return "command";
    if (QUERIES.has(kind)) return "query";
    throw new Refusal(`The statement ${spoken(kind)}`);
  });
}

const QUERIES: ReadonlySet<string> = new Set("select union intersect except values subquery paren".split(" "));

type Parsed = { readonly library: Library; readonly hidden: Hidden; readonly tree: Node };

async function parsed(text: string): Promise<Parsed> {
  const library = await Library.load("spark", "spark");
  const hidden = withHiddenTexts(text);
  const [tree, ...more] = library.parse(hidden.text, 0, { text, at: hidden.at });
  if (tree === undefined) throw new AnalysisError("EMPTY_SQL", "The SQL text is empty.");
  if (more.length > 0) throw new AnalysisError("SYNTAX", "SQL: one query at a time; this text has several.");
  return { library, hidden, tree };
}

/** The names of a result are there once: rows are objects. */
function resultOf(reading: Reading, relation: Relation): Plan {
  const { plan, columns } = visibleOf(reading, relation);
  const twice = columns.find(({ name, inPlan }) => name !== inPlan);
  if (twice === undefined) return plan;
  const message = `SQL: Two columns of the result are called "${twice.name}" (names ignore case). Name one of them with AS, or leave it out: SELECT * EXCEPT (…).`;
  throw new AnalysisError("DUPLICATE_COLUMN", message);
}

async function createView(reading: Reading, fields: Fields): Promise<Statement> {
  checkOnly("create_view", fields, "name", "query", "columns", "or_replace", "temporary");
  if (fields.temporary !== true) throw new Refusal("CREATE VIEW (CREATE TEMP VIEW can be)");
  const columns = listOf(fields.columns).map((column) => nameIn((column as Fields).name));
  const relation = await readQuery(reading, fields.query, { queries: new Map() });
  const plan = resultOf(reading, renamed(relation, [], columns));
  return { kind: "create view", name: viewName(fields.name), plan, replace: fields.or_replace === true };
}

function dropView(fields: Fields): Statement {
  checkOnly("drop_view", fields, "name", "if_exists");
  return { kind: "drop view", name: viewName(fields.name), ifExists: fields.if_exists === true };
}

function viewName(given: unknown): string {
  const { name, schema, catalog } = given as Fields;
  if (isGiven(schema) || isGiven(catalog)) throw new Refusal("A view in a database");
  return nameIn(name);
}

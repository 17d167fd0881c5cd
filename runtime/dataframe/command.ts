import type { Engine, RunOptions } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import type { Plan, PlanOf } from "../plan/nodes.ts";
import type { Statement } from "../plan/statement.ts";
import { lazy } from "../turns.ts";
import { atOrigin } from "./at-origin.ts";
import type { TextSources } from "./prepare.ts";

const arrowTypes = lazy(() => import("./arrow-types.ts"));

type Surroundings = { readonly sources: TextSources };

/**
 * Runs SQL text if it is a command, and answers what its frame is: nothing, or for a query the node itself. Frames that
 * a command names are views for as long as it runs.
 */
export function runText(
  given: PlanOf<"sql">,
  engine: Engine,
  { sources }: Surroundings,
  options: RunOptions,
): Promise<Plan> {
  return atOrigin(given, async () => {
    const read = await sources.read(given, engine, (input) => sources.resolve(input, engine));
    if (read.kind === "query") return given;
    if (read.kind !== "text") return onView(read, engine, sources);
    const node = { ...given, text: read.text };
    const { kind } = await engine.parse(node.text);
    if (kind === "query") return given;
    const views = await createViews(node, engine, sources);
    try {
      await engine.command(node.text, options);
    } catch (error) {
      throw views.failures.find(({ name }) => String(error).includes(name))?.error ?? error;
    } finally {
      sources.forgetViewsNamedIn(node.text);
      // A view that was created over them needs them for good.
      if (!/\bview\b/i.test(node.text)) {
        for (const name of views.created) await engine.dropView(name);
      }
    }
    return emptyFrame();
  });
}

/** CREATE TEMP VIEW and DROP VIEW of texts that have been read. */
async function onView(
  read: Exclude<Statement, { readonly kind: "query" }>,
  engine: Engine,
  sources: TextSources,
): Promise<Plan> {
  const { name } = read;
  if (read.kind === "create view") {
    await engine.createView(name, read.plan, { replace: read.replace });
    sources.setView(name, read.plan);
  } else {
    const isThere = (await engine.tables()).some((table) => table.name.toLowerCase() === name.toLowerCase());
    if (!isThere && !read.ifExists) throw new AnalysisError("TABLE_OR_VIEW_NOT_FOUND", `There is no view "${name}".`);
    await engine.dropView(name);
    sources.forgetViewsNamedIn(name);
  }
  return emptyFrame();
}

type Views = { readonly created: string[]; readonly failures: { readonly name: string; readonly error: unknown }[] };

/**
 * Engines do not tell which tables a command reads, so every frame that a word of the text names becomes a view, unless
 * a table has the name. One that cannot matters only if the command misses it.
 */
async function createViews(node: PlanOf<"sql">, engine: Engine, sources: TextSources): Promise<Views> {
  const views: Views = { created: [], failures: [] };
  const candidates = Object.entries(node.inputs);
  if (candidates.length === 0) return views;
  const existing = new Set((await engine.tables()).map(({ name }) => name.toLowerCase()));
  for (const [name, input] of candidates) {
    if (existing.has(name.toLowerCase())) continue;
    try {
      await engine.createView(name, await sources.resolve(input, engine), { replace: true });
      views.created.push(name);
    } catch (error) {
      views.failures.push({ name, error });
    }
  }
  return views;
}

/** What a command gives. */
async function emptyFrame(): Promise<Plan> {
  const { tableOf } = await arrowTypes();
  const schema = [{ name: "result", type: { kind: "string" }, nullable: true }] as const;
  return Object.freeze({ kind: "local", data: tableOf(schema, []), schema });
}

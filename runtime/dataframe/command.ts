import type { Engine, RunOptions } from "../engine/engine.ts";
import type { Plan, PlanOf } from "../plan/nodes.ts";
import { atOrigin, type TextSources } from "./prepare.ts";

type Surroundings = { readonly sources: TextSources };

/**
 * Runs SQL text if it is a command, and answers what its frame is: nothing, or for a query the node itself. Frames that
 * a command names are views for as long as it runs.
 */
export function runText(
  node: PlanOf<"sql">,
  engine: Engine,
  { sources }: Surroundings,
  options: RunOptions,
): Promise<Plan> {
  return atOrigin(node, async () => {
    const { kind, tables } = await engine.parse(node.text);
    if (kind === "query") return node;
    const inputs = await inputsOf(node, tables, engine);
    for (const [name, input] of inputs) {
      await engine.createView(name, await sources.resolve(input, engine), { replace: true });
    }
    try {
      await engine.command(node.text, options);
    } finally {
      sources.forgetViewsNamedIn(node.text);
      // A view that was created over them needs them for good.
      if (!/\bview\b/i.test(node.text)) {
        for (const [name] of inputs) await engine.command(`DROP VIEW IF EXISTS "${name.replaceAll('"', '""')}"`);
      }
    }
    return emptyFrame();
  });
}

/** The frames that the text names and that are no tables. */
async function inputsOf(node: PlanOf<"sql">, tables: readonly string[], engine: Engine): Promise<[string, Plan][]> {
  const candidates = Object.entries(node.inputs);
  if (candidates.length === 0) return [];
  const named = new Set(tables.map((name) => name.toLowerCase()));
  const existing = new Set((await engine.tables()).map(({ name }) => name.toLowerCase()));
  return candidates.filter(([name]) => named.has(name.toLowerCase()) && !existing.has(name.toLowerCase()));
}

/** What a command gives. */
async function emptyFrame(): Promise<Plan> {
  const { tableOf } = await import("./arrow-types.ts");
  const schema = [{ name: "result", type: { kind: "string" }, nullable: true }] as const;
  return Object.freeze({ kind: "local", data: tableOf(schema, []), schema });
}

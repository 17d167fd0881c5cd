import type { Engine, RunOptions, Translation } from "../engine/engine.ts";
import { namesPaths } from "../plan/column-path.ts";
import type { Plan, PlanOf } from "../plan/nodes.ts";
import type { Rows } from "../plan/rewrite/resolve-paths.ts";
import type { Sources } from "../plan/statement.ts";
import { childrenFirst, inputs, mapChildren } from "../plan/walk.ts";
import { lazy } from "../turns.ts";
import { atOrigin } from "./at-origin.ts";
import type { Caches } from "./cache.ts";
import type { Resolving } from "./resolving.ts";
import { BESIDE_ROWS } from "./subqueries.ts";
import { hasForeignText, translated } from "./text-dialect.ts";
import { expectJavaScript } from "./udf/nested.ts";

type Surroundings = { readonly caches: Caches; readonly sources: TextSources };

/** What to do about caches: use them, and store what is only marked so far (both by default). */
type Caching = { readonly caches?: boolean; readonly store?: boolean; readonly mayRun?: boolean };

/**
 * Makes of a frame's plan what the engine gets: SQL text knows its inputs, a command that has run already is an empty
 * frame, views of this session are their plans, and cached sub-plans are the tables that hold them.
 */
export async function prepare(
  plan: Plan,
  engine: Engine,
  { caches, sources }: Surroundings,
  options: RunOptions,
  { caches: areUsed = true, store = true, mayRun = true }: Caching = {},
): Promise<Plan> {
  const cached = (uncached: Plan) => caches.apply(uncached, engine, options, store);
  const resolved = await sources.resolve(plan, engine, { ...options, mayRun, cached });
  return areUsed ? cached(resolved) : resolved;
}

/** What SQL text and table names mean: the session's views and the results of commands. */
export class TextSources {
  readonly #commands = new WeakMap<Plan, Promise<Plan>>();
  readonly #views = new Map<string, Plan>();
  #hasForeignText = false;

  /** The text of this node has been started, as it may be a command; `ended` tells what its frame is. */
  setCommand(plan: Plan, ended: Promise<Plan>): void {
    this.#commands.set(plan, ended);
  }

  /** Whoever asks for the plan gets to know of a command that fails; till its turn comes nobody else waits for it. */
  expectFailures(plan: Plan): void {
    for (const node of childrenFirst(plan)) this.#commands.get(node)?.catch(() => {});
  }

  /** From now on, plans may hold texts that the engine does not read as they are. */
  expectForeignText(): void {
    this.#hasForeignText = true;
  }

  setView(name: string, plan: Plan): void {
    this.#views.set(name.toLowerCase(), plan);
  }

  isView(name: string): boolean {
    return this.#views.has(name.toLowerCase());
  }

  /** The engine that knew the views is gone. */
  forgetViews(): void {
    this.#views.clear();
  }

  /** A command may have dropped or replaced any view that its text names. */
  forgetViewsNamedIn(text: string): void {
    const lower = text.toLowerCase();
    for (const name of this.#views.keys()) if (lower.includes(name)) this.#views.delete(name);
  }

  /** Whether a plan holds names that have to be looked up. */
  names(plan: Plan): boolean {
    return childrenFirst(plan).some(
      (node) =>
        node.kind === "sql" ||
        node.kind === "derived" ||
        namesPaths(node) ||
        (node.kind === "table" && this.#views.has(key(node.name))) ||
        (this.#hasForeignText && hasForeignText(node)),
    );
  }

  async resolve(plan: Plan, engine: Engine, options: Resolving = {}): Promise<Plan> {
    if (!this.names(plan)) return plan;
    const resolved = new Map<Plan, Plan>();
    for (const node of childrenFirst(plan)) {
      const input = (given: Plan) => resolved.get(given) ?? given;
      const own = node.kind === "sql" ? await this.#text(node, engine, input) : await this.#own(node, engine, input);
      // What a view stands for is resolved already; of everything else the inputs are replaced.
      const whole = mapChildren(own, (child) => resolved.get(child) ?? child);
      resolved.set(node, await this.#whole(node, whole, engine, options));
    }
    return resolved.get(plan) ?? plan;
  }

  /** Views are plans that have been resolved; of other nodes the texts are translated. */
  async #own(node: Plan, engine: Engine, resolved: (input: Plan) => Plan): Promise<Plan> {
    const table = this.#table(node);
    if (table !== node || !this.#hasForeignText || !hasForeignText(node)) return table;
    const sources = this.#sources(node, {}, engine, async (input) => resolved(input));
    const rows = "input" in node && BESIDE_ROWS.includes(node.kind) ? resolved(node.input) : undefined;
    return translated(node, engine, { sources, rows });
  }

  /** Names are what they mean, and a derived step is the steps that it stands for. */
  async #whole(node: Plan, whole: Plan, engine: Engine, options: Resolving): Promise<Plan> {
    return atOrigin(node, async () => {
      const named = namesPaths(whole) ? (await paths()).resolvePaths(whole, await rowsAround(whole, engine)) : whole;
      return named.kind === "derived" ? (await derived()).derivedSteps(named, engine, options, node) : named;
    });
  }

  /**
   * What a text says, in the engine's own SQL or in the terms of plans; there a table or view of the engine goes before a
   * variable too. `resolved` answers what the engine gets of the frames that it names.
   */
  async read(node: PlanOf<"sql">, engine: Engine, resolved: (input: Plan) => Promise<Plan>): Promise<Translation> {
    const { text, dialect, inputs } = node;
    if (dialect === undefined) return { kind: "text", text };
    // It may call what JavaScript computes.
    expectJavaScript();
    return atOrigin(node, () => engine.translate(text, dialect, this.#sources(node, inputs, engine, resolved)));
  }

  #sources(
    { origin }: Plan,
    inputs: { readonly [name: string]: Plan },
    engine: Engine,
    resolved: (input: Plan) => Promise<Plan>,
  ): Sources {
    const existing = lazy(async () => new Set((await engine.tables()).map(({ name }) => key(name))));
    const table = async (parts: readonly string[]): Promise<Plan> => {
      const [name = "", more] = parts;
      const input =
        more === undefined ? Object.entries(inputs).find(([one]) => key(one) === key(name))?.[1] : undefined;
      if (input !== undefined && isGenerated(name)) return resolved(input);
      const view = more === undefined ? this.#views.get(key(name)) : undefined;
      if (view !== undefined) return view;
      if (input !== undefined && !(await existing()).has(key(name))) return resolved(input);
      return Object.freeze({ kind: "table", name: parts.map(inBackticks).join("."), ...(origin && { origin }) });
    };
    return { table, schema: (plan: Plan) => engine.schema(plan), ...(origin && { origin }) };
  }

  #table(node: Plan): Plan {
    return node.kind === "table" ? (this.#views.get(key(node.name)) ?? node) : node;
  }

  /** Keeps those inputs that the text names as tables: a table or view of the engine goes before a variable. */
  async #text(given: PlanOf<"sql">, engine: Engine, resolved: (input: Plan) => Plan): Promise<Plan> {
    const started = this.#commands.get(given);
    if (started !== undefined) {
      const result = await started;
      if (result !== given) return result;
    }
    const read = await this.read(given, engine, async (input) => resolved(input));
    if (read.kind !== "text") return read.kind === "query" ? read.plan : given;
    const { dialect, ...own } = given;
    const node = dialect === undefined ? given : { ...own, text: read.text, isTranslated: true as const };
    if (Object.keys(node.inputs).length === 0 && this.#views.size === 0) return node;
    const { tables } = await atOrigin(node, () => engine.parse(node.text));
    const named = new Map(tables.map((name) => [key(name), name]));
    const existing = new Set((await engine.tables()).map(({ name }) => key(name)));
    const inputs: { [name: string]: Plan } = {};
    for (const [name, input] of Object.entries(node.inputs)) {
      if (named.has(key(name)) && (!existing.has(key(name)) || isGenerated(name))) inputs[name] = input;
    }
    for (const name of named.keys()) {
      const view = this.#views.get(name);
      if (view !== undefined && inputs[name] === undefined) inputs[name] = view;
    }
    return Object.freeze({ ...node, inputs: Object.freeze(inputs) });
  }
}

const paths = lazy(() => import("../plan/rewrite/resolve-paths.ts"));
const derived = lazy(() => import("./derived-steps.ts"));

/** The rows whose columns a node's expressions name. */
async function rowsAround(node: Plan, engine: Engine): Promise<readonly Rows[]> {
  const sides = node.kind === "join" ? (["left", "right"] as const) : [];
  const rows = inputs(node).map(async (input, index): Promise<Rows> => {
    const side = sides[index];
    return { schema: await engine.schema(input), ...(side && { side }) };
  });
  const outer = node.outer && { schema: await engine.schema(node.outer), side: "outer" as const };
  return [...(await Promise.all(rows)), ...(outer ? [outer] : [])];
}

/** The name of a frame that stands in a sql`…` text. */
export const generatedName = (index: number): string => `quern_frame_${index}`;
const isGenerated = (name: string) => name.startsWith("quern_frame_");

const key = (name: string) => name.toLowerCase();

const inBackticks = (part: string): string => (/[.`]/.test(part) ? `\`${part.replaceAll("`", "``")}\`` : part);

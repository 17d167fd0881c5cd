import { AnalysisError, excerptAt } from "../../../errors.ts";
import { type Make, makeAt } from "../../../plan/derived/rule.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Plan } from "../../../plan/nodes.ts";
import { outputName } from "../../../plan/output-name.ts";
import { mapExpressions } from "../../../plan/rewrite/map-expressions.ts";
import { rewritten } from "../../../plan/rewrite/substitute.ts";
import type { Sources } from "../../../plan/statement.ts";
import { boundTo } from "../../../plan/subqueries.ts";
import type { Schema } from "../../../plan/types.ts";
import { childrenFirst, expressionsOf, operandsFirst } from "../../../plan/walk.ts";
import { type Place, Reader } from "../expression-reader.ts";
import type { Hidden } from "../hidden-texts.ts";
import type { Library } from "../library.ts";
import { startOf } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import type { Fields } from "../tree.ts";
import { fromAbove } from "./from-above.ts";
import { hasBareSets } from "./hive-sets.ts";
import { found, missing, type Relation } from "./relation.ts";

/** Names that a query sees beside its own tables: queries of WITH, and the rows around it. */
export type Around = { readonly queries: ReadonlyMap<string, Relation>; readonly outer?: Level };
export type Level = { readonly relation: Relation; readonly outer?: Level };

/** What queries are read by: they stand in expressions, and in FROM, which are read for queries. */
export type Readers = {
  readonly query: (reading: Reading, node: unknown, around: Around) => Promise<Relation>;
  readonly from: (reading: Reading, fields: Fields, around: Around) => Promise<Relation>;
};

type Given = {
  readonly text: string;
  readonly sources: Sources;
  readonly readers: Readers;
  readonly origin: Plan["origin"];
};

/** A text while it is read. */
export class Reading {
  readonly library: Library;
  readonly hidden: Hidden;
  readonly text: string;
  readonly sources: Sources;
  readonly readers: Readers;
  readonly hasBareSets: boolean;
  readonly #make: Make;
  readonly #subplans: Plan[] = [];
  readonly #names = new WeakMap<Expression, (nameOf: (part: Expression) => string) => string>();

  constructor({ library, hidden }: { readonly library: Library; readonly hidden: Hidden }, given: Given) {
    this.library = library;
    this.hidden = hidden;
    this.text = given.text;
    this.sources = given.sources;
    this.readers = given.readers;
    this.hasBareSets = hasBareSets(hidden.text);
    this.#make = makeAt(given.origin);
  }

  /** Queries in expressions, which name them by their position. */
  get subplans(): readonly Plan[] {
    return this.#subplans;
  }

  reader(place: Place): Reader {
    return new Reader(this.library, this.hidden, { called: this.called, ...place });
  }

  /** A node of the plan; queries in its expressions are its sub-plans. */
  readonly make: Make = (given) => {
    const node = this.#make(given as never);
    const input = "input" in node ? node.input : undefined;
    if (input === undefined) return node;
    const subqueries: Plan[] = [];
    const own = mapExpressions(node, (root) =>
      rewritten(root, (part) => {
        if (part.kind !== "subquery") return part;
        const plan = boundTo(input, this.#subplans[part.index] as Plan);
        return Object.freeze({ ...part, index: subqueries.push(plan) - 1 });
      }),
    );
    return subqueries.length === 0 ? node : (Object.freeze({ ...own, subqueries }) as Plan);
  };

  /** An expression that stands for a query. */
  subquery(plan: Plan, how: "scalar" | "exists" | "in", value: Expression | undefined): Expression {
    const index = this.#subplans.push(plan) - 1;
    const made: Expression = { kind: "subquery", how, index, ...(value && { value }) };
    return this.called(made, (nameOf) => {
      const outer = outerIn(plan).map(nameOf).join(", ");
      if (value !== undefined) return `(${nameOf(value)} IN (listquery(${outer})))`;
      return how === "exists" ? `exists(${outer})` : `scalarsubquery(${outer})`;
    });
  }

  /** An expression that Spark names in other terms than its own. */
  readonly called = <E extends Expression>(
    expression: E,
    name: (nameOf: (part: Expression) => string) => string,
  ): E => {
    this.#names.set(expression, name);
    return expression;
  };

  /** What Spark calls a column that is made of an expression. */
  nameOf(root: Expression): string {
    const shown = fromAbove((part) => {
      const name = this.#names.get(part);
      return name && { kind: "column", name: name((inner) => this.nameOf(inner)) };
    });
    return outputName(shown(root));
  }

  /** A column by the name that the text spells. */
  columnOf(name: string, spelt: string, side?: "outer"): Expression {
    const column: Expression = { kind: "column", name, ...(side && { side }) };
    return this.called(column, () => spelt);
  }

  /** What a name means among the rows at hand, or around them; undefined where no column has it. */
  column(parts: readonly string[], relation: Relation, outer: Level | undefined): Expression | undefined {
    const own = found(relation, parts);
    const around = own === undefined && outer !== undefined ? found(outer.relation, parts) : undefined;
    if (own === undefined && around === undefined) {
      for (let level = outer?.outer; level !== undefined; level = level.outer)
        if (found(level.relation, parts) !== undefined)
          throw new Refusal(`${parts.join(".")}, a column of the rows around the rows around,`);
      return undefined;
    }
    const { column, fields } = (own ?? around) as NonNullable<typeof own>;
    const spelt = parts[parts.length - 1 - fields.length] as string;
    const head = this.columnOf(column.inPlan, spelt, own === undefined ? "outer" : undefined);
    return fields.reduce<Expression>((input, name) => ({ kind: "field", input, name }), head);
  }

  /** Of a name that no column has, with its place in the text. */
  missing(parts: readonly string[], relation: Relation, node: unknown): AnalysisError {
    const { code, message } = missing(parts, relation);
    return this.at(node, code, message);
  }

  at(node: unknown, code: string, message: string): AnalysisError {
    const start = startOf(node);
    const details = start === undefined ? {} : { sql: this.text, excerpt: excerptAt(this.text, this.hidden.at(start)) };
    return new AnalysisError(code, message, details);
  }

  /** The columns of rows, which may be part of a query that names the rows around it. */
  schema(plan: Plan, outer: Level | undefined): Promise<Schema> {
    return this.sources.schema(outer === undefined ? plan : boundTo(outer.relation.plan, plan));
  }
}

/** The columns of the rows around that a query names, each once. */
function outerIn(plan: Plan): Expression[] {
  const found = new Map<string, Expression>();
  for (const node of childrenFirst(plan))
    for (const root of node.outer === undefined ? expressionsOf(node) : [])
      for (const part of operandsFirst(root))
        if (part.kind === "column" && part.side === "outer" && !found.has(part.name)) found.set(part.name, part);
  return [...found.values()];
}

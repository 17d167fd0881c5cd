import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Named, Plan } from "../../../plan/nodes.ts";
import { expressionKey, isGenerator } from "../../../plan/placement.ts";
import { operandsFirst } from "../../../plan/walk.ts";
import { isGiven, listOf, nameIn } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { type Fields, partsOf } from "../tree.ts";
import { isAggregate } from "./aggregates.ts";
import { fromAbove } from "./from-above.ts";
import type { Around, Reading } from "./reading.ts";
import { type Column, freeNames, type Relation } from "./relation.ts";
import { starColumns } from "./stars.ts";
import { checkPlaces, type Queries, subqueryOf } from "./subqueries.ts";

/** A column of the result, and the expression of the list that it comes of. */
type Output = { readonly name: string; readonly item: number; readonly isAlias: boolean };
type Item = {
  /** Over the rows of the select. */
  readonly expression: Expression;
  /** Over the rows of its groups, where it has some. */
  readonly computed: Expression;
  readonly outputs: readonly number[];
};
/** A name that stands for a column of the result; what it is in the rows, where they have it too. */
type Reference = { readonly output: number; readonly instead: Expression | undefined };

/** Where names are looked for first: "input" in the rows, "output" in the columns of the result. */
type Where = "input" | "output";

/** What stands behind SELECT, and what else its clauses compute of the same rows. */
export class SelectList {
  readonly outputs: Output[] = [];
  readonly #reading: Reading;
  readonly #rows: Relation;
  readonly #around: Around;
  readonly #queries: Queries;
  readonly #windows: ReadonlyMap<string, Fields>;
  #items: Item[] = [];
  readonly #hidden: Named[] = [];
  readonly #references = new WeakMap<Expression, Reference>();

  constructor(reading: Reading, rows: Relation, around: Around, queries: Queries, windows: unknown) {
    this.#reading = reading;
    this.#rows = rows;
    this.#around = around;
    this.#queries = queries;
    this.#windows = new Map(
      (listOf(windows) as Fields[]).map(({ name, spec }) => [nameIn(name).toLowerCase(), spec as Fields]),
    );
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  /** One of the expressions of the list, or a star. */
  async add(node: unknown): Promise<void> {
    const [kind, fields] = partsOf(node) ?? [];
    if (kind === "star" && fields !== undefined) {
      for (const { name, expression } of await starColumns(this.#reading, fields, this.#rows, this.#around.outer))
        this.#push(expression, [name], false);
      return;
    }
    const given = this.read(node, "input");
    const expression = given.kind === "alias" ? given.input : given;
    checkPlaces(expression, "value");
    if (!isGenerator({ name: "", expression })) {
      const name = given.kind === "alias" ? given.name : this.#reading.nameOf(expression);
      this.#push(expression, [name], given.kind === "alias");
      return;
    }
    const names = given.kind === "alias" ? (given.names ?? [given.name]) : await this.#namesOf(expression);
    this.#push(expression, names, false);
  }

  /** An expression of one of the clauses. */
  read(node: unknown, first: Where): Expression {
    const { outer } = this.#around;
    return this.#reading
      .reader({
        column: (parts, at) => {
          const own = this.#reading.column(parts, this.#rows, undefined);
          const named = first === "output" ? this.#named(parts, this.outputs, own) : undefined;
          const aliases = this.outputs.filter((output) => output.isAlias);
          const found =
            named ?? own ?? this.#named(parts, aliases, undefined) ?? this.#reading.column(parts, this.#rows, outer);
          if (found === undefined) throw this.#reading.missing(parts, this.#rows, at);
          return found;
        },
        star: ({ table }) => this.#starred(isGiven(table) ? nameIn(table) : undefined),
        subquery: subqueryOf(this.#reading, this.#queries),
        window: (name) => {
          const found = this.#windows.get(name.toLowerCase());
          if (found === undefined)
            throw new AnalysisError("WINDOW", `SQL: There is no window "${name}": define it behind WINDOW.`);
          return found;
        },
      })
      .read(node);
  }

  /** The columns that are found in the rows by their names, as arguments of a function. */
  #starred(table: string | undefined): Expression[] {
    return this.#rows.columns
      .filter(
        ({ isHidden, qualifier }) =>
          isHidden === undefined && (table === undefined || qualifier?.at(-1)?.toLowerCase() === table.toLowerCase()),
      )
      .map(({ name, inPlan }) => this.#reading.columnOf(inPlan, name));
  }

  /** Has all that the list computes changed: into what is computed of groups. */
  change(change: (root: Expression) => Expression): void {
    this.#items = this.#items.map((item) => ({ ...item, computed: change(item.expression) }));
  }

  /** With names of other columns of the list replaced by what these are. */
  readonly settled = (root: Expression): Expression => this.#settle(root, false);

  #settle(root: Expression, isInside: boolean): Expression {
    return fromAbove((part) => {
      const reference = this.#references.get(part);
      if (reference !== undefined)
        return isInside && reference.instead !== undefined
          ? reference.instead
          : this.settled(this.expressionOf(reference.output));
      if (part.kind !== "call" || !isAggregate(part) || isInside) return undefined;
      return { ...part, args: part.args.map((arg) => this.#settle(arg, true)) };
    })(root);
  }

  /** Whether it is the name of another column of the list. */
  isReference(part: Expression): boolean {
    return this.#references.has(part);
  }

  expressionOf(output: number): Expression {
    const { item } = this.outputs[output] as Output;
    const { expression, outputs } = this.#items[item] as Item;
    if (isGenerator({ name: "", expression }) || outputs.length > 1)
      throw new Refusal("A column that a generator makes, in another expression of its SELECT");
    return expression;
  }

  /** A column of the result. */
  output(index: number): Expression {
    return { kind: "column", name: this.#inPlan()[index] as string };
  }

  /** Whether all that an expression names are columns of the result. */
  isOfOutputs(root: Expression): boolean {
    const parts = operandsFirst(root);
    const isPlain = parts.every((part) => part.kind !== "subquery" && part.kind !== "window" && !isAggregate(part));
    const columns = parts.filter((part) => part.kind === "column");
    return isPlain && columns.length > 0 && columns.every((part) => this.#references.has(part));
  }

  overOutputs(root: Expression): Expression {
    return fromAbove((part) => {
      const reference = this.#references.get(part);
      return reference && this.output(reference.output);
    })(root);
  }

  /** A column that holds this, of the result where it is there, else one that is not shown. */
  hidden(expression: Expression): Expression {
    const key = expressionKey(expression);
    const shown = this.outputs.findIndex(({ item }) => expressionKey((this.#items[item] as Item).computed) === key);
    return shown === -1 ? this.hide(expression) : this.output(shown);
  }

  hide(expression: Expression): Expression {
    const name = `__quern_hidden_${this.#hidden.length + 1}`;
    this.#hidden.push({ name, expression });
    return { kind: "column", name };
  }

  hiddenKeys(): string[] {
    return this.#hidden.map(({ name }) => expressionKey({ kind: "column", name }));
  }

  /** The steps that compute the list: what other columns of it name comes first. */
  plan(base: Plan): Plan {
    const names = this.#inPlan();
    const listed = this.#items.map(({ computed: expression, outputs }): Named => {
      const own = outputs.map((output) => names[output] as string);
      const [name = ""] = own;
      return isGenerator({ name, expression }) ? { name, expression, names: own } : { name, expression };
    });
    const columns = [...listed, ...this.#hidden];
    const levels = this.#levels(columns);
    let plan = base;
    for (let level = 0; level < Math.max(0, ...levels); level++) {
      const early = this.#namedIn(columns).filter((item) => levels[item] === level);
      plan = this.#reading.make({
        kind: "withColumns",
        input: plan,
        columns: early.map((item) => ({ name: earlyName(item), expression: (columns[item] as Named).expression })),
      });
      for (const item of early)
        columns[item] = { ...(columns[item] as Named), expression: { kind: "column", name: earlyName(item) } };
    }
    return this.#reading.make({ kind: "project", input: plan, columns });
  }

  /** The rows without what is not shown. */
  shown(plan: Plan): Plan {
    if (this.#hidden.length === 0) return plan;
    const columns = this.#inPlan().map((name): Named => ({ name, expression: { kind: "column", name } }));
    return this.#reading.make({ kind: "project", input: plan, columns });
  }

  columns(): Column[] {
    const names = this.#inPlan();
    return this.outputs.map(({ name }, index) => ({ name, inPlan: names[index] as string }));
  }

  #inPlan(): string[] {
    return freeNames(this.outputs.map(({ name }) => name));
  }

  #push(expression: Expression, names: readonly string[], isAlias: boolean): void {
    const item = this.#items.length;
    const outputs = names.map((name) => this.outputs.push({ name, item, isAlias }) - 1);
    this.#items.push({ expression, computed: expression, outputs });
  }

  /** What a name is among the columns of the result. */
  #named(parts: readonly string[], among: readonly Output[], instead: Expression | undefined): Expression | undefined {
    const [name = "", ...fields] = parts;
    if (fields.length > 0 && instead !== undefined) return undefined;
    const fits = among.filter((output) => output.name.toLowerCase() === name.toLowerCase());
    const [first, ...others] = fits;
    if (first === undefined) return undefined;
    const key = ({ item }: Output) => expressionKey((this.#items[item] as Item).expression);
    if (others.some((other) => key(other) !== key(first)))
      throw new AnalysisError(
        "AMBIGUOUS_COLUMN",
        `SQL: Two columns that are selected are called "${name}": give them different names (AS).`,
      );
    const output = this.outputs.indexOf(first);
    const head = this.#reading.columnOf(earlyName(first.item), name);
    this.#references.set(head, { output, instead });
    return fields.reduce<Expression>((input, field) => ({ kind: "field", input, name: field }), head);
  }

  /** What a generator's columns are called by themselves. */
  async #namesOf(expression: Expression): Promise<string[]> {
    const columns = [{ name: "col", expression: this.settled(expression) }];
    const plan = this.#reading.make({ kind: "project", input: this.#rows.plan, columns });
    return (await this.#reading.schema(plan, this.#around.outer)).map(({ name }) => name);
  }

  /** The items that expressions name. */
  #namedIn(columns: readonly Named[]): number[] {
    const found = new Set<number>();
    for (const { expression } of columns)
      for (const part of operandsFirst(expression)) {
        const reference = this.#references.get(part);
        if (reference !== undefined) found.add((this.outputs[reference.output] as Output).item);
      }
    return [...found];
  }

  /** How many steps have to come before each. */
  #levels(columns: readonly Named[]): number[] {
    const levels: number[] = [];
    for (const column of columns) {
      const named = this.#namedIn([column]);
      for (const item of named) this.expressionOf((this.#items[item] as Item).outputs[0] ?? 0);
      levels.push(Math.max(-1, ...named.map((item) => levels[item] ?? 0)) + 1);
    }
    return levels;
  }
}

const earlyName = (item: number): string => `__quern_item_${item + 1}`;

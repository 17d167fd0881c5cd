import { shortText } from "../plan/expression-text.ts";
import type { Expression, FrameBound, SortKey, WindowSpec } from "../plan/expressions.ts";
import type { Resolved, Scope, Side } from "../plan/scope.ts";
import type { SqlType } from "../plan/types.ts";
import { resolve } from "../plan/typing.ts";
import { operandsFirst } from "../plan/walk.ts";
import type { Arg, Args, Dialect, Unconverted } from "./dialect.ts";
import { type Fragment, loose, operandText, tight } from "./fragment.ts";

type Surroundings = {
  /** The node's sub-plans, compiled. */
  readonly subqueries?: readonly string[] | undefined;
  /** Where a column stands, if it is not under its own name. */
  readonly place?: Place | undefined;
};

export type Place = (name: string, side: Side | undefined) => string | undefined;

/** Compiles the expressions of one node, whose names and types the scope knows. */
export class ExpressionCompiler {
  readonly #dialect: Dialect;
  readonly #scope: Scope;
  readonly #done = new Map<Expression, Fragment>();

  readonly #surroundings: Surroundings;

  constructor(dialect: Dialect, scope: Scope, surroundings: Surroundings = {}) {
    this.#dialect = dialect;
    this.#scope = scope;
    this.#surroundings = surroundings;
  }

  compile(root: Expression): Fragment {
    resolve(root, this.#scope);
    for (const expression of operandsFirst(root, (e) => this.#done.has(e)))
      this.#done.set(expression, this.#compileOne(expression));
    return this.#fragment(root);
  }

  /** The type that analysis found. */
  type(expression: Expression): SqlType {
    return resolve(expression, this.#scope).type;
  }

  /** An ORDER BY item; the order of nulls is always written, since the engines' defaults differ. */
  sortKey({ expression, descending, nulls }: SortKey): string {
    const key = this.compile(expression).text;
    const text = this.#dialect.orderKey?.(key, this.type(expression)) ?? key;
    return `${text} ${descending ? "DESC" : "ASC"} NULLS ${nulls.toUpperCase()}`;
  }

  #compileOne(expression: Expression): Fragment {
    const dialect = this.#dialect;
    switch (expression.kind) {
      case "column": {
        const { name = expression.name, side } = this.#resolved(expression);
        const place = this.#surroundings.place?.(name, side);
        return tight(place ?? `${side === undefined ? "" : `${dialect.quote(side)}.`}${dialect.quote(name)}`);
      }
      case "subquery":
        return this.#subquery(expression);
      case "literal":
        return dialect.literal(expression.value, expression.type);
      case "call":
        return this.#call(expression, "");
      case "udf":
        return dialect.outside(expression.udf.name, expression.udf.type);
      case "field":
        return dialect.field(this.#arg(expression.input), this.#resolved(expression).name ?? expression.name);
      case "cast":
        return dialect.cast(this.#arg(expression.input), expression.type, expression.onError);
      case "case":
        return this.#case(expression);
      case "window": {
        const over = ` OVER (${this.#window(expression.over)})`;
        if (expression.call.kind === "call") return this.#call(expression.call, over);
        return tight(`${this.#fragment(expression.call).text}${over}`);
      }
      case "alias":
        return this.#fragment(expression.input);
      case "sort":
        return this.#fragment(expression.key.expression);
      case "lambda":
        return dialect.lambda(expression.parameters, this.#fragment(expression.body));
      case "variable":
        return dialect.variable(expression);
      case "sql":
        return this.#userText(expression);
    }
  }

  #userText(expression: Extract<Expression, { kind: "sql" }>): Fragment {
    const { columns = [] } = expression;
    this.#dialect.checkInput?.(columns.map((column) => ({ name: shortText(column), ...this.#resolved(column) })));
    return this.#dialect.userText(this.#text(expression), this.#resolved(expression).type, (name) =>
      this.#columnType(name),
    );
  }

  /** Of a column that a text may name. */
  #columnType(name: string): SqlType | undefined {
    try {
      return this.#scope.column(name, undefined).type;
    } catch {
      return undefined;
    }
  }

  #subquery({ how, index, value }: Extract<Expression, { kind: "subquery" }>): Fragment {
    const rows = `(\n${this.#surroundings.subqueries?.[index]}\n)`;
    if (value !== undefined) return loose(`${this.#arg(value).operand} IN ${rows}`);
    return tight(how === "exists" ? `EXISTS ${rows}` : rows);
  }

  #text({ text, pieces = [text], columns = [] }: Extract<Expression, { kind: "sql" }>): string {
    const whole = pieces.map((piece, index) => {
      const column = columns[index];
      return column === undefined ? piece : piece + this.#arg(column).operand;
    });
    // A comment at the end of the text must not swallow what follows.
    return text.includes("--") ? `${whole.join("")}\n` : whole.join("");
  }

  #call(call: Extract<Expression, { kind: "call" }>, over: string): Fragment {
    const result = this.#resolved(call);
    const args = call.args.map((arg, index) => this.#arg(arg, result.takes?.[index]));
    const template = this.#dialect.functions[call.name];
    const sql = template
      ? template(args as unknown as Args, { name: call.name, args, result, distinct: call.distinct === true, over })
      : `${call.name}(${call.distinct ? "DISTINCT " : ""}${args.map((arg) => arg.text).join(", ")})${over}`;
    return typeof sql === "string" ? tight(sql) : sql;
  }

  #case(expression: Extract<Expression, { kind: "case" }>): Fragment {
    const { type } = this.#resolved(expression);
    const branches = expression.branches.map(
      ({ when, then }) => `WHEN ${this.#fragment(when).text} THEN ${this.#arg(then, type).text}`,
    );
    const otherwise = expression.otherwise ? ` ELSE ${this.#arg(expression.otherwise, type).text}` : "";
    return tight(`CASE ${branches.join(" ")}${otherwise} END`);
  }

  #window({ partitionBy, orderBy, frame }: WindowSpec): string {
    const parts: string[] = [];
    if (partitionBy.length > 0) parts.push(`PARTITION BY ${partitionBy.map((e) => this.#partitionKey(e)).join(", ")}`);
    const keys = this.#dialect.ordersWindowsByLiterals ? orderBy : orderingKeys(orderBy);
    if (keys.length > 0) parts.push(`ORDER BY ${keys.map((key) => this.sortKey(key)).join(", ")}`);
    if (frame) {
      const key = orderBy[0] && this.#resolved(orderBy[0].expression).type;
      const bound = (value: FrameBound) => this.#bound(value, frame.unit, key);
      parts.push(`${frame.unit.toUpperCase()} BETWEEN ${bound(frame.start)} AND ${bound(frame.end)}`);
    }
    return parts.join(" ");
  }

  #partitionKey(expression: Expression): string {
    return this.#fragment(expression).text;
  }

  #bound(bound: FrameBound, unit: "rows" | "range", key: SqlType | undefined): string {
    if (typeof bound === "string") return bound.toUpperCase();
    if (bound === 0) return "CURRENT ROW";
    const distance = Math.abs(bound);
    const text = unit === "rows" ? String(distance) : this.#dialect.rangeDistance(distance, key);
    return `${text} ${bound < 0 ? "PRECEDING" : "FOLLOWING"}`;
  }

  #arg(expression: Expression, takes?: SqlType): Arg {
    const { type, nullable } = this.#resolved(expression);
    const given = argument(expression, this.#fragment(expression), type, nullable);
    if (!takes) return { ...given, given };
    return { ...argument(expression, this.#dialect.convert(given, takes), takes, nullable), given };
  }

  #fragment(expression: Expression): Fragment {
    const fragment = this.#done.get(expression);
    if (!fragment) throw new Error(`The ${expression.kind} expression has not been compiled.`);
    return fragment;
  }

  #resolved(expression: Expression): Resolved {
    return resolve(expression, this.#scope) as Resolved;
  }
}

/** Literals order nothing; in ORDER BY they would be read as the numbers of columns, or refused. */
export const orderingKeys = (keys: readonly SortKey[]): readonly SortKey[] =>
  keys.filter(({ expression }) => (expression.kind === "alias" ? expression.input : expression).kind !== "literal");

const argument = (expression: Expression, fragment: Fragment, type: SqlType, nullable: boolean): Unconverted => ({
  expression,
  fragment,
  text: fragment.text,
  operand: operandText(fragment),
  type,
  nullable,
});

import { columnNamed } from "../../plan/column-path.ts";
import type { Expression, Variable } from "../../plan/expressions.ts";
import { parseType } from "../../plan/type-names.ts";
import type { SqlType } from "../../plan/types.ts";
import { parametersOf } from "./callbacks.ts";
import { counted, unitCall } from "./calls.ts";
import { decoded, likeAnyOf } from "./choices.ts";
import { filtered } from "./filtered.ts";
import type { Hidden } from "./hidden-texts.ts";
import { CASTS, knownFunction, OPERATORS } from "./known-functions.ts";
import type { Library } from "./library.ts";
import { literalIn, negativeIn, spanIn } from "./literals.ts";
import { call, isGiven, listOf, literal, nameIn, namesIn, nodeParts, onlyHas, textLiteral } from "./parts.ts";
import { Refusal } from "./refusal.ts";
import { spoken } from "./spoken.ts";
import { type Fields, literalOf, type Node, partsOf } from "./tree.ts";
import { windowIn } from "./windows.ts";
import { inGroupOrder } from "./within-group.ts";

type Names = ReadonlyMap<string, Variable>;

/** What names and queries mean where an expression stands. */
export type Place = {
  readonly column: (parts: readonly string[], node: Node) => Expression;
  /** What a star stands for as arguments of a function. */
  readonly star?: (star: Fields) => readonly Expression[];
  readonly subquery?: (query: unknown, how: "scalar" | "exists" | "in", value?: Expression) => Expression;
  /** What a window is called in the text. */
  readonly window?: (name: string) => Fields;
  /** What Spark calls a column that is made of an expression, where that says it in other terms. */
  readonly called?: (expression: Expression, name: (nameOf: (part: Expression) => string) => string) => Expression;
};

/** Of a text by itself: which columns there are, the plan will tell. */
export const anywhere: Place = { column: (parts) => columnNamed(parts.map(quoted).join(".")) };

/** Makes expressions of the plan of what the library has read in Spark's SQL. */
export class Reader {
  readonly #library: Library;
  readonly #hidden: Hidden;
  readonly #place: Place;

  constructor(library: Library, hidden: Hidden, place: Place) {
    this.#library = library;
    this.#hidden = hidden;
    this.#place = place;
  }

  #textOf(literal: string): string {
    return this.#hidden.written(literal);
  }

  /** The text of a literal. */
  text(node: unknown): string | undefined {
    const written = literalOf(node, "string");
    return written === undefined ? undefined : this.#textOf(written);
  }

  read(node: unknown, names: Names = new Map()): Expression {
    const [kind, fields] = nodeParts(node);
    const read = (part: unknown) => this.read(part, names);
    const own = this.#special(kind, fields, read, names);
    if (own !== undefined) return own;
    const [name, turned] = OPERATORS[kind] ?? [];
    if (name !== undefined && onlyHas(fields, "left", "right", "this", "expression", "pattern", "escape", "not")) {
      const operands = [fields.left ?? fields.this, fields.right ?? fields.expression ?? fields.pattern, fields.escape];
      if (operands.some((operand) => partsOf(operand)?.[0] === "alias")) throw new Refusal("AS within an expression");
      const made = call(name, ...operands.filter(isGiven).map(read));
      return (turned === "not") !== (fields.not === true) ? call("not", made) : made;
    }
    return this.#call(kind, fields, node as Node, names);
  }

  #special(kind: string, fields: Fields, read: (part: unknown) => Expression, names: Names): Expression | undefined {
    switch (kind) {
      case "paren":
      case "annotated":
        return read(fields.this);
      case "null":
        return literal(null, { kind: "void" });
      case "boolean":
        return literal(fields.value === true, { kind: "boolean" });
      case "literal":
        return literalIn(fields, this.#hidden, this.#place.called);
      case "interval":
        return spanIn(fields, this.#hidden);
      case "neg":
        return negativeIn(fields.this, this.#hidden) ?? call("negate", read(fields.this));
      case "column":
      case "dot":
        return this.#path(kind, fields, names);
      case "subscript":
        return call("getItem", read(fields.this), read(fields.index));
      case "alias": {
        const names = ((fields.column_aliases ?? []) as readonly unknown[]).map(nameIn);
        const name = names[0] ?? nameIn(fields.alias);
        return { kind: "alias", input: read(fields.this), name, ...(names.length > 0 && { names }) };
      }
      case "cast":
      case "try_cast": {
        if (isGiven(fields.format) || isGiven(fields.default)) throw new Refusal("CAST with more than a type");
        const onError = kind === "cast" ? "fail" : "null";
        return { kind: "cast", input: read(fields.this), type: this.#type(fields.to), onError };
      }
      case "case": {
        const branches = (fields.whens as readonly [unknown, unknown][]).map(([when, then]) => ({
          when: isGiven(fields.operand) ? call("eq", read(fields.operand), read(when)) : read(when),
          // biome-ignore lint/suspicious/noThenProperty: the plan's word for it; nobody awaits an expression.
          then: read(then),
        }));
        return { kind: "case", branches, ...(isGiven(fields.else_) && { otherwise: read(fields.else_) }) };
      }
      case "if_func": {
        const [when, then] = [read(fields.condition), read(fields.true_value)];
        const otherwise = isGiven(fields.false_value) ? read(fields.false_value) : literal(null, { kind: "void" });
        const branches = [{ when, then }];
        const parts = [when, then, otherwise];
        return this.#called({ kind: "case", branches, otherwise }, (nameOf) => `(IF(${parts.map(nameOf).join(", ")}))`);
      }
      case "between":
        if (!onlyHas(fields, "this", "low", "high", "not")) throw new Refusal("This BETWEEN");
        return turned(this.#between([fields.this, fields.low, fields.high].map(read)), fields.not);
      case "in": {
        if (!onlyHas(fields, "this", "expressions", "not", "query")) throw new Refusal("This IN");
        if (isGiven(fields.query)) return turned(this.#subquery(fields.query, "in", read(fields.this)), fields.not);
        const list = listOf(fields.expressions).map(read);
        return turned(call("isin", read(fields.this), ...list), fields.not);
      }
      case "is_null":
        return call(fields.not === true ? "isNotNull" : "isNull", read(fields.this));
      case "is_true":
      case "is_false": {
        const value = literal(kind === "is_true", { kind: "boolean" });
        return turned(call("eqNullSafe", read(fields.this), value), fields.not);
      }
      case "subquery":
        if (!onlyHas(fields, "this")) throw new Refusal("This query in an expression");
        return this.#subquery(fields.this, "scalar");
      case "exists":
        return turned(this.#subquery(fields.this, "exists"), fields.not);
      case "raw": {
        // The library keeps `NOT x LIKE …` as a text.
        const [, rest] = /^NOT (.*)$/s.exec(String(fields.sql)) ?? [];
        const [tree] = rest === undefined ? [] : this.#library.parse(`SELECT ${rest}`);
        const [like, ...more] = listOf(partsOf(tree)?.[1].expressions);
        const [what] = partsOf(like) ?? [];
        if (more.length > 0 || (what !== "like" && what !== "i_like")) return undefined;
        return call("not", read(like));
      }
      case "tuple": {
        const columns = listOf(fields.expressions).map(
          (part, index): Expression => ({ kind: "alias", input: read(part), name: `col${index + 1}` }),
        );
        return call("struct", ...columns);
      }
      case "int_div":
        return call("div", read(fields.this), read(fields.expression));
      case "mod_func": {
        const operands = [fields.this, fields.expression].map(read);
        return this.#called(call("modulo", ...operands), (nameOf) => `mod(${operands.map(nameOf).join(", ")})`);
      }
      case "overlay": {
        const length = isGiven(fields.length) ? [read(fields.length)] : [];
        return call("overlay", read(fields.this), read(fields.replacement), read(fields.from), ...length);
      }
      case "like":
      case "i_like":
        return isGiven(fields.quantifier) ? likeAnyOf(kind, fields, read, this.#place.called) : undefined;
      case "not": {
        const [inner, parts] = partsOf(fields.this) ?? [];
        if ((inner === "like" || inner === "i_like") && isGiven(parts?.quantifier))
          throw new Refusal("NOT LIKE with ANY, SOME or ALL");
        return undefined;
      }
      case "extract": {
        const field = String(fields.field).toUpperCase();
        const value = read(fields.this);
        return this.#called(
          call("date_part", textLiteral(field), value),
          (nameOf) => `extract(${field} FROM ${nameOf(value)})`,
        );
      }
      case "trim":
        if (!isGiven(fields.characters) || fields.position !== "Both") return undefined;
        return call("trim", read(fields.this), read(fields.characters));
      case "parse_json":
        return call(kind, read(fields.this));
      case "window_function": {
        const over = windowIn(fields.over, read, this.#place.window);
        return { kind: "window", call: read(fields.this), over };
      }
      case "within_group":
        return inGroupOrder(fields, read, (node) => this.#named(...nodeParts(node), node as Node), this.#place.called);
      default:
        return undefined;
    }
  }

  #called(made: Expression, name: (nameOf: (part: Expression) => string) => string): Expression {
    return this.#place.called?.(made, name) ?? made;
  }

  #between(operands: readonly Expression[]): Expression {
    return this.#called(call("between", ...operands), (nameOf) => `between(${operands.map(nameOf).join(", ")})`);
  }

  #subquery(query: unknown, how: "scalar" | "exists" | "in", value?: Expression): Expression {
    if (this.#place.subquery === undefined) throw new Refusal("A query in an expression");
    return this.#place.subquery(query, how, value);
  }

  /** The names that lead to a column, to its fields, or to those of a callback's argument. */
  #path(kind: string, fields: Fields, names: Names): Expression {
    if (kind === "column" && !isGiven(fields.table)) {
      const variable = names.get(nameIn(fields.name).toLowerCase());
      if (variable !== undefined) return variable;
    }
    const parts = namesIn({ [kind]: fields } as Node);
    const first = parts?.[0];
    const variable = first === undefined ? undefined : names.get(first.toLowerCase());
    if (parts !== undefined && variable === undefined) return this.#place.column(parts, { [kind]: fields } as Node);
    const input = variable ?? this.read(fields.this, names);
    const rest = variable === undefined ? [nameIn(fields.field)] : (parts ?? []).slice(1);
    return rest.reduce<Expression>(
      (from, name) => this.#called({ kind: "field", input: from, name }, (nameOf) => `${nameOf(from)}.${name}`),
      input,
    );
  }

  /** Calls, by what the library calls them in Spark's SQL. */
  #call(kind: string, given: Fields, node: Node, names: Names): Expression {
    const { filter, ...fields } = given;
    if (isGiven(filter)) {
      const whole = this.#call(kind, fields, { [kind]: fields }, names);
      return filtered(whole, this.read(filter, names), this.#place.called);
    }
    if (kind === "count" && isGiven(partsOf(fields.this)?.[1].table) && partsOf(fields.this)?.[0] === "star")
      throw new Refusal("count(t.*) (write count(*), or name the columns)");
    const { name, args, isDistinct } = kind === "count" ? counted(fields) : this.#named(kind, fields, node);
    const type = CASTS[name];
    if (type !== undefined && args.length === 1)
      return { kind: "cast", input: this.read(args[0], names), type, onError: "fail" };
    if (name === "named_struct") return this.#struct(args, names);
    const ofUnit = unitCall(name, args);
    if (ofUnit !== undefined) {
      const operands = ofUnit.operands.map((arg) => this.read(arg, names));
      return this.#called(ofUnit.made(operands), (nameOf) => ofUnit.name(operands.map(nameOf)));
    }
    if (name === "decode" && args.length > 2)
      return decoded(
        args.map((arg) => this.read(arg, names)),
        this.#place.called,
      );
    const known = knownFunction(name, args.length);
    if (known === undefined) throw new Refusal(`${name}(…)`);
    const read: Expression[] = [];
    for (const [position, arg] of args.entries()) {
      const [kind, star] = partsOf(arg) ?? [];
      if (kind === "star" && star !== undefined && this.#place.star) read.push(...this.#place.star(star));
      else read.push(this.#argument(known, position, arg, read, names));
    }
    return { kind: "call", name: known, args: read, ...(isDistinct && { distinct: true as const }) };
  }

  /** Its names are texts. */
  #struct(args: readonly unknown[], names: Names): Expression {
    const fields = args.flatMap((arg, index): Expression[] => {
      const name = literalOf(args[index - 1], "string");
      if (index % 2 === 0) return [];
      if (name === undefined) throw new Refusal("named_struct(…) with computed names");
      return [{ kind: "alias", input: this.read(arg, names), name: this.#textOf(name) }];
    });
    const given = fields.flatMap((field) => (field.kind === "alias" ? [field] : []));
    const shown = (nameOf: (part: Expression) => string) => given.map(({ name, input }) => `${name}, ${nameOf(input)}`);
    return this.#called(call("struct", ...fields), (nameOf) => `named_struct(${shown(nameOf).join(", ")})`);
  }

  #argument(name: string, position: number, arg: unknown, before: readonly Expression[], names: Names): Expression {
    const [kind, fields] = partsOf(arg) ?? [];
    if (kind !== "lambda" || fields === undefined) return this.read(arg, names);
    const given = (fields.parameters as readonly unknown[]).map((parameter) => nameIn(parameter).toLowerCase());
    const depth = Math.max(0, ...[...names.values()].map((variable) => variable.depth)) + 1;
    const parameters = parametersOf(name, position, given, before, depth);
    if (parameters === undefined) throw new Refusal(`This callback of ${name}(…)`);
    const inner = new Map([...names, ...given.map((each, index) => [each, parameters[index] as Variable] as const)]);
    return { kind: "lambda", parameters, body: this.read(fields.body, inner) };
  }

  /** A node that the library has a kind of its own for says its name and the order of its arguments where it is written. */
  #named(kind: string, fields: Fields, node: Node): Called {
    if (kind === "function" || kind === "aggregate_function") {
      if (!onlyHas(fields, "name", "args", "distinct")) throw new Refusal(`${fields.name}(…) with more than arguments`);
      const name = String(fields.name).toLowerCase();
      return { name, args: fields.args as readonly unknown[], isDistinct: fields.distinct === true };
    }
    const operands: unknown[] = [];
    const stand = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(stand);
      if (partsOf(value) === undefined) return value;
      return { column: { ...COLUMN, name: { ...NAME, name: `_${operands.push(value) - 1}` } } };
    };
    const { ignore_nulls: ignoresNulls, ...rest } = fields;
    const changed = Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, stand(value)]));
    const isFirst = ["first", "last", "first_value", "last_value", "any_value"].includes(kind);
    const own = isFirst ? changed : { ...changed, ...(isGiven(ignoresNulls) && { ignore_nulls: ignoresNulls }) };
    const text = this.#library.expressionText(operands.length === 0 ? node : ({ [kind]: own } as Node));
    const [, name, distinct, list = ""] = /^(\w+)\((DISTINCT )?((?:_\d+(?:, _\d+)*)?)\)$/.exec(text) ?? [];
    if (name === undefined) throw new Refusal(spoken(Object.keys(node)[0] ?? ""));
    const args = [...list.matchAll(/_(\d+)/g)].map(([, place]) => operands[Number(place)]);
    if (args.length !== operands.length) throw new Refusal(`${name}(…)`);
    const more = isFirst && ignoresNulls === true ? [{ boolean: { value: true } }] : [];
    return { name: name.toLowerCase(), args: [...args, ...more], isDistinct: distinct !== undefined };
  }

  #type(to: unknown): SqlType {
    const { data_type: kind, precision, unit, to: last } = (to ?? {}) as Fields;
    if (kind === "time") return parseType(isGiven(precision) ? `time(${precision})` : "time");
    if (kind === "interval" && isGiven(unit)) return parseType(`interval ${unit}${isGiven(last) ? ` to ${last}` : ""}`);
    // The library takes a TIME for a TIMESTAMP.
    if (/"data_type":"(time|interval)"/.test(JSON.stringify(to)))
      throw new Refusal("A type with TIME or INTERVAL in it");
    const cast = {
      cast: {
        this: { literal: { literal_type: "number", value: "1" } },
        to,
        trailing_comments: [],
        double_colon_syntax: false,
      },
    };
    const [, type] = /^CAST\(1 AS (.*)\)$/s.exec(this.#library.expressionText(cast as unknown as Node)) ?? [];
    if (type === undefined) throw new Refusal("This type");
    // The library leaves their underscore out.
    return parseType(type.replace(/\bTIMESTAMPNTZ\b/gi, "TIMESTAMP_NTZ").replace(/\bTIMESTAMPLTZ\b/gi, "TIMESTAMP"));
  }
}

export type Called = { readonly name: string; readonly args: readonly unknown[]; readonly isDistinct: boolean };

const turned = (condition: Expression, not: unknown): Expression => (not === true ? call("not", condition) : condition);
const quoted = (name: string): string => (/[.`*]/.test(name) ? `\`${name.replaceAll("`", "``")}\`` : name);

const NAME = { name: "", quoted: false, trailing_comments: [] };
const COLUMN = { name: NAME, table: null, join_mark: false, trailing_comments: [] };

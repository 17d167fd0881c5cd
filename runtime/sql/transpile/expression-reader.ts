import { columnNamed } from "../../plan/column-path.ts";
import type { Expression, Variable } from "../../plan/expressions.ts";
import { intervalIn } from "../../plan/interval-literal.ts";
import { MAX_TIME_PRECISION } from "../../plan/numeric.ts";
import { parseType } from "../../plan/type-names.ts";
import type { SqlType } from "../../plan/types.ts";
import { parametersOf } from "./callbacks.ts";
import { decoded, likeAnyOf } from "./choices.ts";
import { filtered } from "./filtered.ts";
import type { Hidden } from "./hidden-texts.ts";
import { CASTS, knownFunction, OPERATORS } from "./known-functions.ts";
import type { Library } from "./library.ts";
import { numberIn } from "./numbers.ts";
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
        return this.#literal(fields);
      case "interval":
        return this.#span(fields);
      case "neg":
        return this.#negative(fields.this) ?? call("negate", read(fields.this));
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
        // biome-ignore lint/suspicious/noThenProperty: as above.
        const branches = [{ when: read(fields.condition), then: read(fields.true_value) }];
        return { kind: "case", branches, ...(isGiven(fields.false_value) && { otherwise: read(fields.false_value) }) };
      }
      case "between":
        return turned(call("between", read(fields.this), read(fields.low), read(fields.high)), fields.not);
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
        const made = call("modulo", ...operands);
        return this.#place.called?.(made, (nameOf) => `mod(${operands.map(nameOf).join(", ")})`) ?? made;
      }
      case "overlay": {
        const length = isGiven(fields.length) ? [read(fields.length)] : [];
        return call("overlay", read(fields.this), read(fields.replacement), read(fields.from), ...length);
      }
      case "like":
      case "i_like":
        return isGiven(fields.quantifier) ? likeAnyOf(kind, fields, read) : undefined;
      case "not": {
        const [inner, parts] = partsOf(fields.this) ?? [];
        if ((inner === "like" || inner === "i_like") && isGiven(parts?.quantifier))
          throw new Refusal("NOT LIKE with ANY, SOME or ALL");
        return undefined;
      }
      case "extract":
        return call("date_part", textLiteral(String(fields.field)), read(fields.this));
      case "trim":
        if (!isGiven(fields.characters) || fields.position !== "Both") return undefined;
        return call("trim", read(fields.this), read(fields.characters));
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

  /** INTERVAL '1 02' DAY TO HOUR. */
  #span({ this: value, unit }: Fields): Expression {
    const [kind, fields] = partsOf(value) ?? [];
    const [, digits] = (kind === "neg" ? partsOf(fields?.this) : partsOf(value)) ?? [];
    const { unit: one, this: first = one, expression: last } = (unit ?? {}) as Fields;
    const text = digits?.value === undefined ? "" : this.#textOf(String(digits.value));
    const fieldText = isGiven(last) ? `${first} TO ${last}` : String(first);
    const found = intervalIn(`INTERVAL ${kind === "neg" ? "-" : ""}'${text}' ${fieldText}`);
    if (found === undefined) throw new Refusal("This INTERVAL");
    const { type, value: size } = found;
    return { kind: "literal", value: type.kind === "year_month_interval" ? Number(size) : size, type };
  }

  #literal({ literal_type: type, value }: Fields): Expression {
    const number = type === "string" ? this.#hidden.number(String(value)) : undefined;
    if (number !== undefined) return number;
    const text = this.#textOf(String(value));
    if (type === "string") return textLiteral(text);
    if (type === "number") return numberIn(text);
    if (type === "time") return timeIn(text);
    if (type === "hex_string")
      return {
        kind: "literal",
        value: Uint8Array.fromHex(text.padStart(text.length + (text.length % 2), "0")),
        type: { kind: "binary" },
      };
    if (type === "date" || type === "timestamp") {
      const made: Expression = { kind: "cast", input: textLiteral(text), type: { kind: type }, onError: "fail" };
      return this.#place.called?.(made, () => `${type.toUpperCase()} '${text}'`) ?? made;
    }
    throw new Refusal(`A literal of the kind ${type}`);
  }

  #negative(value: unknown): Expression | undefined {
    const number = literalOf(value, "number");
    if (number !== undefined) return numberIn(`-${number}`);
    const suffixed = literalOf(value, "string");
    return suffixed === undefined ? undefined : this.#hidden.number(suffixed, "-");
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
    return rest.reduce<Expression>((from, name) => ({ kind: "field", input: from, name }), input);
  }

  /** Calls, by what the library calls them in Spark's SQL. */
  #call(kind: string, given: Fields, node: Node, names: Names): Expression {
    const { filter, ...fields } = given;
    if (isGiven(filter)) {
      const whole = this.#call(kind, fields, { [kind]: fields }, names);
      return filtered(whole, this.read(filter, names), this.#place.called);
    }
    const { name, args, isDistinct } = kind === "count" ? counted(fields) : this.#named(kind, fields, node);
    const type = CASTS[name];
    if (type !== undefined && args.length === 1)
      return { kind: "cast", input: this.read(args[0], names), type, onError: "fail" };
    if (name === "named_struct") return this.#struct(args, names);
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
    return call("struct", ...fields);
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
    return parseType(type);
  }
}

export type Called = { readonly name: string; readonly args: readonly unknown[]; readonly isDistinct: boolean };

/** `count(*)` counts rows, `count(DISTINCT a, b)` different values of both. */
function counted(fields: Fields): Called {
  if (!onlyHas(fields, "this", "star", "distinct", "original_name")) throw new Refusal("count(…) with a condition");
  const isDistinct = fields.distinct === true;
  const [kind, parts] = partsOf(fields.this) ?? [];
  const isOfRows = fields.star === true || (kind === "star" && !isDistinct && !isGiven(parts?.table));
  const several = kind === "tuple" ? listOf(parts?.expressions) : [fields.this];
  const args = isOfRows ? [] : several.filter(isGiven);
  return isDistinct ? { name: "countDistinct", args, isDistinct: false } : { name: "count", args, isDistinct };
}

const turned = (condition: Expression, not: unknown): Expression => (not === true ? call("not", condition) : condition);
const quoted = (name: string): string => (/[.`*]/.test(name) ? `\`${name.replaceAll("`", "``")}\`` : name);

const NAME = { name: "", quoted: false, trailing_comments: [] };
const COLUMN = { name: NAME, table: null, join_mark: false, trailing_comments: [] };

/** TIME '10:30:00.5'. */
function timeIn(text: string): Expression {
  const [, hour, minute, second, fraction = ""] =
    /^\s*([01]?\d|2[0-3]):([0-5]?\d)(?::([0-5]?\d)(?:\.(\d{1,6}))?)?\s*$/.exec(text) ?? [];
  if (hour === undefined) throw new Refusal("This TIME");
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0);
  const micros = BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  return { kind: "literal", value: micros, type: { kind: "time", precision: MAX_TIME_PRECISION } };
}

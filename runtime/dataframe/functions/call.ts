import { inspect } from "node:util";
import { AnalysisError } from "../../errors.ts";
import { columnNamed } from "../../plan/column-path.ts";
import type { Expression } from "../../plan/expressions.ts";
import { functionEntry } from "../../plan/functions.ts";
import { typeName } from "../../plan/type-names.ts";
import { builtIns } from "../../plan/udf/udf.ts";
import { type Column, type ColumnType, isColumn, makeColumn, operand } from "../column.ts";
import { refuseUndefined } from "../habits.ts";
import { literal } from "../literal.ts";
import type { Common, NullIn } from "../operands.ts";
import type { OptionValue } from "../options.ts";
import { isTypeBuilder, SchemaBuilder } from "../schema-builder.ts";
import { expectJavaScript } from "../udf/nested.ts";

/** An argument of SQL type T: a column, or the name of one. */
export type In<T> = Column<T | null, any> | string;

/** The type of an argument; of a column that is only named it is not known. */
export type Of<A> = 0 extends 1 & A ? any : A extends Column<any, any> ? ColumnType<A> : any;

/** The type that holds the values of all these arguments. */
export type CommonOf<A extends readonly unknown[], T = never> = A extends readonly [infer First, ...infer Rest]
  ? CommonOf<Rest, Common<T, Of<First>>>
  : number extends A["length"]
    ? Common<T, Of<A[number]>>
    : T;

/** `null` where one of the arguments A may be: results are `Column<R | NullOf<A>>`. */
export type NullOf<A> = 0 extends 1 & A ? null : A extends Column<any, any> ? NullIn<ColumnType<A>> : null;

/** A call of a function of `plan/functions.ts`; a string among the arguments names a column. */
export function fn<T>(name: string, ...args: readonly unknown[]): Column<T> {
  const needed = args.slice(0, functionEntry(name)?.least);
  for (const [index, arg] of needed.entries()) refuseUndefined(name, arg, index + 1);
  if (builtIns.has(name)) expectJavaScript();
  return makeColumn({ kind: "call", name, args: args.filter((arg) => arg !== undefined).map(argument) });
}

/** The same over expressions. */
export const fnOf = <T>(name: string, ...args: readonly Expression[]): Column<T> =>
  makeColumn({ kind: "call", name, args });

/** An argument as an expression: a string names a column, unless it is text. */
export function expressionOf(name: string, arg: unknown, position: number, strings?: "a string is text"): Expression {
  refuseUndefined(name, arg, position);
  return strings === undefined ? argument(arg) : operand(arg);
}

export function distinctFn<T>(name: string, ...args: readonly unknown[]): Column<T> {
  for (const [index, arg] of args.entries()) refuseUndefined(name, arg, index + 1);
  return makeColumn({ kind: "call", name, args: args.map(argument), distinct: true });
}

/** Text, and not the name of a column. */
export class Text {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export const text = (value: string | Column<any, any> | undefined): Text | Column<any, any> | undefined =>
  typeof value === "string" ? new Text(value) : value;

function argument(arg: unknown): Expression {
  if (typeof arg === "string") return columnNamed(arg);
  return operand(arg instanceof Text ? arg.text : arg);
}

/** Spark's options for JSON, CSV and XML, by its names: `{ mode: "FAILFAST", timestampFormat: "dd/MM/yyyy" }`. */
export type TextOptions = { readonly [name: string]: OptionValue };

/** A type as from_json takes it. */
export const ddl = (type: unknown) =>
  text(
    type instanceof SchemaBuilder
      ? typeName({ kind: "struct", fields: type.fields })
      : isTypeBuilder(type)
        ? typeName(type.type)
        : (type as string),
  );

/** A map of texts, as SQL has options. */
export function optionsMap(name: string, options: TextOptions | undefined): Column<any> | undefined {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== "object" || Array.isArray(options) || isColumn(options))
    throw new AnalysisError(
      "OPTION",
      `${name} takes options as an object, { mode: "FAILFAST" }, not ${inspect(options, { depth: 0 })}`,
    );
  const texts = Object.entries(options).flatMap(([key, value]) => [key, value === null ? "" : String(value)]);
  return texts.length === 0 ? undefined : fnOf("create_map", ...texts.map(literal));
}

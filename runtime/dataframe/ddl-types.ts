/** Columns and types as texts, which types look into: "id BIGINT, tags ARRAY<STRING>". What they cannot tell is any. */
import type { TypeNamed } from "./cast.ts";
import type * as Sql from "./types.ts";

/** The struct of such columns, all of which may be null. */
export type ColumnsNamed<S extends string> = string extends S ? any : StructOf<S>;

/** What from_json makes of a text: the type that it names, or else a struct of the columns. */
export type ValueNamed<S extends string> = string extends S
  ? any
  : Lowercase<Trimmed<S>> extends `${"array" | "map" | "struct"}<${string}>`
    ? TypeIn<Trimmed<S>>
    : Lowercase<Trimmed<S>> extends "variant"
      ? Sql.Variant
      : StructOf<S>;

type StructOf<S extends string> = Fields<Parts<S>> extends infer F ? (0 extends 1 & F ? any : Sql.Struct<F>) : never;

type Fields<P extends readonly string[]> = unknown extends NamesOf<P>[number]
  ? any
  : {
      [F in NamesOf<P>[number] as F extends readonly [infer N extends string, any] ? N : never]: TypeOfField<F> | null;
    };
type TypeOfField<F> = F extends readonly [string, infer T] ? T : any;

type NamesOf<P extends readonly string[]> = { readonly [I in keyof P]: Field<Trimmed<P[I]>> };

/** A name and its type; unknown for what is none. */
type Field<S extends string> = S extends `\`${infer N}\`${infer T}`
  ? readonly [N, TypeIn<Trimmed<T extends `:${infer R}` ? R : T>>]
  : S extends `${infer A} ${infer B}`
    ? A extends `${infer N}:${infer T}`
      ? readonly [N, TypeIn<Trimmed<`${T} ${B}`>>]
      : readonly [A, TypeIn<Trimmed<B>>]
    : S extends `${infer N}:${infer T}`
      ? readonly [N, TypeIn<T>]
      : unknown;

type TypeIn<S extends string> =
  Lowercase<S> extends `struct<${string}>`
    ? StructOf<Inside<S>>
    : Lowercase<S> extends `array<${string}>`
      ? Sql.Array<TypeIn<Trimmed<Inside<S>>> | null>
      : Lowercase<S> extends `map<${string}>`
        ? Parts<Inside<S>> extends readonly [infer K extends string, infer V extends string]
          ? Sql.Map<TypeIn<Trimmed<K>>, TypeIn<Trimmed<V>> | null>
          : any
        : Lowercase<S> extends `${infer T} ${"not null" | "comment "}${string}`
          ? TypeNamed<T>
          : TypeNamed<S>;

type Inside<S extends string> = S extends `${string}<${infer T}>` ? T : "";

/** What stands between commas that are in no brackets. */
type Parts<
  S extends string,
  Head extends string = "",
  Found extends readonly string[] = [],
> = S extends `${infer A},${infer R}`
  ? IsClosed<`${Head}${A}`> extends true
    ? Parts<R, "", [...Found, `${Head}${A}`]>
    : Parts<R, `${Head}${A},`, Found>
  : [...Found, `${Head}${S}`];

type IsClosed<S extends string> =
  Count<S, "<"> extends Count<S, ">"> ? (Count<S, "("> extends Count<S, ")"> ? true : false) : false;
type Count<S extends string, C extends string, N extends readonly 1[] = []> = S extends `${string}${C}${infer R}`
  ? Count<R, C, [...N, 1]>
  : N["length"];

type Trimmed<S extends string> = S extends `${" " | "\n" | "\t"}${infer R}`
  ? Trimmed<R>
  : S extends `${infer R}${" " | "\n" | "\t"}`
    ? Trimmed<R>
    : S;

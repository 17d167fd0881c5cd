/** What a join takes and gives, as types. */
import type { DataFrame } from "./dataframe.ts";
import type { joinTypes } from "./join.ts";
import type { Common, Condition } from "./operands.ts";
import type { Columns, Flat } from "./schema-types.ts";

export type JoinName = keyof typeof joinTypes;
export type JoinOptions<X extends string = string> = {
  /** Put behind the right side's names that the left side has too. */
  readonly suffix?: X;
};

declare const aliasName: unique symbol;
declare const aliasedSchema: unique symbol;

/** A frame whose columns can be named after an alias. */
export type Aliased<S, N extends string> = DataFrame<S> & {
  readonly [aliasName]: N;
  readonly [aliasedSchema]: S;
};
// What a join asks of it: inferred from the intersection, S would be looked for in all methods of a frame.
export type AnyAliased = { readonly [aliasName]: string; readonly [aliasedSchema]: unknown };
export type AliasedSchema<F extends AnyAliased> = F[typeof aliasedSchema];
type AliasedName<F extends AnyAliased> = F[typeof aliasName];

export type AsofOptions<On, H, X extends string> = JoinOptions<X> & {
  /** Names of columns that have to be equal, which are kept once. */
  readonly on?: On;
  /** "inner", or "left" to keep rows that have no other. */
  readonly how?: H;
};

type JoinTypeOf<H extends JoinName> = (typeof joinTypes)[H];
type LeftNull<H> = H extends "right" | "full" ? null : never;
type RightNull<H> = H extends "left" | "full" ? null : never;

/** The condition alone: what the editor takes for the second argument of a join that is not right yet. */
export type JoinOn<S, R> = (a: Columns<S>, b: Columns<R>) => Condition;

type KeysIn<On> = On extends string ? On : On extends readonly (infer K)[] ? K : never;

/** The other side of a join, or what is wrong with it: names that both sides have are an error without a suffix. */
export type Joinable<S, R, On, H extends JoinName, X extends string> = 0 extends 1 & S
  ? DataFrame<R>
  : 0 extends 1 & R
    ? DataFrame<R>
    : [Clashing<S, R, KeysIn<On>, H, X>] extends [never]
      ? DataFrame<R>
      : `Both sides of the join have ${Listed<Clashing<S, R, KeysIn<On>, H, X>>}. Pass { suffix: "_right" } to rename the right side's, or drop or rename them before the join.`;

type Clashing<S, R, K, H extends JoinName, X extends string> = X extends ""
  ? JoinTypeOf<H> extends "semi" | "anti"
    ? never
    : Exclude<keyof S & keyof R & string, K>
  : never;

/** Names as text, the first four of them. */
type Listed<N extends string, Text extends string = "", Count extends 1[] = []> = [N] extends [never]
  ? Text
  : Count["length"] extends 4
    ? `${Text}, …`
    : OneOf<N> extends infer First extends string
      ? Listed<Exclude<N, First>, Text extends "" ? First : `${Text}, ${First}`, [...Count, 1]>
      : never;
// Of overloads, the last is inferred from; which name comes first does not matter.
type OneOf<N> = (N extends unknown ? (take: () => N) => void : never) extends (take: infer All) => void
  ? All extends () => infer First
    ? First
    : never
  : never;

/** The schema of a join with a frame that has an alias: what both sides have is called by it on the right. */
export type JoinedWith<S, F extends AnyAliased, On, H extends JoinName> = JoinedAs<
  S,
  AliasedSchema<F>,
  On,
  H,
  AliasedName<F>
>;
type JoinedAs<S, R, On, H extends JoinName, A extends string> = 0 extends 1 & S
  ? any
  : 0 extends 1 & R
    ? any
    : string extends A
      ? any
      : JoinTypeOf<H> extends "semi" | "anti"
        ? S
        : Both<S, R, KeysIn<On>, JoinTypeOf<H>, "", `${A}.`>;

/** The schema of a join: keys once, the right side's clashing names with suffix X, outer sides nullable. */
export type Joined<S, R, On, H extends JoinName, X extends string> = 0 extends 1 & S
  ? any
  : 0 extends 1 & R
    ? any
    : JoinTypeOf<H> extends "semi" | "anti"
      ? S
      : Both<S, R, KeysIn<On>, JoinTypeOf<H>, X>;

type Both<S, R, K, H, X extends string, P extends string = ""> = Flat<
  { [C in keyof S]: C extends K ? KeyType<S, R, C, H> : S[C] | LeftNull<H> } & {
    [C in keyof R as C extends K ? never : C extends keyof S & string ? `${P}${C}${X}` : C]: R[C] | RightNull<H>;
  }
>;
// A full join's key comes from whichever side has the row.
type KeyType<S, R, C extends keyof S, H> = C extends keyof R
  ? H extends "right"
    ? R[C]
    : H extends "full"
      ? Common<S[C], R[C]>
      : S[C]
  : never;

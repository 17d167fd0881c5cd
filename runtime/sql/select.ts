import type { SetOperator } from "../plan/nodes.ts";
import type { Fragment } from "./fragment.ts";

/** A query in parts, so that steps can join one SELECT where that means the same. */
export type Select = {
  readonly from: From;
  /** Undefined: all columns of `from`. */
  readonly columns?: Columns;
  /** Of a join whose columns are its relations' own: where each one stands, for steps that join the same FROM and WHERE. */
  readonly places?: ReadonlyMap<string, string>;
  /** Columns that `withColumns` has put in; `columns` lists them too. Names are in lower case. */
  readonly added?: readonly Addition[];
  /** What stands in the comment behind SELECT. */
  readonly hint?: string;
  readonly distinct?: true;
  readonly where?: readonly Fragment[];
  readonly groupBy?: string;
  readonly orderBy?: readonly string[];
  /** SORT BY in the place of ORDER BY. */
  readonly sortsPartitions?: true;
  readonly limit?: number;
  readonly offset?: number;
};

/** A list that costs something to write is written only for the SELECT that is left in the end. */
export type Columns = readonly string[] | (() => readonly string[]);

export type Addition = {
  readonly key: string;
  readonly name: string;
  readonly sql: string;
  readonly replaces: boolean;
};

export const additionKey = ({ key }: Addition): string => key;

export type From =
  /** A table, a table function, or anything else that may stand behind FROM. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "select"; readonly select: Select; readonly sample?: string; readonly as?: string }
  | { readonly kind: "set"; readonly operator: SetOperator; readonly parts: readonly Select[] }
  | {
      readonly kind: "join";
      readonly left: Select;
      readonly name: string;
      /** One after the other. */
      readonly joined: readonly Joined[];
    }
  /** A user's text; `inputs` are the frames that it names. */
  | { readonly kind: "query"; readonly text: string; readonly inputs: readonly (readonly [string, Select])[] };

export type Joined = {
  readonly right: Select;
  readonly name: string;
  readonly operator: string;
  readonly on?: string;
};

export const fromText = (text: string): Select => ({ from: { kind: "text", text } });
export const wrap = (select: Select): Select => (isBare(select) ? select : { from: { kind: "select", select } });

/** Nothing but FROM: any step can be added. */
export const isBare = (select: Select): boolean => Object.keys(select).length === 1;

/** Sub-plans name its rows as "outer": what is added behind it would find them by that name, and not those around. */
export const isNamed = ({ from }: Select): boolean => from.kind === "select" && from.as !== undefined;

/** FROM and WHERE only: what is added sees all columns and all rows that are left. */
export const isFiltered = (select: Select): boolean =>
  !isNamed(select) && Object.keys(select).every((key) => key === "from" || key === "where");

/** A join that no step has changed but filters. */
export const isOpenJoin = (select: Select): select is Select & Required<Pick<Select, "places">> =>
  select.places !== undefined &&
  Object.keys(select).every((key) => ["from", "where", "columns", "places"].includes(key));

export const isOrdered = (select: Select): boolean =>
  select.orderBy !== undefined || select.limit !== undefined || select.offset !== undefined;

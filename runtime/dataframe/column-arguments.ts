import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { COL_REGEX, columnAt, columnNamed, ownNamed } from "../plan/column-path.ts";
import type { Expression, SortKey } from "../plan/expressions.ts";
import type { Named } from "../plan/nodes.ts";
import { outputName } from "../plan/output-name.ts";
import { isGenerator } from "../plan/placement.ts";
import { type Column, isColumn, makeColumn, operand } from "./column.ts";
import { aggregateAdvice, refuseDirection } from "./habits.ts";
import type { Callback } from "./schema-types.ts";
import { SortOrder } from "./sort-order.ts";

/** A sort key: a name, a column (ascending), or a column's `asc()` or `desc()`. */
export type SortArgument = string | Column<any, any> | SortOrder;
/** What a frame is ordered by: also places of columns, counted from 1; of a negative one the order is turned round. */
export type FrameSortArgument = SortArgument | number;

/** A key among others, of a frame: callbacks too. */
export type Sorting<S> =
  | (keyof S & string)
  | Exclude<FrameSortArgument, string>
  | Callback<S, FrameSortArgument | readonly FrameSortArgument[]>;

/** `f` of the callbacks: any property is the column of that name. */
export function columnsOf(side?: "left" | "right"): any {
  return side === "left" ? leftColumns : side === "right" ? rightColumns : anyColumns;
}

/** The named output columns of what a callback returned or a method was given. */
export function namedColumns(method: string, given: unknown): Named[] {
  if (isColumn(given)) return [named(operand(given))];
  if (typeof given === "string") return [named(columnNamed(given))];
  if (typeof given === "number" && POSITIONED.has(method)) return [ownNamed(columnAt(positionIn(method, given)))];
  if (Array.isArray(given)) return given.flatMap((item) => namedColumns(method, item));
  if (!isPlainObject(given)) throw notAColumn(method, given);
  return Object.entries(given).map(([name, value]) => namedColumn(method, name, value));
}

export function namedColumn(method: string, name: string, value: unknown): Named {
  if (!isColumn(value)) throw notAColumn(method, value, name);
  const given = operand(value);
  const expression = given.kind === "alias" ? given.input : given;
  return isGenerator({ name, expression }) ? { name, expression, names: [name] } : { name, expression };
}

/** Names of columns, which may be given as columns too. */
export function namesIn(method: string, given: readonly unknown[]): string[] {
  return given.map((item) => {
    if (typeof item === "string") return item;
    const expression = isColumn(item) ? operand(item) : undefined;
    if (expression?.kind === "column") {
      const [only, second] = expression.parts ?? [];
      return only === undefined || second !== undefined ? expression.name : only;
    }
    throw new AnalysisError("NAME", `${method} takes names of columns, not ${inspect(item, { depth: 0 })}`);
  });
}

/** What `colRegex` gives: select puts the columns in its place. */
export function columnsLike(pattern: string | RegExp): Column<any> {
  const quoted = typeof pattern === "string" ? /^`(.*)`$/s.exec(pattern)?.[1] : undefined;
  if (typeof pattern === "string" && quoted === undefined) return makeColumn(columnNamed(pattern));
  try {
    const regex = quoted === undefined ? (pattern as RegExp) : new RegExp(`^(?:${quoted})$`, "iu");
    // One that remembers where it was would pass over every other name.
    const args = [regex.source, regex.flags.replace(/[gy]/g, "")].map(operand);
    return makeColumn({ kind: "call", name: COL_REGEX, args });
  } catch (error) {
    throw new AnalysisError("PATTERN", `colRegex: ${inspect(pattern)} is no regular expression`, { cause: error });
  }
}

/** The expressions of names and columns. */
export const expressionsIn = (method: string, given: readonly unknown[]): Expression[] =>
  namedColumns(method, given).map((column) => column.expression);

function positionIn(method: string, given: number): number {
  if (Number.isSafeInteger(given) && given > 0) return given;
  throw new AnalysisError("POSITION", `${method}: the places of columns are counted from 1, and ${given} is none.`);
}

export function sortKeys(method: string, given: unknown): SortKey[] {
  if (Array.isArray(given)) {
    return given.flatMap((item, index) => {
      refuseDirection(method, item, given[index - 1]);
      return sortKeys(method, item);
    });
  }
  if (given instanceof SortOrder) return [placed(method, given.key)];
  if (typeof given === "number" && given < 0 && POSITIONED.has(method))
    return [{ expression: columnAt(positionIn(method, -given)), descending: true, nulls: "last" }];
  return namedColumns(method, given).map(({ expression }) =>
    placed(method, { expression, descending: false, nulls: "first" }),
  );
}

/** As Spark has it, a whole number that a frame is ordered by is the place of a column. */
function placed(method: string, key: SortKey): SortKey {
  const { expression } = key;
  if (!POSITIONED.has(method) || expression.kind !== "literal" || expression.type.kind !== "int") return key;
  return expression.value === null
    ? key
    : { ...key, expression: columnAt(positionIn(method, Number(expression.value))) };
}

/** What orderBy takes behind its keys: of PySpark's, which turns those round for which it is false. */
export type Directions = { readonly ascending: boolean | readonly boolean[] };

/** Keys, and behind them perhaps their directions: `orderBy("a", "b", { ascending: [true, false] })`. */
export function directedKeys(method: string, given: readonly unknown[]): SortKey[] {
  const keys = withDirections(method, given);
  if (keys.length > 0) return keys;
  throw new AnalysisError(
    "SORT_KEY",
    `${method}: By what? Give names or columns: ${method}("day"), ${method}((f) => f.day.desc()).`,
  );
}

function withDirections(method: string, given: readonly unknown[]): SortKey[] {
  const last = given.at(-1);
  if (!isPlainObject(last) || !("ascending" in last)) return sortKeys(method, given);
  const keys = sortKeys(method, given.slice(0, -1));
  const { ascending } = last;
  const directions = Array.isArray(ascending) ? (ascending as unknown[]) : keys.map(() => ascending);
  const wrong = directions.find((direction) => typeof direction !== "boolean");
  if (wrong !== undefined)
    throw new AnalysisError(
      "DIRECTION",
      `${method} takes true, false or a list of them for ascending, not ${inspect(wrong)}`,
    );
  if (directions.length !== keys.length)
    throw new AnalysisError(
      "DIRECTION",
      `${method}: ascending has ${directions.length} directions for ${keys.length} key${keys.length === 1 ? "" : "s"}.`,
    );
  return keys.map((key, index) => (directions[index] === true ? key : { ...key, descending: true, nulls: "last" }));
}

/** The expression of a callback's or an argument's condition. */
export function conditionOf(method: string, given: unknown): Expression {
  if (!isColumn(given)) throw notAColumn(method, given);
  return operand(given);
}

function named(given: Expression): Named {
  if (given.kind !== "alias") return ownNamed(given);
  const name = outputName(given);
  const { input: expression, names = [name] } = given;
  return isGenerator({ name, expression }) ? { name, expression, names } : { name, expression };
}

function notAColumn(method: string, value: unknown, name?: string): AnalysisError {
  const what = name === undefined ? method : `${method}, column "${name}"`;
  const shown = value instanceof SortOrder ? String(inspect(value)) : inspect(value, { depth: 0 });
  return new AnalysisError("NOT_A_COLUMN", `${what}: ${shown} is not a Column; ${adviceFor(method, value, name)}`);
}

function adviceFor(method: string, value: unknown, name: string | undefined): string {
  if (typeof value === "boolean") {
    return "JavaScript's own operators (===, >, &&) compare at once: use .eq(), .gt(), .and() …";
  }
  if (value instanceof SortOrder) return "asc() and desc() belong into orderBy";
  if (value === undefined) return name === undefined ? "does the callback return something?" : "is a name misspelt?";
  if (value instanceof Promise) return "a callback cannot be async";
  if (typeof value !== "string") return "use lit(value) for a constant";
  const aggregate = method === "agg" && name !== undefined ? aggregateAdvice(name, value) : undefined;
  return aggregate ?? `use col(${JSON.stringify(value)}) for a column, or lit(${JSON.stringify(value)}) for a constant`;
}

/** As in PySpark, these take the places of columns too. */
const POSITIONED: ReadonlySet<string> = new Set(["orderBy", "groupBy", "rollup", "cube", "sortWithinPartitions"]);

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const anyColumns = columnsProxy();
const leftColumns = columnsProxy("left");
const rightColumns = columnsProxy("right");

function columnsProxy(side?: "left" | "right"): object {
  const text = `Columns${side === undefined ? "" : ` of the ${side} side`}`;
  // inspect looks at the target of a proxy.
  const target = Object.assign(Object.create(null), { [inspect.custom]: () => text });
  return new Proxy(target, {
    get(_, name) {
      // Whoever converts `f` asks for symbols. Whoever awaits it gets the column "then", which is no function to call.
      if (typeof name === "symbol") return undefined;
      return makeColumn(side === undefined ? { kind: "column", name } : { kind: "column", name, side });
    },
    ownKeys() {
      throw new AnalysisError(
        "COLUMNS_NOT_LISTED",
        `A callback's columns have no list ({ ...f }, Object.keys(f)): the frame's are found when it is analysed. Use withColumns({ … }) to add some, select("*", …), or colRegex.`,
      );
    },
    set(_, name) {
      throw new AnalysisError("READ_ONLY", `f.${String(name)} cannot be assigned: use withColumn`);
    },
  });
}

import type { Column } from "../../../runtime/dataframe/column.ts";
import type { DataFrame } from "../../../runtime/dataframe/dataframe.ts";
import type { InputName } from "./inputs.ts";

/** What DuckDB answers, beside what Spark does. */
export type Outcome =
  | { readonly kind: "same" }
  /** Numbers to 14 digits: sums in another order, and C's functions beside Java's, differ in the last of them. */
  | { readonly kind: "nearly" }
  /** An error on both, of one kind (kinds.ts). */
  | { readonly kind: "fails"; readonly error: string }
  | { readonly kind: "differs"; readonly reason: string }
  /** Spark has an answer, DuckDB a clear error before anything runs. */
  | { readonly kind: "missing"; readonly reason: string };

/** An expression over the columns of an input. */
export type OfColumns = (c: any) => Column<any, any>;

/** The inputs as frames, by name, and what makes other ones. */
export type Frames = { readonly [N in InputName]: DataFrame<any> } & {
  /** SQL text, in this dialect. */
  readonly sql: (text: string, dialect: "duckdb" | "spark") => DataFrame<any>;
  readonly range: (end: number) => DataFrame<any>;
};
/** A frame, whose rows are compared in no order. */
export type OfFrames = (f: Frames) => DataFrame<any>;

type Make = OfColumns | OfFrames;

export type Example<F> = {
  /** As the page shows it. */
  readonly text: string;
  readonly make: F;
  readonly outcome: Outcome;
  /** The order of the rows is promised. */
  readonly isOrdered?: true;
};

/** An example, or the bare function of one that means the same on both engines. */
export type Given<F> = F | Example<F>;

/** Expressions over one input: evaluated for each of its rows, aggregated over all of them, or over those of equal `g`. */
export type ColumnSection = {
  readonly title: string;
  readonly input: InputName;
  readonly how: "select" | "agg" | "groupBy";
  readonly examples: readonly Given<OfColumns>[];
};
export type FrameSection = {
  readonly title: string;
  readonly how: "frames";
  /** Nobody promises which columns are never null. */
  readonly isUnpromised?: true;
  readonly examples: readonly Given<OfFrames>[];
};
export type Section = ColumnSection | FrameSection;

export const fails = <F extends Make>(error: string, given: Given<F>): Example<F> =>
  outcome(given, { kind: "fails", error });
export const nearly = <F extends Make>(given: Given<F>): Example<F> => outcome(given, { kind: "nearly" });
export const differs = <F extends Make>(reason: string, given: Given<F>): Example<F> =>
  outcome(given, { kind: "differs", reason });
export const missing = <F extends Make>(reason: string, given: Given<F>): Example<F> =>
  outcome(given, { kind: "missing", reason });
export const ordered = (given: Given<OfFrames>): Example<OfFrames> => ({ ...exampleOf(given), isOrdered: true });
/** For examples that are made in a loop: their own text would not tell them apart. */
export const named = <F extends Make>(text: string, given: Given<F>): Example<F> => ({ ...exampleOf(given), text });

export const exampleOf = <F extends Make>(given: Given<F>): Example<F> =>
  typeof given === "function" ? { text: sourceOf(given), make: given, outcome: { kind: "same" } } : given;

const outcome = <F extends Make>(given: Given<F>, outcome: Outcome): Example<F> => ({
  ...exampleOf(given),
  outcome,
});

/** The body of an arrow function, on one line. */
const sourceOf = (make: Make): string =>
  String(make)
    .replace(/^\(?\w*\)?\s*=>\s*/, "")
    .replace(/\s*\n\s*(?=\.)/g, "")
    .replace(/\s+/g, " ")
    .replace(/,(?= ?[)\]])/g, "")
    .replace(/([([]) | (?=[)\]])/g, "$1");

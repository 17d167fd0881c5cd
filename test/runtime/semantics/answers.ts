import type { Column } from "../../../runtime/dataframe/column.ts";
import type { DataFrame } from "../../../runtime/dataframe/dataframe.ts";
import { count } from "../../../runtime/dataframe/functions/aggregates.ts";
import { dialectKey } from "../../../runtime/dataframe/text-dialect.ts";
import { rowsOf } from "../../../runtime/dataframe/values.ts";
import { AnalysisError } from "../../../runtime/errors.ts";
import type { SparkSession } from "../../../runtime/index.ts";
import { typeName } from "../../../runtime/plan/type-names.ts";
import type { Schema } from "../../../runtime/plan/types.ts";
import {
  type ColumnSection,
  type Example,
  exampleOf,
  type FrameSection,
  type Frames,
  type OfColumns,
} from "./example.ts";
import { type InputName, inputFrame, inputs } from "./inputs.ts";
import { kindOf } from "./kinds.ts";
import { valueText } from "./value-text.ts";

/** What an engine makes of an example: columns of texts, or an error. */
export type Answer =
  | { readonly columns: readonly AnsweredColumn[] }
  | { readonly error: string; readonly isRefused: boolean; readonly message: string };
export type AnsweredColumn = {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly values: readonly string[];
};

/** The answers of an engine to the examples of a section, in their order. */
export async function answersTo(session: SparkSession, section: ColumnSection | FrameSection): Promise<Answer[]> {
  if (section.how === "frames") {
    const frames = framesOn(session);
    const answers: Answer[] = [];
    for (const given of section.examples) answers.push(await answerOf(() => exampleOf(given).make(frames)));
    return answers;
  }
  const { input, how } = section;
  const batch = section.examples.map((given, index) => ({ index, example: exampleOf(given) }));
  const answers: Answer[] = [];
  const evaluate = (part: readonly Entry[]) => answerOf(() => frameOf(inputFrame(session, input), how, part));
  // Those that end in an error are on their own, so that the others need no second query.
  const plain = batch.filter(({ example }) => example.outcome.kind === "same" || example.outcome.kind === "nearly");
  await inOne(plain, evaluate, answers);
  for (const entry of batch) if (!plain.includes(entry)) await inOne([entry], evaluate, answers);
  return answers;
}

type Entry = { readonly index: number; readonly example: Example<OfColumns> };

/** Answers many in one query; if that fails, its halves are tried, to find which of them does. */
async function inOne(part: readonly Entry[], evaluate: (part: readonly Entry[]) => Promise<Answer>, into: Answer[]) {
  if (part.length === 0) return;
  const answer = await evaluate(part);
  if ("error" in answer && part.length > 1) {
    const middle = part.length >> 1;
    await inOne(part.slice(0, middle), evaluate, into);
    await inOne(part.slice(middle), evaluate, into);
    return;
  }
  for (const [at, { index }] of part.entries())
    into[index] = "error" in answer ? answer : { columns: [answer.columns[at + 1] as AnsweredColumn] };
}

/** A column that puts the rows in order, and one for each example. */
function frameOf(input: DataFrame<any>, how: ColumnSection["how"], part: readonly Entry[]): DataFrame<any> {
  const make = (c: any): { [name: string]: Column } =>
    Object.fromEntries(part.map(({ index, example }) => [`c${index}`, example.make(c)]));
  if (how === "select") return input.select((c) => ({ i: c.i, ...make(c) })).orderBy("i");
  if (how === "groupBy") return input.groupBy("g").agg(make).orderBy("g");
  return input.agg((c) => ({ rows: count(), ...make(c) }));
}

export function framesOn(session: SparkSession): Frames {
  const made = new Map<string, DataFrame<any>>();
  const frames = {
    // A frame keeps the dialect that holds when it is made.
    sql: (text: string, dialect: "duckdb" | "spark") => {
      session.conf.set(dialectKey, dialect);
      const frame = session.sql(text);
      session.conf.unset(dialectKey);
      return frame;
    },
    range: (end: number) => session.range(end),
  };
  for (const name of Object.keys(inputs) as InputName[]) {
    Object.defineProperty(frames, name, {
      get: () => {
        if (!made.has(name)) made.set(name, inputFrame(session, name));
        return made.get(name);
      },
    });
  }
  return frames as unknown as Frames;
}

async function answerOf(make: () => DataFrame<any>): Promise<Answer> {
  try {
    const frame = make();
    const { schema, rows } = await rowsIn(frame);
    return {
      columns: schema.map(({ name, type, nullable }) => ({
        name,
        type: typeName(type),
        nullable,
        values: rows.map((row) => valueText(row[name], type)),
      })),
    };
  } catch (error) {
    const { message } = error as Error;
    return { error: kindOf(error), isRefused: error instanceof AnalysisError, message };
  }
}

async function rowsIn(frame: DataFrame<any>): Promise<{ schema: Schema; rows: { [name: string]: unknown }[] }> {
  const { schema, batches } = await frame.context.run("example", frame.plan, (engine, plan) => engine.execute(plan));
  const rows: { [name: string]: unknown }[] = [];
  for await (const batch of batches)
    rows.push(...rowsOf(batch, schema, { long: "bigint", time: "Temporal", variant: "encoded" }));
  return { schema, rows };
}

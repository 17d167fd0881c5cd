import type { Data, RecordBatch, Table } from "apache-arrow";
import { EngineError, QuernError } from "../../errors.ts";
import type { PlanOf } from "../../plan/nodes.ts";
import { typeName } from "../../plan/type-names.ts";
import type { Schema, SqlType } from "../../plan/types.ts";
import { schemaOfArrow } from "../arrow-types.ts";
import { localData } from "../local.ts";
import { thrownBy } from "./failure.ts";
import { runInsideStep } from "./nested.ts";

type Step = PlanOf<"mapInBatches">;

/** The rows that a step's function makes of batches, one after another: the next is read when what came of one is stored. */
export async function* mapBatches(batches: AsyncIterable<RecordBatch>, step: Step): AsyncGenerator<RecordBatch> {
  let number = 0;
  for await (const batch of batches) {
    if (batch.numRows === 0) continue;
    number += 1;
    const call = `${step.map.name} on batch ${number} (${batch.numRows.toLocaleString("en")} rows)`;
    try {
      const result = await runInsideStep(async () => step.map.fn(batch));
      yield* batchesOf(result, step, call);
    } catch (error) {
      throw error instanceof QuernError && told.has(error) ? error : thrownBy(call, error, step.origin);
    }
  }
}

/** Errors of ours about what was returned. */
const told = new WeakSet<QuernError>();

async function* batchesOf(result: unknown, step: Step, call: string): AsyncGenerator<RecordBatch> {
  if (result === null || result === undefined) return;
  if (isTable(result)) for (const batch of result.batches) yield fitted(batch, step, call);
  else if (isBatch(result)) yield fitted(result, step, call);
  else if (Array.isArray(result) && !result.some((item) => isTable(item) || isBatch(item))) {
    if (result.length > 0) yield* rowBatches(result, step, call);
  } else if (isIterable(result)) for await (const part of result) yield* batchesOf(part, step, call);
  else
    throw refused(
      step,
      `${call} returned ${typeof result === "object" ? "an object" : `a ${typeof result}`}: return a record batch, a table, rows, or several of them`,
    );
}

const isTable = (value: unknown): value is Table => has(value, "batches") && has(value, "schema");
const isBatch = (value: unknown): value is RecordBatch => has(value, "numRows") && has(value, "data");
const isIterable = (value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
// Of any copy of Arrow's library: a cell may have one of its own.
const has = (value: unknown, name: string): boolean => typeof value === "object" && value !== null && name in value;

function rowBatches(rows: readonly unknown[], step: Step, call: string): readonly RecordBatch[] {
  try {
    return localData(rows, step.schema, () => step.schema).data.batches;
  } catch (error) {
    if (!(error instanceof QuernError)) throw error;
    throw refused(step, `${call} returned rows that do not fit its schema. ${error.message}`);
  }
}

/** The columns of the schema, which are found by their names. */
function fitted(batch: RecordBatch, step: Step, call: string): RecordBatch {
  const own = schemaOfArrow(batch.schema);
  const names = new Map(own.map(({ name }, index) => [name.toLowerCase(), index]));
  const children = step.schema.map(({ name, type, nullable }): Data => {
    const index = names.get(name.toLowerCase());
    const data = index === undefined ? undefined : (batch.data.children[index] as Data);
    if (index === undefined || data === undefined)
      throw refused(step, `${call} returned no column "${name}", which its schema has. Columns: ${listed(own)}`);
    const given = (own[index] as Schema[number]).type;
    if (!isFitting(given, type))
      throw refused(step, `${call} returned "${name}" as ${typeName(given)}, and its schema says ${typeName(type)}`);
    if (!nullable && data.nullCount > 0)
      throw refused(step, `${call} returned null in "${name}", which is NOT NULL in its schema`);
    return data;
  });
  // What stores it takes columns by position, and asks for nothing else.
  return { numRows: batch.numRows, data: { children } } as unknown as RecordBatch;
}

const listed = (schema: Schema): string => schema.map(({ name }) => name).join(", ");

const INTEGERS = ["byte", "short", "int", "long"];

/** The same type, or one that the schema's holds without loss. */
function isFitting(given: SqlType, wanted: SqlType): boolean {
  if (typeName(given) === typeName(wanted) || given.kind === "void") return true;
  if (given.kind === "float") return wanted.kind === "double";
  const [from, to] = [INTEGERS.indexOf(given.kind), INTEGERS.indexOf(wanted.kind)];
  return from >= 0 && from < to;
}

function refused({ origin }: Step, message: string): EngineError {
  const error = new EngineError("UDF_RESULT", `${message}.`, { origin });
  told.add(error);
  return error;
}

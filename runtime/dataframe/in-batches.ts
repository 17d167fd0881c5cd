import { inspect } from "node:util";
import type { RecordBatch, Table } from "apache-arrow";
import { AnalysisError } from "../errors.ts";
import type { Schema } from "../plan/types.ts";
import * as actions from "./actions.ts";
import type { DataFrame } from "./dataframe.ts";
import { schemaOf } from "./reader.ts";
import { over, Rows } from "./rows.ts";
import type { SchemaBuilder } from "./schema-builder.ts";
import { step } from "./step.ts";
import { identityOf } from "./udf/identity.ts";
import { expectJavaScript } from "./udf/nested.ts";

/** What a function of mapInBatches makes of a batch: Arrow data, rows as objects, several of these, or nothing. */
export type BatchResult =
  | RecordBatch
  | Table
  | readonly object[]
  | Iterable<RecordBatch | Table | readonly object[]>
  | AsyncIterable<RecordBatch | Table | readonly object[]>
  | null
  | undefined;

/** A frame's methods that hand its rows to JavaScript, one Arrow batch at a time. */
export abstract class InBatches<out S = any> extends Rows<S> {
  /**
   * The rows that a function makes of this frame's Arrow batches: of each it returns record batches, tables or rows, or
   * nothing. They have the columns of `schema`, by name. It may be async; the next batch waits for it. DuckDB only.
   *
   * `df.mapInBatches((batch) => score(batch), schema({ id: types.long, score: types.double }))`
   */
  mapInBatches<R>(
    map: (batch: RecordBatch) => BatchResult | Promise<BatchResult>,
    schema: SchemaBuilder<R>,
  ): DataFrame<R>;
  mapInBatches(
    map: (batch: RecordBatch) => BatchResult | Promise<BatchResult>,
    schema: string | Schema,
  ): DataFrame<any>;
  mapInBatches(fn: (batch: RecordBatch) => unknown, schema: any): DataFrame<any> {
    refuseNoFunction("mapInBatches", fn);
    if (schema === undefined)
      throw new AnalysisError(
        "UDF",
        'mapInBatches needs the schema of what the function returns: "id LONG, score DOUBLE"',
      );
    expectJavaScript();
    const name = fn.name === "" ? "mapInBatches" : fn.name;
    const map = Object.freeze({ name, fn, toJSON: () => ({ name, ...identityOf(fn) }) });
    return over(this, step({ kind: "mapInBatches", input: this.plan, map, schema: schemaOf(schema) }));
  }

  /**
   * Calls a function for each Arrow batch of the rows, in order. The next batch is asked for when its promise is fulfilled,
   * so that memory does not grow; one that fails ends the query. Without rows there is no call.
   */
  foreachBatch(each: (batch: RecordBatch, index: number) => unknown): Promise<void> {
    refuseNoFunction("foreachBatch", each);
    return actions.foreachBatch(this as unknown as DataFrame<S>, each);
  }
}

function refuseNoFunction(method: string, fn: unknown): void {
  if (typeof fn !== "function")
    throw new AnalysisError("UDF", `${method} takes a function of a record batch, not ${inspect(fn, { depth: 0 })}`);
}

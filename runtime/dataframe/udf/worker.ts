import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { applyCall, type CallSpec } from "./call.ts";
import { buffersOf, dataOf, type PlainData, plainData } from "./plain-data.ts";
import type { PortableCall } from "./pool.ts";

/** The thread that computes functions over batches: each batch is answered by the columns that the functions make of it. */

export type WorkerStart = { readonly calls: readonly PortableCall[] };
/** Columns that no function takes are left out. */
export type WorkerBatch = {
  readonly id: number;
  readonly rows: number;
  readonly columns: readonly (PlainData | undefined)[];
};
export type WorkerAnswer = { readonly id: number; readonly results?: readonly PlainData[] };

const port = parentPort as MessagePort;
const calls = await Promise.all(
  (workerData as WorkerStart).calls.map(async ({ spec, source }) => ({ spec, fn: await functionOf(source) })),
);

/** As in cells and modules, which are strict; a cell's guard against Columns has nothing to do here. */
async function functionOf(source: PortableCall["source"]): Promise<(...args: any[]) => unknown> {
  if (typeof source !== "string") return (await import("./built-in/table.ts")).computing(source);
  return new Function("__quern", `"use strict"; return (${source}\n);`)({ test: (value: unknown) => value });
}

port.on("message", ({ id, rows, columns }: WorkerBatch) => {
  try {
    const results = calls.map(({ spec, fn }) => {
      const given = columns.map((plain, column) => {
        const at = spec.columns.indexOf(column);
        return plain === undefined || at < 0 ? undefined : dataOf(plain, spec.types[at] as CallSpec["types"][number]);
      });
      return plainData(applyCall(spec, fn, given, rows));
    });
    port.postMessage({ id, results } satisfies WorkerAnswer, results.flatMap(buffersOf));
  } catch {
    // The main thread computes the batch again, for the error at its place in the user's code.
    port.postMessage({ id } satisfies WorkerAnswer);
  }
});

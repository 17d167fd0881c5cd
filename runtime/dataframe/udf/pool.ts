import { Worker } from "node:worker_threads";
import type { Data } from "apache-arrow";
import type { BuiltIn } from "../../plan/udf/udf.ts";
import type { CallSpec } from "./call.ts";
import { dataOf, plainData } from "./plain-data.ts";
import type { WorkerAnswer, WorkerBatch, WorkerStart } from "./worker.ts";

/** A function as its text, or as one of Spark's. */
export type PortableCall = { readonly spec: CallSpec; readonly source: string | BuiltIn };

/** Threads that compute the same calls over batches, for one step. */
export class Pool {
  readonly #calls: readonly PortableCall[];
  readonly #workers: { readonly worker: Worker; waiting: number }[];
  readonly #asked = new Map<number, { resolve: (answer: WorkerAnswer) => void; reject: (error: unknown) => void }>();
  readonly #used: ReadonlySet<number>;
  #count = 0;

  constructor(calls: readonly PortableCall[], threads: number) {
    this.#calls = calls;
    this.#used = new Set(calls.flatMap(({ spec }) => spec.columns));
    this.#workers = Array.from({ length: threads }, () => ({ worker: this.#start(), waiting: 0 }));
  }

  /** The columns of a batch, in order of the calls; undefined where a call failed. */
  async compute(columns: readonly Data[], rows: number): Promise<readonly Data[] | undefined> {
    const id = ++this.#count;
    const own = this.#workers.reduce((best, one) => (one.waiting < best.waiting ? one : best));
    own.waiting += 1;
    try {
      const answered = new Promise<WorkerAnswer>((resolve, reject) => this.#asked.set(id, { resolve, reject }));
      const sent = columns.map((column, i) => (this.#used.has(i) ? plainData(column) : undefined));
      own.worker.postMessage({ id, rows, columns: sent } satisfies WorkerBatch);
      const { results } = await answered;
      return results?.map((plain, i) => dataOf(plain, (this.#calls[i] as PortableCall).spec.type));
    } finally {
      own.waiting -= 1;
      this.#asked.delete(id);
    }
  }

  /** Ends the threads, whatever they compute. */
  end(): void {
    for (const { worker } of this.#workers) worker.terminate().catch(() => {});
    this.#fail(new Error("The threads were ended"));
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: { calls: this.#calls } satisfies WorkerStart,
    });
    worker.on("message", (answer: WorkerAnswer) => this.#asked.get(answer.id)?.resolve(answer));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", () => this.#fail(new Error("A thread has ended")));
    // A script that has ended otherwise is not held up by threads; whoever waits for rows holds the process itself.
    return worker;
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#asked.values()) reject(error);
  }
}

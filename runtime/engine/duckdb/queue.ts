import { EngineError } from "../../errors.ts";

/** Runs tasks one after another, in call order. A task that fails does not stop those behind it. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => {
      if (this.#closed) throw new EngineError("CLOSED", "The engine has been closed.");
      return task();
    });
    this.#last = result.catch(() => {});
    return result;
  }

  /** Tasks that have not begun are refused from now on. */
  close(): void {
    this.#closed = true;
  }

  /** When everything added so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

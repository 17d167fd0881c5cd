import { EngineError } from "../../errors.ts";
import { Turns } from "../../turns.ts";

/** Runs tasks one after another, in call order. A task that fails does not stop those behind it. */
export class Queue {
  readonly #turns = new Turns();
  #closed = false;

  add<T>(task: () => Promise<T>): Promise<T> {
    return this.#turns.add(async () => {
      if (this.#closed) throw new EngineError("CLOSED", "The engine has been closed.");
      return task();
    });
  }

  /** Tasks that have not begun are refused from now on. */
  close(): void {
    this.#closed = true;
  }

  /** When everything added so far has ended. */
  idle(): Promise<void> {
    return this.#turns.idle();
  }
}

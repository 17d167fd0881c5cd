/** Runs tasks one after another, in call order. A task that fails does not stop those behind it. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }

  /** When everything added so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

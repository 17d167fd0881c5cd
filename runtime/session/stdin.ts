import { Readable } from "node:stream";
import { QuernError } from "../errors.ts";

/** From here on, whoever reads stdin is told at once: nothing would ever come, and readline would wait for ever. */
export function refuseStdin(): void {
  const stream = new NoStdin();
  Object.defineProperty(process, "stdin", { configurable: true, enumerable: true, get: () => stream });
}

/** Everything that reads a stream comes past one of these: pipes, iteration, readline. */
class NoStdin extends Readable {
  readonly fd = 0;

  override on(event: string | symbol, listener: (...args: any[]) => void): this {
    if (event === "data" || event === "readable" || event === "keypress") throw refusal();
    return super.on(event, listener);
  }
  override addListener(event: string | symbol, listener: (...args: any[]) => void): this {
    return this.on(event, listener);
  }
  override read(): never {
    throw refusal();
  }
  override resume(): never {
    throw refusal();
  }
}

const refusal = (): QuernError =>
  new QuernError("NO_STDIN", 'Cells have no stdin: ask with input("…"), or with confirm("…") for yes or no');

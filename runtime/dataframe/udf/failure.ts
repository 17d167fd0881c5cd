import { inspect } from "node:util";
import { EngineError, type Origin } from "../../errors.ts";

/** What a function of the user's threw, told of a call; its places are those of the function, and then of the step. */
export function thrownBy(call: string, thrown: unknown, origin: Origin | undefined): EngineError {
  const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
  const frames = [...stack.split("\n"), ...(origin?.stack ?? "").split("\n")].filter((line) => /^\s+at /.test(line));
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `it threw ${shown(thrown)}`;
  return new EngineError("UDF_FAILED", `${call} failed: ${words}`, {
    cause: thrown,
    origin: { stack: ["Error", ...frames].join("\n") },
  });
}

export const shown = (value: unknown): string =>
  inspect(value, { depth: 1, maxStringLength: 60, maxArrayLength: 10, breakLength: Number.POSITIVE_INFINITY });

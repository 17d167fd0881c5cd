import { findSchema, frameOf, prospect, schemaText } from "./describe.ts";
import { patience } from "./given.ts";
import { emit } from "./port.ts";
import type { LiteralSource } from "./protocol.ts";
import { activeRuns } from "./run.ts";
import { untracked } from "./timers.ts";

/** The kernel waits a little longer; what is not known by then is untyped for this once. */
const answerWithinMs = 250;

type Question = { readonly answer: () => void; readonly abort: AbortController };

const open = new Set<Question>();

/** Describes literals of a cell that is still to run; while a cell runs, nothing is known. */
export function describeSources(id: number, sources: readonly LiteralSource[]): void {
  const frames = activeRuns().length > 0 ? [] : sources.map(frameOf);
  const abort = new AbortController();
  let isAnswered = false;
  const answer = (): void => {
    if (isAnswered) return;
    isAnswered = true;
    untracked.clearTimeout(limit);
    const schemas = sources.map((_, index) => (frames[index] && schemaText(frames[index])) ?? null);
    emit({ type: "described", id, schemas });
  };
  const limit = untracked.setTimeout(answer, answerWithinMs * patience).unref();
  const question = { answer, abort };
  open.add(question);
  const found = frames
    .map((frame, index) => ({ frame, isText: isText(sources[index]) }))
    // What is quickly known does not wait for text to be read.
    .toSorted((a, b) => Number(a.isText) - Number(b.isText))
    .map(({ frame }) => frame && prospect(frame) === "soon" && findSchema(frame, abort.signal));
  Promise.all(found).then(() => {
    answer();
    open.delete(question);
  });
}

const isText = (source: LiteralSource | undefined): boolean => source?.kind === "read" && source.format !== "parquet";

/** A cell begins: it does not share the engine with what is still being described. */
export function stopDescribing(): void {
  for (const { answer, abort } of open) {
    abort.abort();
    answer();
  }
  open.clear();
}

import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Named, Plan } from "../plan/nodes.ts";
import { childrenFirst } from "../plan/walk.ts";
import { step } from "./step.ts";

/** Metrics by their names. */
export type Metrics = { readonly [name: string]: any };

/**
 * Metrics of a frame's rows, computed with the first action over it: `const seen = new Observation(); const rows = await
 * df.observe(seen, f => ({ n: count(), top: max(f.x) })).filter(…).collect(); (await seen.get).n`. They are of all rows of the
 * observed frame, also where the action needs some of them only: both engines compute them by a query of its own behind the
 * action, so a frame that is costly is better cached.
 */
export class Observation {
  readonly name: string;

  constructor(name = "observation") {
    if (typeof name !== "string" || name === "")
      throw new AnalysisError("OBSERVATION", `The name of an Observation is text, not ${inspect(name)}`);
    this.name = name;
  }

  /** The metrics of the first action over the frame, once that has ended; an error if none has been started. */
  get get(): Promise<Metrics> {
    const state = states.get(this);
    if (state?.isStarted) return state.metrics.promise;
    const reason =
      state === undefined
        ? "observes no frame yet: df.observe(observation, f => ({ n: count() }))"
        : "observes a frame that no action has computed yet: start one first, such as collect()";
    return Promise.reject(new AnalysisError("OBSERVATION", `The observation "${this.name}" ${reason}`));
  }
}

type State = { readonly metrics: PromiseWithResolvers<Metrics>; isStarted: boolean; isComputed: boolean };

const states = new WeakMap<Observation, State>();
/** By what their nodes call them. */
const byKey = new Map<string, State>();
let made = 0;

/** The step of `df.observe(observation, metrics)`. */
export function observedPlan(input: Plan, observation: unknown, metrics: readonly Named[]): Plan {
  if (!(observation instanceof Observation))
    throw new AnalysisError(
      "OBSERVATION",
      `observe takes an Observation: new Observation("rows"), not ${inspect(observation)}`,
    );
  const { name } = observation;
  if (states.has(observation))
    throw new AnalysisError("OBSERVATION", `The observation "${name}" observes a frame already: make a new one`);
  const state: State = { metrics: Promise.withResolvers(), isStarted: false, isComputed: false };
  // Nobody has to ask for them.
  state.metrics.promise.catch(() => {});
  const key = `${name} ${++made}`;
  states.set(observation, state);
  byKey.set(key, state);
  return step({ kind: "observe", input, name: key, metrics });
}

/** An action over a plan begins, whose observations are to be computed at its end. */
export function observing(plan: Plan, compute: (metrics: Plan) => Promise<Metrics>) {
  const observed = made === 0 ? [] : childrenFirst(plan).filter((node) => node.kind === "observe");
  const open = observed.flatMap((node) => {
    const state = byKey.get(node.name);
    return state === undefined || state.isStarted ? [] : [{ node, state }];
  });
  for (const { state } of open) state.isStarted = true;
  return {
    async ended(): Promise<void> {
      for (const { node, state } of open) {
        const { input, metrics: aggregates, name, origin } = node;
        byKey.delete(name);
        state.isComputed = true;
        const plan: Plan = Object.freeze({
          kind: "aggregate",
          input,
          groups: [],
          aggregates,
          ...(origin && { origin }),
        });
        await compute(plan).then(state.metrics.resolve, state.metrics.reject);
      }
    },
    /** The next action computes them. */
    failed(): void {
      for (const { state } of open) if (!state.isComputed) state.isStarted = false;
    },
  };
}

import type { Engine, RunOptions } from "../../engine/engine.ts";
import type { Plan } from "../../plan/nodes.ts";
import { needsJavaScript } from "../../plan/udf/udf.ts";
import { lazy } from "../../turns.ts";
import { mayNeedJavaScript } from "./nested.ts";

export type ComputingOptions = RunOptions & {
  /** Called when all that JavaScript computes is there, and the rest of the plan is with the engine. */
  readonly handedOver?: () => void;
};

/** Whether JavaScript has a part in a plan. */
export const isComputed = (plan: Plan): boolean => mayNeedJavaScript() && needsJavaScript(plan);

/** An engine that runs plans with functions of the user's too. All else goes to the engine as it is. */
export function withJavaScript(engine: Engine, threads: () => number): Engine {
  const own: Partial<Engine> = {
    execute(plan, options: ComputingOptions = {}) {
      if (!isComputed(plan)) return engine.execute(plan, options);
      return computing().then(({ execute }) => execute(engine, threads(), plan, options));
    },
    store(plan, storing, options = {}) {
      if (!isComputed(plan)) return engine.store(plan, storing, options);
      return computing().then(({ runWhole }) =>
        runWhole(engine, threads(), plan, options, (rest) => engine.store(rest, storing, options)),
      );
    },
    write(plan, target, options = {}) {
      if (!isComputed(plan)) return engine.write(plan, target, options);
      return computing().then(({ runWhole }) =>
        runWhole(engine, threads(), plan, options, (rest) => engine.write(rest, target, options)),
      );
    },
    explain(plan, mode, options = {}) {
      if (!isComputed(plan)) return engine.explain(plan, mode, options);
      return computing().then(({ explain }) => explain(engine, threads(), plan, mode, options));
    },
  };
  return new Proxy(engine, {
    get(target, name) {
      const found: unknown = own[name as keyof Engine] ?? target[name as keyof Engine];
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}

const computing = lazy(() => import("./computing.ts"));

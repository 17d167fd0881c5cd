import type { Engine, RunOptions } from "../../engine/engine.ts";
import { AnalysisError } from "../../errors.ts";
import type { Plan } from "../../plan/nodes.ts";
import { needsJavaScript, OF_VARIANT } from "../../plan/udf/udf.ts";
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
      return orComputed(
        plan,
        () => engine.execute(plan, options),
        ({ execute }) => execute(engine, threads(), plan, options),
      );
    },
    store(plan, storing, options = {}) {
      return orComputed(
        plan,
        () => engine.store(plan, storing, options),
        ({ runWhole }) => runWhole(engine, threads(), plan, options, (rest) => engine.store(rest, storing, options)),
      );
    },
    write(plan, target, options = {}) {
      return orComputed(
        plan,
        () => engine.write(plan, target, options),
        ({ runWhole }) => runWhole(engine, threads(), plan, options, (rest) => engine.write(rest, target, options)),
      );
    },
    explain(plan, mode, options = {}) {
      return orComputed(
        plan,
        () => engine.explain(plan, mode, options),
        ({ explain }) => explain(engine, threads(), plan, mode, options),
      );
    },
  };
  return new Proxy(engine, {
    get(target, name) {
      const found: unknown = own[name as keyof Engine] ?? target[name as keyof Engine];
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}

type Computing = typeof import("./computing.ts");

/** Whether casts and JSON are of VARIANTs, which JavaScript computes, shows only when their types are known. */
async function orComputed<T>(
  plan: Plan,
  inSql: () => Promise<T>,
  inJavaScript: (computing: Computing) => Promise<T>,
): Promise<T> {
  if (!isComputed(plan)) {
    try {
      return await inSql();
    } catch (error) {
      if (!(error instanceof AnalysisError) || error.code !== OF_VARIANT) throw error;
    }
  }
  return inJavaScript(await computing());
}

const computing = lazy(() => import("./computing.ts"));

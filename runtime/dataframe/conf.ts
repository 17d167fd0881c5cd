import { availableParallelism } from "node:os";
import { type InspectOptions, inspect } from "node:util";
import type { Engine, EngineSettings, RunOptions } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import type { SqlDialect } from "../plan/expressions.ts";
import { didYouMean } from "../plan/nearest.ts";
import { shownValue } from "../secrets.ts";
import { host } from "./host.ts";
import { listText } from "./inspect-text.ts";
import { checkedDialect, dialectKey } from "./text-dialect.ts";

type Commands = {
  command<T>(title: string, work: (engine: Engine, options: RunOptions) => Promise<T>): Promise<T>;
};

/** How many threads functions of `udf` may compute on. */
const udfThreadsKey = "spark.quern.udf.threads";

/** Settings of Quern's, which no engine is told of. */
const OWN: ReadonlySet<string> = new Set([dialectKey, udfThreadsKey]);
export const isOwnSetting = (name: string): boolean => OWN.has(name);

const timeZoneKey = "spark.sql.session.timeZone";

/** What holds without being set: values to read, as they are when they are asked for. */
export type ConfDefaults = () => { readonly [name: string]: string };

/** Fixed when the process starts. */
const heapKey = "spark.driver.memory";

/** Settings of a session, by Spark's names or, for the engine's own, by the engine's. */
export class Conf {
  readonly #commands: Commands;
  readonly #defaults: ConfDefaults;
  readonly #values = new Map<string, string>([[timeZoneKey, Temporal.Now.timeZoneId()]]);
  /** The engine has settings of its own, and says what is wrong with a name. */
  readonly #isElsewhere: boolean;
  #engine: EngineSettings = { set: new Map(), known: new Map() };

  constructor(commands: Commands, defaults: ConfDefaults, isElsewhere = false) {
    this.#commands = commands;
    this.#defaults = defaults;
    this.#isElsewhere = isElsewhere;
  }

  /** Takes note of what holds in an engine that has just been opened. */
  learn(settings: EngineSettings): void {
    this.#engine = settings;
  }

  /** SQL text may have changed what was set here. */
  learnAgain(settings: EngineSettings): void {
    this.learn(settings);
    for (const name of this.#values.keys()) {
      const value = settings.known.get(name);
      if (value !== undefined) this.#values.set(name, value);
    }
  }

  /** Sets a value, for all actions called from now on. */
  set(name: string, value: string | number | boolean): Promise<void> {
    if (name === heapKey) {
      const message = `The size of the JavaScript heap is fixed when the process starts: set QUERN_HEAP=${value} in the environment of the kernel, and start it again`;
      throw new AnalysisError("CONF", message);
    }
    if (OWN.has(name)) {
      this.#values.set(name, name === dialectKey ? checkedDialect(String(value)) : checkedThreads(String(value)));
      host().settingsChanged?.(this.changed);
      return Promise.resolve();
    }
    const text = name === timeZoneKey ? checkedZone(String(value)) : String(value);
    const before = this.#values.get(name);
    this.#values.set(name, text);
    const setting = this.#commands.command(`set ${name}`, (engine) => engine.setConf(name, text));
    // What the engine refuses is not told to the next engine.
    return setting.then(
      () => host().settingsChanged?.(this.changed),
      (error) => {
        if (this.#values.get(name) === text) this.#back(name, before);
        throw error;
      },
    );
  }

  /** Takes settings over, before an engine is opened. */
  restore(values: Iterable<readonly [string, string]>): void {
    for (const [name, value] of values) this.#values.set(name, value);
  }

  #back(name: string, before: string | undefined): void {
    if (before === undefined) this.#values.delete(name);
    else this.#values.set(name, before);
  }

  /** The value of a setting, a server's default too, or `otherwise`; an error if there is neither. */
  get(name: string, otherwise?: string): string {
    const own = this.#values.get(name) ?? this.#defaults()[name];
    if (name === dialectKey) return this.dialect;
    if (name === udfThreadsKey) return String(this.udfThreads);
    const value = own ?? this.#engine.known.get(name) ?? otherwise;
    if (value !== undefined) return value;
    const { known } = this.#engine;
    const way =
      known.size > 0
        ? didYouMean(name, [...known.keys()])
        : ` Set: ${[...this.#ours()].map(([key]) => key).join(", ")}`;
    throw new AnalysisError("CONF", `The setting "${name}" was not set.${way}`);
  }

  /** All that were set, here or on the server. Passwords and keys are in it, and hidden where the whole is shown. */
  getAll(): Map<string, string> {
    return new Settings([...this.#engine.set, ...this.#ours()]);
  }

  /** Whether a setting can be changed now. */
  async isModifiable(name: string): Promise<boolean> {
    if (name === heapKey) return false;
    return this.#commands.command(`setting ${name}`, (engine) => engine.isModifiable(name));
  }

  #ours(): Iterable<readonly [string, string]> {
    return [...Object.entries(this.#defaults()), ...this.#values];
  }

  /** What was set. */
  get changed(): ReadonlyMap<string, string> {
    return this.#values;
  }

  /** Back to the default. */
  unset(name: string): Promise<void> {
    if (name === timeZoneKey) return this.set(name, Temporal.Now.timeZoneId());
    if (!this.#values.delete(name) && !this.#isElsewhere) return Promise.resolve();
    host().settingsChanged?.(this.changed);
    if (OWN.has(name)) return Promise.resolve();
    const own = this.#defaults()[name];
    if (own !== undefined) return this.#commands.command(`unset ${name}`, (engine) => engine.setConf(name, own));
    return this.#commands.command(`unset ${name}`, async (engine) => {
      await engine.unsetConf(name);
      if (this.#isElsewhere) this.learn(await engine.settings());
    });
  }

  /** Whose SQL the texts of new frames are. */
  get dialect(): SqlDialect {
    return checkedDialect(this.#values.get(dialectKey) ?? "duckdb");
  }

  /** As was set, or as many as there are processors. */
  get udfThreads(): number {
    return Number(this.#values.get(udfThreadsKey) ?? availableParallelism());
  }

  get timeZone(): string {
    return this.get(timeZoneKey);
  }

  [inspect.custom](): string {
    return listText(
      "Conf",
      [...this.#ours()].map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(shownValue(name, value))}`),
    );
  }
}

class Settings extends Map<string, string> {
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return inspect(new Map([...this].map(([name, value]) => [name, shownValue(name, value)])), options);
  }
}

function checkedThreads(threads: string): string {
  if (/^[1-9]\d{0,3}$/.test(threads)) return threads;
  throw new AnalysisError("CONF", `${udfThreadsKey} is a whole number from 1, not ${threads}`);
}

function checkedZone(zone: string): string {
  try {
    return Temporal.Now.zonedDateTimeISO(zone).timeZoneId;
  } catch (cause) {
    const near = didYouMean(zone, Intl.supportedValuesOf("timeZone"));
    throw new AnalysisError(
      "TIME_ZONE",
      `"${zone}" is no time zone: use a name such as "Europe/Berlin" or "UTC".${near}`,
      {
        cause,
      },
    );
  }
}

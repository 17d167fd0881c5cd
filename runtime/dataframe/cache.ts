import type { Engine, RunOptions } from "../engine/engine.ts";
import { fingerprint } from "../plan/fingerprint.ts";
import type { Plan } from "../plan/nodes.ts";
import { replaceStored, type StoredTable } from "../plan/rewrite/replace-stored.ts";
import type { Schema } from "../plan/types.ts";
import { childrenFirst } from "../plan/walk.ts";
import { shownSchema } from "./shown-schema.ts";

export type Stored = StoredTable & { readonly rows: number; readonly bytes: number };

/** A frame that is to be kept: marked by `cache()`, stored by the first action that needs it. */
type Entry = { readonly plan: Plan; readonly label: string; stored?: Stored };

/** What is kept, as `spark.storage` shows it. */
export type StorageEntry = {
  readonly name: string;
  /** "stored", or "marked" until the first action has stored it. */
  readonly state: "marked" | "stored";
  readonly rows?: number;
  readonly bytes?: number;
  readonly schema?: Schema;
};

/** The registry of cached plans, by fingerprint. */
export class Caches {
  readonly #entries = new Map<string, Entry>();

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  mark(plan: Plan, label: string): void {
    const key = fingerprint(plan);
    if (!this.#entries.has(key)) this.#entries.set(key, { plan, label });
  }

  has(plan: Plan): boolean {
    return this.#entries.has(fingerprint(plan));
  }

  /** Forgets a plan; answers what was kept of it, whose table, if there is one or comes to be one, is to be released. */
  unmark(plan: Plan): { readonly stored?: Stored } | undefined {
    const key = fingerprint(plan);
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    return entry;
  }

  /** Forgets everything; answers the engine's tables to release. */
  forget(): string[] {
    const tables = [...this.#entries.values()].flatMap(({ stored }) => (stored === undefined ? [] : [stored.table]));
    this.#entries.clear();
    return tables;
  }

  list(): StorageEntry[] {
    return [...this.#entries.values()].map(({ label, stored }) =>
      stored === undefined
        ? { name: label, state: "marked" }
        : { name: label, state: "stored", rows: stored.rows, bytes: stored.bytes, schema: shownSchema(stored.schema) },
    );
  }

  /** The plan with stored tables put in; with `store`, what is marked and needed is stored first. */
  async apply(plan: Plan, engine: Engine, options: RunOptions, store: boolean): Promise<Plan> {
    if (this.isEmpty) return plan;
    if (store) await this.#storeMarked(plan, engine, options);
    return replaceStored(plan, (key) => this.#entries.get(key)?.stored);
  }

  /** Inner plans first, so that an outer cache is computed from an inner one. */
  async #storeMarked(plan: Plan, engine: Engine, options: RunOptions): Promise<void> {
    const isStored = (node: Plan) => this.#entries.get(fingerprint(node))?.stored !== undefined;
    for (const node of childrenFirst(plan, isStored)) {
      const entry = this.#entries.get(fingerprint(node));
      if (entry === undefined || entry.stored !== undefined) continue;
      const input = replaceStored(node, (key) => this.#entries.get(key)?.stored);
      entry.stored = await engine.store(input, options);
    }
  }
}

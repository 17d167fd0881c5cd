import type { Engine, Keep, Kept, RunOptions, StoredRows } from "../engine/engine.ts";
import { fingerprint, lastingFingerprint } from "../plan/fingerprint.ts";
import type { Plan } from "../plan/nodes.ts";
import { replaceStored } from "../plan/rewrite/replace-stored.ts";
import type { Schema } from "../plan/types.ts";
import { childrenFirst } from "../plan/walk.ts";
import { hideSecrets } from "../secrets.ts";
import { type CallPlace, host } from "./host.ts";
import { shownSchema } from "./shown-schema.ts";
import { StorageLevel } from "./storage-level.ts";

/** How a frame is to be kept, and where in the user's code that was asked for. */
export type Mark = { readonly label: string; readonly level: StorageLevel; readonly place?: CallPlace | undefined };

/** A frame that is to be kept: marked by `persist()`, stored by the first action that needs it. */
export type Held = Mark & { readonly plan: Plan; stored?: StoredRows & Partial<Keep> };

/** What is kept, as `spark.storage` shows it. */
export type StorageEntry = {
  readonly name: string;
  /** "stored", or "marked" until the first action has stored it. */
  readonly state: "marked" | "stored";
  readonly level: string;
  /** Where it was asked for: `cell [3], line 2: flights.persist()`. */
  readonly place?: string;
  /** Where the engine tells: Spark does not. */
  readonly rows?: number;
  readonly bytes?: number;
  readonly schema?: Schema;
};

/** The registry of cached plans, by fingerprint. */
export class Caches {
  readonly #entries = new Map<string, Held>();
  #asked = new WeakMap<Plan, StorageLevel>();
  /** What sessions before this one have kept on disk, by its lasting key. */
  readonly #inherited = new Map<string, Kept>();

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** Answers what was kept on another level, to be released. */
  mark(plan: Plan, mark: Mark): StoredRows | undefined {
    const key = fingerprint(plan);
    const before = this.#entries.get(key);
    if (before?.level === mark.level) return undefined;
    this.#entries.set(key, { plan, ...mark });
    this.#changed();
    return before?.stored;
  }

  levelOf(plan: Plan): StorageLevel | undefined {
    // Only what is on disk is held by frames that are their rows.
    if (plan.kind === "stored") return StorageLevel.DISK_ONLY;
    return this.#asked.get(plan) ?? this.#entries.get(fingerprint(plan))?.level;
  }

  /** What was asked for a plan, whose rows are known by another that it stands for; undefined where they are not to be kept. */
  ask(plan: Plan, level: StorageLevel | undefined): void {
    if (level === undefined) this.#asked.delete(plan);
    else this.#asked.set(plan, level);
  }

  /** Forgets a plan; answers what was kept of it, whose table, if there is one or comes to be one, is to be released. */
  unmark(plan: Plan): { readonly stored?: StoredRows } | undefined {
    const key = fingerprint(plan);
    const entry = this.#entries.get(key);
    if (this.#entries.delete(key)) this.#changed();
    return entry;
  }

  /** Forgets whatever has its rows in this table. */
  unmarkTable(table: string): void {
    for (const [key, { stored }] of this.#entries) if (stored?.table === table) this.#entries.delete(key);
    for (const [key, kept] of this.#inherited) if (kept.table === table) this.#inherited.delete(key);
    this.#changed();
  }

  /** Forgets everything; answers the engine's tables to release. */
  forget(): string[] {
    const tables = [...this.#entries.values()].flatMap(({ stored }) => (stored === undefined ? [] : [stored.table]));
    tables.push(...[...this.#inherited.values()].map(({ table }) => table));
    this.#entries.clear();
    this.#inherited.clear();
    this.#asked = new WeakMap();
    this.#changed();
    return tables;
  }

  /** Rows that are found on disk: a plan that asks for them by its key has them. */
  inherit(kept: Kept): void {
    this.#inherited.set(kept.key, kept);
  }

  /** What is there of a plan that an earlier session has stored. */
  inherited(key: string): StoredRows | undefined {
    return this.#inherited.get(key);
  }

  list(): StorageEntry[] {
    const own = [...this.#entries.values()].map(
      ({ label, level, place, stored }): StorageEntry => ({
        name: label,
        state: stored === undefined ? "marked" : "stored",
        level: String(level),
        ...(place === undefined ? {} : { place: placeText(place) }),
        ...(stored && sizeOf(stored)),
      }),
    );
    const inherited = [...this.#inherited.values()].map(
      ({ note, ...rows }): StorageEntry => ({
        name: note.label ?? "",
        state: "stored",
        level: "DISK_ONLY",
        place: note.place ?? "",
        ...sizeOf(rows),
      }),
    );
    return [...own, ...inherited];
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
      entry.stored = entry.level.isDiskOnly
        ? await this.#onDisk(node, input, entry, engine, options)
        : await engine.store(input, entry, options);
      this.#changed();
    }
  }

  async #onDisk(node: Plan, input: Plan, { label, level, place }: Held, engine: Engine, options: RunOptions) {
    const keep: Keep = { key: await lastingKey(node, engine), note: { label, place: place ? placeText(place) : "" } };
    const inherited = this.#inherited.get(keep.key);
    this.#inherited.delete(keep.key);
    return inherited ?? engine.store(input, { level, keep }, options);
  }

  #changed(): void {
    host().storageChanged?.([...this.#entries.values()]);
  }
}

/** Whether a frame's plan is the one whose rows are held. */
export const isPlanOf = (held: Held, plan: Plan): boolean => fingerprint(held.plan) === fingerprint(plan);

/** What is known of it. */
export const sizeOf = ({ rows, bytes, schema }: StoredRows) => ({
  ...(rows === undefined ? {} : { rows }),
  ...(bytes === undefined ? {} : { bytes }),
  schema: shownSchema(schema),
});

/** It is shown, and kept on disk. */
export const placeText = ({ cell, line, text }: CallPlace): string =>
  `cell [${cell}], line ${line}: ${hideSecrets(text)}`;

/** What the rows of a plan are found by in a later session: its steps, and the state of the files it reads. */
async function lastingKey(plan: Plan, engine: Engine): Promise<string> {
  const stamp = await engine.stamp(plan);
  return stamp === undefined ? `once ${crypto.randomUUID()}` : `${lastingFingerprint(plan)} ${stamp}`;
}

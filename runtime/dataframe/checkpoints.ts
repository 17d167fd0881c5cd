import type { Kept, StoredRows } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import type { Plan } from "../plan/nodes.ts";
import { tableOf } from "../plan/rewrite/replace-stored.ts";
import { type StorageEntry, sizeOf } from "./cache.ts";
import type { StorageLevel } from "./storage-level.ts";

/** Begins the keys of rows that a checkpoint keeps; its name follows. */
const start = "checkpoint ";

/** Rows that a checkpoint keeps; those with a key outlive the engine. */
export type Checkpoint = StoredRows & Partial<Kept> & { readonly level: StorageLevel };

/** The names that checkpoints have. */
export class Checkpoints {
  /** A name is taken before its rows are there. */
  readonly #names = new Map<string, Checkpoint | undefined>();

  /** The name that was wished, or the next of `checkpoint_1`, `checkpoint_2` …, which no session before has used. */
  name(wished: string | undefined): string {
    if (wished !== undefined) {
      if (typeof wished === "string" && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(wished)) return wished;
      throw new AnalysisError("CHECKPOINT", `checkpoint takes a name of letters, digits and _, not ${String(wished)}`);
    }
    let number = 1;
    while (this.#names.has(`checkpoint_${number}`)) number += 1;
    return `checkpoint_${number}`;
  }

  set(name: string, rows?: Checkpoint): void {
    this.#names.set(name, rows);
  }

  /** Where no rows came to be, the name is free again. */
  free(name: string): void {
    if (this.#names.get(name) === undefined) this.#names.delete(name);
  }

  levelOf(table: string): StorageLevel | undefined {
    return [...this.made().values()].find((rows) => rows.table === table)?.level;
  }

  /** Answers the name of the checkpoint whose rows are in this table, if there is one. */
  delete(table: string): string | undefined {
    const [name] = [...this.made()].find(([, rows]) => rows.table === table) ?? [];
    if (name !== undefined) this.#names.delete(name);
    return name;
  }

  /** Those whose rows are there. */
  made(): ReadonlyMap<string, Checkpoint> {
    return new Map([...this.#names].flatMap(([name, rows]) => (rows === undefined ? [] : [[name, rows]])));
  }

  list(): StorageEntry[] {
    return [...this.made()].map(([name, rows]) => ({
      name,
      state: "stored",
      level: String(rows.level),
      place: `table("${name}")`,
      ...sizeOf(rows),
    }));
  }
}

export const keyOfCheckpoint = (name: string): string => start + name;

/** The checkpoint's name, if the rows are one's. */
export const checkpointOf = ({ key }: Kept): string | undefined =>
  key.startsWith(start) ? key.slice(start.length) : undefined;

/** A plan that is its rows: nothing of how they came about is left to be computed. */
export const planOfRows = (name: string, rows: StoredRows): Plan =>
  Object.freeze({ kind: "stored", ...tableOf(rows), input: Object.freeze({ kind: "table", name }) });

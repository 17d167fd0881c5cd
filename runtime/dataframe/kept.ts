import { AnalysisError } from "../errors.ts";
import * as actions from "./actions.ts";
import { Arranged } from "./arranged.ts";
import type { DataFrame } from "./dataframe.ts";
import { host } from "./host.ts";
import { here } from "./origin.ts";
import { over } from "./rows.ts";
import { checkedLevel, StorageLevel } from "./storage-level.ts";

/** A frame's methods that keep its rows, or its steps under a name. */
export abstract class Kept<S = any> extends Arranged<S> {
  /** Keeps the rows in the engine once an action has computed them: later plans with this part use them. */
  cache(): this {
    return this.persist();
  }
  /**
   * As cache; with StorageLevel.DISK_ONLY the rows outlive a crash of the session: when the same line runs again, they
   * are found and not computed.
   */
  persist(level: StorageLevel = StorageLevel.MEMORY_AND_DISK): this {
    const place = host().place?.(here());
    this.context.persist(this.plan, { label: actions.label(this), level: checkedLevel(level), place });
    return this;
  }
  /** How the rows are kept, or are to be; NONE if they are not. */
  get storageLevel(): StorageLevel {
    return this.context.levelOf(this.plan) ?? StorageLevel.NONE;
  }
  /**
   * Computes the rows now and keeps them on disk. The frame that it gives is the rows, whatever becomes of the sources. It
   * is a table of this name, after a crash of the session too, until the kernel ends; on Spark as long as the server's
   * session lasts, with its files in the server's checkpoint folder.
   */
  async checkpoint(name?: string | true): Promise<DataFrame<S>> {
    return over(this, await this.context.checkpoint(this.plan, wished(name), "reliable"));
  }
  /** As checkpoint, but in the engine's memory, which spills: it ends with the session. On Spark it needs no folder. */
  async localCheckpoint(name?: string | true): Promise<DataFrame<S>> {
    return over(this, await this.context.checkpoint(this.plan, wished(name), "local"));
  }
  /** Frees what cache keeps; with `true` too it does not wait until that has been done. */
  unpersist(_blocking?: boolean): this {
    this.context.uncache(this.plan);
    return this;
  }

  /** Names this frame for SQL text and `table()`, in place of a view that has the name. */
  createOrReplaceTempView(name: string): Promise<void> {
    return actions.createView(this, name, { replace: true });
  }
  /** As createOrReplaceTempView, but an error if there is such a view. */
  createTempView(name: string): Promise<void> {
    return actions.createView(this, name, { replace: false });
  }
}

/** `true` is PySpark's "eager", which they are. */
function wished(name: unknown): string | undefined {
  if (name === false)
    throw new AnalysisError(
      "CHECKPOINT",
      "checkpoint computes the rows at once: use cache() to have the first action do so",
    );
  return name === true ? undefined : (name as string | undefined);
}

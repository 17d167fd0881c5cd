import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";

/**
 * Where the rows of a persisted frame are kept. In memory, the engine spills what does not fit, whichever of the two
 * levels is asked for; what is on disk outlives a crash of the session.
 */
export class StorageLevel {
  readonly useDisk: boolean;
  readonly useMemory: boolean;
  /** On how many machines of a cluster each part is kept. */
  readonly replication: number;
  readonly #name: string;

  private constructor(name: string, useDisk: boolean, useMemory: boolean, replication = 1) {
    this.#name = name;
    this.useDisk = useDisk;
    this.useMemory = useMemory;
    this.replication = replication;
  }

  static readonly NONE = new StorageLevel("NONE", false, false);
  static readonly MEMORY_ONLY = new StorageLevel("MEMORY_ONLY", false, true);
  static readonly MEMORY_AND_DISK = new StorageLevel("MEMORY_AND_DISK", true, true);
  static readonly DISK_ONLY = new StorageLevel("DISK_ONLY", true, false);
  static readonly MEMORY_ONLY_2 = new StorageLevel("MEMORY_ONLY_2", false, true, 2);
  static readonly MEMORY_AND_DISK_2 = new StorageLevel("MEMORY_AND_DISK_2", true, true, 2);
  static readonly DISK_ONLY_2 = new StorageLevel("DISK_ONLY_2", true, false, 2);

  /** Whether the rows outlive the session. */
  get isDiskOnly(): boolean {
    return this.useDisk && !this.useMemory;
  }

  toString(): string {
    return this.#name;
  }

  [inspect.custom](): string {
    return `StorageLevel.${this.#name}`;
  }
}

export function checkedLevel(level: unknown): StorageLevel {
  if (level instanceof StorageLevel && level !== StorageLevel.NONE) return level;
  throw new AnalysisError(
    "STORAGE_LEVEL",
    `persist takes StorageLevel.MEMORY_AND_DISK, MEMORY_ONLY or DISK_ONLY, not ${inspect(level, { depth: 0 })}`,
  );
}

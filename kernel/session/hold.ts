import type { Readable } from "node:stream";

/** Stops the reading of a session's pipes for a while: what writes to them waits then, and nothing has to be kept. */
export type Hold = {
  /** Reads again after so long. */
  for(ms: number): void;
  /** Reads again now, and is not to be stopped before `bind`: a run is to end. */
  free(): void;
  bind(): void;
};

export function holdable(pipes: readonly (Readable | null)[]): Hold {
  let isFree = false;
  let timer: NodeJS.Timeout | undefined;

  const release = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    for (const pipe of pipes) pipe?.resume();
  };
  return {
    for(ms) {
      if (isFree || timer !== undefined) return;
      for (const pipe of pipes) pipe?.pause();
      timer = setTimeout(release, ms);
    },
    free() {
      isFree = true;
      release();
    },
    bind() {
      isFree = false;
    },
  };
}

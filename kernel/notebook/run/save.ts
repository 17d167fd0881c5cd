/** Writes something again and again while it grows, without spending the run's time on it. */
export type Saver = {
  /** It has changed: it is written within a while. */
  changed(): void;
  /** Writes it now; or soon, where writing is slow and was done not long ago. */
  soon(): void;
  /** Writes it now. Throws what `write` throws. */
  now(): void;
};

export type Clock = {
  nowMs(): number;
  /** Calls back once after so long, without keeping the process alive; what it returns takes that back. */
  later(delayMs: number, callback: () => void): () => void;
};

/** While a cell runs. */
const betweenSavesMs = 3000;
/** What takes no longer than this is written after every cell. */
const quickMs = 50;
/** Of what takes longer, the next begins after a pause of so many times as long: at most 5 % of the time is spent. */
const pauseFactor = 20;

/** `write` may fail, as when the disk is full: `failed` is told, and the next time it is tried again. */
export function createSaver(write: () => void, failed: (error: Error) => void, clock: Clock = systemClock): Saver {
  let endedAtMs = clock.nowMs();
  let tookMs = 0;
  let cancel: (() => void) | undefined;

  const save = () => {
    cancel?.();
    cancel = undefined;
    const startedAtMs = clock.nowMs();
    try {
      write();
    } finally {
      endedAtMs = clock.nowMs();
      tookMs = endedAtMs - startedAtMs;
    }
  };
  const trySave = () => {
    try {
      save();
    } catch (error) {
      failed(error as Error);
    }
  };
  const dueInMs = (leastMs: number): number => {
    const pauseMs = tookMs <= quickMs ? 0 : tookMs * pauseFactor;
    return endedAtMs + Math.max(leastMs, pauseMs) - clock.nowMs();
  };
  const later = (delayMs: number) => {
    cancel ??= clock.later(Math.max(0, delayMs), trySave);
  };

  return {
    changed: () => later(dueInMs(betweenSavesMs)),
    soon() {
      const delayMs = dueInMs(0);
      if (delayMs > 0) later(delayMs);
      else trySave();
    },
    now: save,
  };
}

const systemClock: Clock = {
  nowMs: () => performance.now(),
  later(delayMs, callback) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

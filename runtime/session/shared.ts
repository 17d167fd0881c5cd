/** The memory that the main thread and the sentinel share. */
export type Shared = Int32Array<SharedArrayBuffer>;

export const createShared = (): Shared => new Int32Array(new SharedArrayBuffer(24));

/** Index of the number of the last interrupt that the main thread has answered. */
export const answered = 0;

/** Index of the run that was interrupted last. */
export const interruptedRun = 2;

/** Index of whether cells can run: before that, the session itself is all that could be terminated. */
export const canRun = 3;

/** Index of the number of the last try to terminate; what is left of earlier ones does nothing. */
export const lastTry = 4;

/** How far the main thread is in being held for its termination, at its index. */
export const hold = { index: 5, none: 0, offered: 1, accepted: 2, posted: 3 } as const;

/** How far a prompt is, at its index. */
export const promptState = { index: 1, none: 0, waiting: 1, answered: 2, interrupted: 3 } as const;

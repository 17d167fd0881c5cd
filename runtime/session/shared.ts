/** The memory that the main thread and the sentinel share. */
export type Shared = Int32Array<SharedArrayBuffer>;

export const createShared = (): Shared => new Int32Array(new SharedArrayBuffer(16));

/** Index of the number of the last interrupt that the main thread has answered. */
export const answered = 0;

/** Index of the run that was interrupted last. */
export const interruptedRun = 2;

/** Index of whether cells can run: before that, the session itself is all that could be terminated. */
export const canRun = 3;

/** How far a prompt is, at its index. */
export const promptState = { index: 1, none: 0, waiting: 1, answered: 2, interrupted: 3 } as const;

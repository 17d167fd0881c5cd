/** The kernel does not wait longer for what a session has announced. */
const waitAtMostMs = 300;

/** Whether the session has said that it will tell types, and has not yet. */
export function createAwaitedTypes() {
  let isAwaited = false;
  const waiting = new Set<() => void>();
  return {
    expect() {
      isAwaited = true;
    },
    settle() {
      isAwaited = false;
      for (const end of waiting) end();
    },
    /** When they have been told, or after a while. */
    settled(): Promise<void> {
      if (!isAwaited) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve();
        };
        const timer = setTimeout(end, waitAtMostMs);
        waiting.add(end);
      });
    },
  };
}

/** The kernel does not wait longer for what a session has announced. */
const waitAtMostMs = 300;

/** Whether the session has said that it will tell types, and has not yet. */
export function createAwaitedTypes(patience: number) {
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
    /** Whether they have been told, within a while. */
    settled(): Promise<boolean> {
      if (!isAwaited) return Promise.resolve(true);
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve(!isAwaited);
        };
        const timer = setTimeout(end, waitAtMostMs * patience);
        waiting.add(end);
      });
    },
  };
}

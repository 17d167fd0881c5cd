const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Signals that ask for the end; those that came before there was anything to end are kept for whom they are passed to. */
export type HeldSignals = { pass(to: () => void): void };

export function holdSignals(): HeldSignals {
  let early = false;
  let handle = () => {
    early = true;
  };
  for (const signal of signals) process.on(signal, () => handle());
  return {
    pass(to) {
      handle = to;
      if (early) to();
    },
  };
}

import type { Session } from "../../session/supervisor.ts";

export type StopReason = "timeout" | "interrupted";

/** How a run is brought to its end from outside. */
export type Stopper = {
  /** Why no further cell is to be run. */
  readonly reason: StopReason | undefined;
  /** The session was ended, since the interrupt had no effect or there was no time to wait for one. */
  readonly killed: "not" | "in vain" | "at once";
  /** Interrupts the running cell, and ends the session if that has no effect; the second call ends it at once. */
  stop(reason: StopReason): void;
  /** Nothing runs any more. */
  disarm(): void;
};

/** An interrupt that works takes milliseconds. The supervisor would speak of a second interrupt after 5 s. */
export const patienceMs = 4000;

export function createStopper(session: Pick<Session, "interrupt" | "kill">): Stopper {
  let reason: StopReason | undefined;
  let killed: Stopper["killed"] = "not";
  let timer: NodeJS.Timeout | undefined;
  const kill = (why: "in vain" | "at once") => {
    clearTimeout(timer);
    killed = why;
    session.kill();
  };
  return {
    get reason() {
      return reason;
    },
    get killed() {
      return killed;
    },
    stop(wanted) {
      if (reason !== undefined) return kill("at once");
      reason = wanted;
      session.interrupt();
      timer = setTimeout(kill, patienceMs, "in vain");
    },
    disarm: () => clearTimeout(timer),
  };
}

/** Calls back after so long, which may be more than the 24.8 days that a timer of Node's can wait. */
export function afterMs(delayMs: number, callback: () => void): { cancel(): void } {
  const longestMs = 2 ** 31 - 1;
  let leftMs = delayMs;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    if (leftMs <= 0) return callback();
    const stepMs = Math.min(leftMs, longestMs);
    leftMs -= stepMs;
    timer = setTimeout(wait, stepMs);
    timer.unref();
  };
  wait();
  return { cancel: () => clearTimeout(timer) };
}

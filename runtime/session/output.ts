import { emit } from "./port.ts";
import type { SessionEvent } from "./protocol.ts";
import type { Run, Slot } from "./run.ts";

/** How long text may wait for a display that was called before it and is still being rendered. */
const textHeldMs = 100;

/** Sends an event of a run behind those that were called before it. */
export function send(run: Run, event: SessionEvent): void {
  if (run.request.silent) return;
  // A busy cell cannot finish rendering: what it prints must be seen all the same.
  const isOverdue = event.type === "stream" && performance.now() - run.heldSinceMs > textHeldMs;
  if (run.waiting.length === 0 || isOverdue) emit(event);
  else run.waiting.push({ event, ready: true });
}

/** Keeps the place of an event that has to be rendered first; no event is sent if rendering fails. */
export async function sendRendered(run: Run, render: () => Promise<SessionEvent | undefined>): Promise<void> {
  const slot: Slot = { event: undefined, ready: false };
  if (run.waiting.length === 0) run.heldSinceMs = performance.now();
  run.waiting.push(slot);
  try {
    slot.event = await render();
  } finally {
    slot.ready = true;
    release(run);
  }
}

function release(run: Run): void {
  while (run.waiting[0]?.ready) {
    const { event } = run.waiting.shift() as Slot;
    if (event !== undefined && !run.request.silent) emit(event);
  }
  run.heldSinceMs = performance.now();
  if (run.waiting.length === 0) run.onIdle?.();
}

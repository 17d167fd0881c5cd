import { emit } from "./port.ts";
import type { SessionEvent } from "./protocol.ts";
import type { Run, Slot } from "./run.ts";

/** How long text may wait for a display that was called before it and is still being rendered. */
const textHeldMs = 100;

/** Sends an event of a run behind those that were called before it. */
export function send(run: Run, event: SessionEvent): void {
  if (run.request.silent) return;
  // A busy cell cannot finish rendering: what it prints must be seen all the same.
  if (run.waiting.length > 0 && event.type === "stream" && performance.now() - run.heldSinceMs > textHeldMs)
    release(run, "what is not ready too");
  if (run.waiting.every((slot) => slot.isPassed)) emit(event);
  else run.waiting.push({ event, ready: true, isPassed: false });
}

/**
 * Keeps the place of an event that has to be rendered first; no event is sent if rendering fails. A new display may give
 * its id: if text cannot wait for it, an empty one keeps its place.
 */
export async function sendRendered(
  run: Run,
  render: () => Promise<SessionEvent | undefined>,
  displayId?: string,
): Promise<void> {
  const slot: Slot = { event: undefined, ready: false, isPassed: false, displayId };
  if (run.waiting.length === 0) run.heldSinceMs = performance.now();
  run.waiting.push(slot);
  try {
    slot.event = await render();
  } finally {
    slot.ready = true;
    release(run);
  }
}

/** Sends what is ready and what waits for nothing else; what is not ready is passed by if that is asked for. */
function release(run: Run, passing?: "what is not ready too"): void {
  const { waiting } = run;
  let kept = 0;
  let index = 0;
  for (; index < waiting.length; index++) {
    const slot = waiting[index] as Slot;
    if (slot.ready) {
      const { event } = slot;
      // Before it is sent: an interrupt may end this loop, and nothing may be sent twice.
      slot.event = undefined;
      if (event !== undefined && !run.request.silent) emit(inPlace(slot, event));
      continue;
    }
    if (!slot.isPassed && passing === undefined) break;
    if (!slot.isPassed) passBy(run, slot);
    waiting[kept++] = slot;
  }
  // At once: a loop that prints may have left a hundred thousand.
  waiting.splice(kept, index - kept);
  run.heldSinceMs = performance.now();
  if (run.waiting.length === 0) run.onIdle?.();
}

function passBy(run: Run, slot: Slot): void {
  slot.isPassed = true;
  const { displayId } = slot;
  if (displayId === undefined || run.request.silent) return;
  emit({ type: "display", run: run.request.run, data: { "text/plain": "" }, metadata: {}, displayId, update: false });
}

const inPlace = (slot: Slot, event: SessionEvent): SessionEvent =>
  slot.isPassed && slot.displayId !== undefined && event.type === "display" ? { ...event, update: true } : event;

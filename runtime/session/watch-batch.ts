import { createBatch } from "./batch.ts";
import { type Outgoing, writeOut } from "./outgoing.ts";

/** Text waits no longer than twice this. */
const lookEveryMs = 15;

let watching: NodeJS.Timeout | undefined;

/** In the sentinel: sends what is collected when the main thread does not, until nothing comes any more. */
export function watchBatch(memory: SharedArrayBuffer): void {
  if (watching !== undefined) return;
  const batch = createBatch(memory);
  let additions = batch.additions();

  const look = (): void => {
    if (!batch.tryLock()) return;
    try {
      const isQuiet = batch.additions() === additions;
      additions = batch.additions();
      const event = isQuiet ? batch.event() : undefined;
      if (event !== undefined) {
        const outgoing: Outgoing = { bytes: Buffer.from(`${JSON.stringify(event)}\n`), written: 0 };
        batch.header[batch.lengthAt] = 0;
        writeOut(outgoing);
      } else if (isQuiet) {
        clearInterval(watching);
        watching = undefined;
        batch.setWatched(false);
      }
    } finally {
      // The main thread waits for it.
      batch.unlock();
    }
  };
  watching = setInterval(look, lookEveryMs);
}

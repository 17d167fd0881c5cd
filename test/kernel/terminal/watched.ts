import { createScreen, type Screen, type ScreenOptions } from "../../../kernel/terminal/screen.ts";
import type { MimeBundle } from "../../../runtime/session/protocol.ts";

type Event = Parameters<Screen["show"]>[0];

/** A screen, and what it has written to each output since last asked. */
export function watched(options: Partial<ScreenOptions> & { columns?: number; rows?: number } = {}) {
  const text = { out: "", err: "", both: "" };
  let writes = 0;
  const output = (name: "out" | "err") => ({
    write: (added: string) => {
      text[name] += added;
      text.both += added;
      writes++;
    },
    columns: options.columns,
    rows: options.rows,
  });
  const screen = createScreen({ out: output("out"), err: output("err"), colors: true, ...options });
  const taken = (name: keyof typeof text) => {
    const now = text[name];
    text[name] = "";
    return now;
  };
  return { screen, out: () => taken("out"), err: () => taken("err"), both: () => taken("both"), writes: () => writes };
}

export const stream = (text: string, name: "stdout" | "stderr" = "stdout"): Event => ({
  type: "stream",
  run: 1,
  name,
  text,
});
export const result = (data: MimeBundle | string, metadata: MimeBundle = {}): Event => ({
  type: "result",
  run: 1,
  data: bundle(data),
  metadata,
});
export const display = (data: MimeBundle | string, displayId?: string): Event => ({
  type: "display",
  run: 1,
  data: bundle(data),
  metadata: {},
  ...(displayId !== undefined && { displayId }),
  update: false,
});
export const update = (data: MimeBundle | string, displayId: string): Event => ({
  ...(display(data, displayId) as Event & { type: "display" }),
  update: true,
});
export const clear = (wait = false): Event => ({ type: "clear_output", run: 1, wait });

const bundle = (data: MimeBundle | string): MimeBundle => (typeof data === "string" ? { "text/plain": data } : data);

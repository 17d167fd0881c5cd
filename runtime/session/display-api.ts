import { randomUUID } from "node:crypto";
import { send, sendRendered } from "./output.ts";
import type { MimeBundle } from "./protocol.ts";
import { type Run, runOfCaller } from "./run.ts";

export type DisplayOptions = {
  /** Under which `update` finds it again; a new one by default. */
  readonly displayId?: string;
  readonly display_id?: string;
  /** The value is a MIME bundle, `{ "text/html": "…" }`, and not to be rendered. */
  readonly raw?: boolean;
  /** Replace what was shown under the same id. */
  readonly update?: boolean;
};

/** What has been displayed, to be replaced later. */
export class DisplayHandle {
  readonly displayId: string;

  constructor(displayId: string) {
    this.displayId = displayId;
  }

  /** Shows another value in the same place. */
  async update(value: unknown, options: Pick<DisplayOptions, "raw"> = {}): Promise<void> {
    await show(value, { ...options, displayId: this.displayId, update: true });
  }
}

export type Displayed = Promise<DisplayHandle> & DisplayHandle;

/**
 * Shows a value under the cell, as the last expression of a cell would be shown. It need not be awaited: displays
 * appear in the order of the calls, and the cell ends after the last. What rendering throws (a query that fails)
 * rejects the promise.
 */
export function display(value: unknown, options: DisplayOptions = {}): Displayed {
  const displayId = options.displayId ?? options.display_id ?? randomUUID();
  const handle = new DisplayHandle(displayId);
  const shown = show(value, { ...options, displayId }).then(() => handle);
  return Object.assign(shown, { displayId, update: handle.update.bind(handle) });
}

/** Removes what the cell has shown so far; with `wait`, when the next output comes. */
export function clearOutput(options: boolean | { readonly wait?: boolean } = {}): void {
  const run = runOfCaller();
  const wait = typeof options === "boolean" ? options : (options.wait ?? false);
  if (run) send(run, { type: "clear_output", run: run.request.run, wait });
}

/** Shows what is still being computed; its place is that of the call. */
export async function displayComputed(value: Promise<unknown>): Promise<void> {
  await showRendered(async (columns) => render(await value, columns), { displayId: randomUUID() });
}

/** Prints a line that is still being computed; its place is that of the call. */
export async function printComputed(text: Promise<string>): Promise<void> {
  const run = runOfCaller();
  if (run === undefined) return console.log(await text);
  await sendRendered(run, async () => ({
    type: "stream",
    run: run.request.run,
    name: "stdout",
    text: `${await text}\n`,
  }));
}

const show = (value: unknown, options: Options): Promise<void> =>
  showRendered((columns) => render(value, columns, options.raw), options);

type Options = DisplayOptions & { readonly displayId: string };

/** Renders for the width of the terminal that the caller's cell is shown in, if it is shown in one. */
async function showRendered(rendered: (columns?: number) => Promise<Bundle>, options: Options): Promise<void> {
  const run = runOfCaller();
  if (run === undefined) {
    // A plain script has no cell: it gets the text.
    console.log((await rendered()).data["text/plain"]);
    return;
  }
  const newId = options.update ? undefined : options.displayId;
  await sendRendered(run, async () => displayEvent(run, await rendered(run.request.columns), options), newId);
}

type Bundle = { readonly data: MimeBundle; readonly metadata: MimeBundle };

async function render(value: unknown, columns: number | undefined, raw = false): Promise<Bundle> {
  if (raw) return { data: value as MimeBundle, metadata: {} };
  const { toBundle } = await import("./display.ts");
  return (await toBundle(value, { columns })) ?? { data: { "text/plain": "undefined" }, metadata: {} };
}

const displayEvent = (run: Run, bundle: Bundle, { displayId, update = false }: DisplayOptions) =>
  ({ type: "display", run: run.request.run, ...bundle, ...(displayId && { displayId }), update }) as const;

import { QuernError } from "../errors.ts";
import { emit } from "./port.ts";
import type { CommEvent, CommKind } from "./protocol.ts";
import { runOfCaller } from "./run.ts";

/** What came through a comm from the front end. */
export type CommMessage = {
  readonly data: any;
  readonly metadata: { readonly [key: string]: unknown };
  /** Bytes that travelled beside the data. */
  readonly buffers: readonly Uint8Array[];
};

/** Called with each comm that the front end opens to a target, and the message that opened it. */
export type CommTarget = (comm: Comm, message: CommMessage) => unknown;

type Bytes = ArrayBuffer | ArrayBufferView;

const targets = new Map<string, CommTarget>();
const comms = new Map<string, Comm>();

/** A line between a program in the front end and one in the notebook, as widgets use it; either side may close it. */
export class Comm implements Disposable {
  readonly commId: string;
  readonly targetName: string;
  /** Called with each message of the front end; the next one, or cell, comes when what it returns is settled. */
  onMsg: ((message: CommMessage) => unknown) | undefined;
  /** Called when the front end closes the comm. */
  onClose: ((message: CommMessage) => unknown) | undefined;

  constructor(commId: string, targetName: string) {
    this.commId = commId;
    this.targetName = targetName;
  }

  get isClosed(): boolean {
    return comms.get(this.commId) !== this;
  }

  /** `data` is anything that JSON can say; bytes go in `buffers`, and arrive as they are. */
  send(data: unknown = {}, metadata: object = {}, buffers: readonly Bytes[] = []): void {
    if (this.isClosed) {
      throw new QuernError("COMM_CLOSED", `The comm to "${this.targetName}" is closed; open another with comm.open(…)`);
    }
    publish("msg", this, data, metadata, buffers);
  }

  /** Closes both sides; once is enough. */
  close(data: unknown = {}, metadata: object = {}, buffers: readonly Bytes[] = []): void {
    if (this.isClosed) return;
    comms.delete(this.commId);
    publish("close", this, data, metadata, buffers);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Comms to programs in the front end. */
export const comm = Object.freeze({
  /** From now on comms that the front end opens to `target` are given to `callback`. */
  registerTarget(target: string, callback: CommTarget): void {
    targets.set(target, callback);
  },
  /** Comms that are open stay so. */
  unregisterTarget(target: string): void {
    targets.delete(target);
  },
  /** Opens a comm to a target that the front end has registered; one that knows none closes it. */
  open(target: string, data: unknown = {}, metadata: object = {}, buffers: readonly Bytes[] = []): Comm {
    const opened = new Comm(crypto.randomUUID(), target);
    publish("open", opened, data, metadata, buffers);
    comms.set(opened.commId, opened);
    return opened;
  },
});

function publish(
  kind: CommKind,
  { commId, targetName }: Comm,
  data: unknown,
  metadata: object,
  buffers: readonly Bytes[],
) {
  const run = runOfCaller();
  if (run === undefined) throw new QuernError("NO_CELL", "A comm has another side in a notebook only");
  const about = { kind, commId, ...(kind === "open" ? { targetName } : {}) };
  emit({ type: "comm", run: run.request.run, ...about, data, metadata: { ...metadata }, buffers: buffers.map(base64) });
}

/** Hands on what the front end sent. Of comms that are closed there may still be messages on their way. */
export async function receiveComm({ kind, commId, targetName = "", ...rest }: CommEvent): Promise<void> {
  const message = { ...rest, buffers: rest.buffers.map((text) => new Uint8Array(Buffer.from(text, "base64"))) };
  if (kind === "open") return accept(new Comm(commId, targetName), message);
  const addressed = comms.get(commId);
  if (kind === "close") {
    comms.delete(commId);
    await addressed?.onClose?.(message);
  } else await addressed?.onMsg?.(message);
}

async function accept(opened: Comm, message: CommMessage): Promise<void> {
  const target = targets.get(opened.targetName);
  comms.set(opened.commId, opened);
  // The protocol wants a comm to an unknown target closed.
  if (target === undefined) return opened.close();
  try {
    await target(opened, message);
  } catch (error) {
    opened.close();
    throw error;
  }
}

const base64 = (bytes: Bytes): string =>
  (ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes)
  ).toString("base64");

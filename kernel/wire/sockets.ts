import { createRequire } from "node:module";
import { addressOf, type Channel, type Connection, ConnectionFileError, channels } from "./connection-file.ts";

// By require: importing it would first make Node search the CommonJS text for the names that it exports.
const zmq: typeof import("zeromq") = createRequire(import.meta.url)("zeromq");

// Not imported: see signature.ts.
const { unlinkSync } = process.getBuiltinModule("node:fs");

export type RequestChannel = "shell" | "control" | "stdin";

export type Sockets = {
  /** Until now messages have waited in ZeroMQ. */
  listen(events: SocketEvents): void;
  send(channel: RequestChannel, frames: (Buffer | string)[]): Promise<void>;
  publish(frames: (Buffer | string)[]): void;
  /** Waits until what was sent has left, at most {@link lingerMs}. */
  close(): void;
};

export type SocketEvents = {
  received(channel: RequestChannel, frames: Buffer[]): void;
  /** A front end listens to iopub from now on, to messages that begin with `topic`. */
  subscribed(topic: Buffer): void;
  failed(channel: Channel, error: unknown): void;
};

const lingerMs = 500;

/**
 * ZeroMQ ends the connection of a peer that announces a longer part of a message, before it takes memory for it. Of
 * requests it is twice what wire.ts accepts, so that what is too long by less can be said in the log; JavaScript could
 * read no longer text. Heartbeats and subscriptions are a few bytes.
 */
const longestRequestPart = 512 * 2 ** 20;
const longestSignal = 64 * 2 ** 10;

/** So many messages may wait for a front end that does not read; then ZeroMQ drops, and memory stays bounded. */
const waitingForSubscriber = 100_000;

/** Binds all five. Throws {@link ConnectionFileError} where a port is taken; nothing stays bound then. */
export function bindSockets(connection: Connection): Sockets {
  // A send never has to wait on these kinds of sockets; with sendTimeout 0 each is done when the call returns.
  const options = { linger: lingerMs, sendTimeout: 0 };
  // A front end that comes back after a lost connection has its old identity (handover).
  const router = () => new zmq.Router({ ...options, handover: true, maxMessageSize: longestRequestPart });
  const requests = { shell: router(), control: router(), stdin: router() };
  // A prompt that reaches nobody must be an error: the cell would wait for ever.
  requests.stdin.mandatory = true;
  // A Reply socket fails at what is no question, which anyone can send; this one gives everything back.
  const hb = new zmq.Router({ ...options, maxMessageSize: longestSignal });
  const iopub = new zmq.XPublisher({
    ...options,
    sendHighWaterMark: waitingForSubscriber,
    maxMessageSize: longestSignal,
  });
  // Every new front end is welcomed, not only the first.
  iopub.verbosity = "allSubs";
  const all = { ...requests, hb, iopub };

  const close = () => {
    for (const socket of Object.values(all)) socket.close();
    if (connection.transport === "ipc") removeSocketFiles(connection);
  };
  for (const channel of channels) {
    try {
      all[channel].bindSync(addressOf(connection, channel));
    } catch (error) {
      close();
      throw new ConnectionFileError(describeBindError(error as NodeJS.ErrnoException, connection, channel));
    }
  }

  let failed: SocketEvents["failed"] = () => {};
  const receive = async (channel: Channel, handle: (frames: Buffer[]) => void) => {
    while (!all[channel].closed) {
      try {
        for await (const frames of all[channel]) handle(frames);
      } catch (error) {
        // What a peer sent was no message to ZeroMQ; the next one may be.
        if ((error as NodeJS.ErrnoException).code === "EAGAIN") continue;
        return failed(channel, error);
      }
    }
  };
  receive("hb", (frames) => hb.send(frames).catch((error) => failed("hb", error)));

  return {
    listen(events) {
      failed = events.failed;
      // First, so that a front end is welcomed before it is answered.
      receive("iopub", ([frame]) => {
        // The first byte tells a subscription (1) from its end (0).
        if (frame?.[0] === 1) events.subscribed(frame.subarray(1));
      });
      for (const channel of ["shell", "control", "stdin"] as const) {
        receive(channel, (frames) => events.received(channel, frames));
      }
    },
    // After the end nobody waits for an answer any more.
    send: async (channel, frames) => (requests[channel].closed ? undefined : requests[channel].send(frames)),
    publish: (frames) => {
      if (iopub.closed) return;
      iopub.send(frames).catch((error) => failed("iopub", error));
    },
    close,
  };
}

function describeBindError(error: NodeJS.ErrnoException, connection: Connection, channel: Channel): string {
  const where = addressOf(connection, channel);
  if (error.code === "EADDRINUSE") {
    return `Port ${connection.ports[channel]} (${channel}, ${where}) is in use by another process. Start the kernel again to get other ports.`;
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENODEV") {
    return `The address ${where} (${channel}) is not one of this machine. Check "ip" in the connection file.`;
  }
  return `Cannot listen on ${where} (${channel}): ${error.message}. Check "ip" and the ports in the connection file.`;
}

function removeSocketFiles(connection: Connection): void {
  for (const channel of channels) {
    try {
      unlinkSync(addressOf(connection, channel).slice("ipc://".length));
    } catch {
      // ZeroMQ has removed it already, or it was never bound.
    }
  }
}

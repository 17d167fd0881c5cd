import { joinFrames, splitFrames } from "./frames.ts";
import { createEncoder, decode, type Message, type Outgoing } from "./message.ts";
import { createSigner } from "./signature.ts";
import type { RequestChannel, Sockets } from "./sockets.ts";

/** Messages in, messages out: nothing beyond this folder sees bytes, signatures or sockets. */
export type Wire = {
  /**
   * Sends to the front end with these identities. The id is known at once: an answer may be read from the socket before
   * the promise is settled.
   */
  send(channel: RequestChannel, identities: readonly Buffer[], message: Outgoing): Sent;
  publish(message: Outgoing): void;
  close(): void;
};

export type Sent = { readonly id: string; readonly sent: Promise<void> };

export type WireEvents = {
  received(channel: RequestChannel, message: Message): void;
  subscribed(topic: string): void;
  /** One line about what was dropped or failed. */
  log(line: string): void;
};

/** A cell of 100 MB, or a comm with large buffers, is possible; front ends behind a Jupyter server send less. */
const longestMessage = 256 * 2 ** 20;

/** Reads and writes messages on bound sockets, signed with the key of the connection file. */
export function openWire(sockets: Sockets, key: string, events: WireEvents): Wire {
  const signer = createSigner(key);
  const encode = createEncoder();

  const receive = (channel: RequestChannel, received: Buffer[]) => {
    const dropped = (reason: string) => events.log(`a message on ${channel} was dropped: ${reason}`);
    const size = received.reduce((bytes, frame) => bytes + frame.length, 0);
    if (size > longestMessage) return dropped(`it has ${size} bytes, and the limit is ${longestMessage}`);
    const frames = splitFrames(received);
    if (!frames) return dropped("it is no Jupyter message");
    const verdict = signer.verify(frames);
    if ("refused" in verdict) return dropped(verdict.refused);
    let message: Message;
    try {
      message = decode(verdict);
    } catch (error) {
      return dropped((error as Error).message);
    }
    try {
      events.received(channel, message);
    } catch (error) {
      // Whatever it was, the channel goes on.
      dropped((error as Error).message);
    }
  };

  sockets.listen({
    received: receive,
    subscribed: (topic) => events.subscribed(topic.toString("utf8")),
    failed: (channel, error) => events.log(`${channel}: ${(error as Error).message}`),
  });

  const pack = (identities: readonly (Buffer | string)[], message: Outgoing) => {
    const { parts, id } = encode(message);
    return {
      id,
      frames: joinFrames({ identities, signature: signer.sign(parts), parts, buffers: message.buffers ?? [] }),
    };
  };

  // Signed and sent at the end of the turn, so that the session has its cell before front ends are told that it runs.
  const unpublished: Outgoing[] = [];
  const publishAll = () => {
    for (const message of unpublished.splice(0)) {
      // The first frame is what subscriptions are compared with; nearly all front ends subscribe to everything.
      try {
        sockets.publish(pack([message.type], message).frames);
      } catch (error) {
        // Text beyond what JavaScript can hold, or nested beyond its stack.
        events.log(`a ${message.type} cannot be sent: ${(error as Error).message}`);
      }
    }
  };

  return {
    send(channel, identities, message) {
      publishAll();
      try {
        const { id, frames } = pack(identities, message);
        return { id, sent: sockets.send(channel, frames) };
      } catch (error) {
        return { id: "", sent: Promise.reject(error) };
      }
    },
    publish(message) {
      if (unpublished.push(message) === 1) process.nextTick(publishAll);
    },
    close() {
      publishAll();
      sockets.close();
    },
  };
}

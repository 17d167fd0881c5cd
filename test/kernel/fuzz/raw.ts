import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Random } from "./random.ts";

/** The first 64 bytes of a ZMTP 3 connection without security, and the command that follows. */
const greeting = Buffer.concat([
  Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]),
  Buffer.from("NULL".padEnd(20, "\0")),
  Buffer.alloc(32),
]);
const ready = (socketType: string): Buffer => {
  const value = Buffer.from(socketType);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  const name = "Socket-Type";
  const body = Buffer.concat([Buffer.from("\x05READY"), Buffer.from([name.length]), Buffer.from(name), length, value]);
  return Buffer.concat([Buffer.from([4, body.length]), body]);
};

/** Connects and writes what is no ZMTP, or breaks off in the middle of it. The caller ends it. */
export async function rawConnection(port: number, random: Random): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  await once(socket, "connect");
  const what = random.pick<() => Buffer>([
    () => Buffer.alloc(0),
    () => Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    () => random.bytes(1 + random.below(2000)),
    () => greeting.subarray(0, random.below(64)),
    () => greeting,
    () => Buffer.concat([greeting, random.bytes(random.below(300))]),
    () => Buffer.concat([greeting, ready("PUB"), random.bytes(50)]),
    () => Buffer.concat([greeting, ready("DEALER"), random.bytes(random.below(500))]),
    () => Buffer.concat([greeting, ready("DEALER"), Buffer.from([1, 9]), Buffer.from("<IDS|MSG>")]),
    () => Buffer.concat([greeting, ready("x".repeat(200))]),
  ])();
  socket.write(what);
  return socket;
}

/** Announces a message of so many bytes, as a front end that has connected. Resolves when the other side hangs up. */
export async function announceMessage(port: number, socketType: string, bytes: bigint): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(bytes);
  socket.write(Buffer.concat([greeting, ready(socketType), Buffer.from([2]), length, Buffer.alloc(1000)]));
  await once(socket, "close");
}

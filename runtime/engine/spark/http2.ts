import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from "node:http2";
import type { ConnectionOptions } from "node:tls";
import { clearTimeout, setImmediate, setTimeout } from "../../turns.ts";
import type { Limits } from "./limits.ts";
import { noConnection, silence, unreachable } from "./unreachable.ts";

type Patience = Pick<Limits, "connectMs" | "quietMs" | "pingMs">;

/**
 * The one HTTP/2 connection to a server, opened when it is needed, and again when it was lost. What comes is what tells
 * that it lives: a slow network may be slow, but where for `quietMs` nothing comes, and then no answer to a ping, the
 * streams end with an error that passes.
 */
export class Http2Connection {
  readonly authority: string;
  readonly #host: string;
  readonly #tls: () => ConnectionOptions;
  #patience: Patience;
  #opened: Promise<Opened> | undefined;

  constructor(authority: string, host: string, patience: Patience, tls: () => ConnectionOptions) {
    this.authority = authority;
    this.#host = host;
    this.#patience = patience;
    this.#tls = tls;
  }

  /** For Connect's transport. */
  async request(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    options: object,
  ): Promise<ClientHttp2Stream> {
    const opened = await this.#live();
    const stream = opened.session.request({ ...headers, ":method": method, ":path": path }, options);
    opened.add(stream);
    return stream;
  }

  /** It is seen from the bytes. */
  notifyResponseByteRead(): void {}

  /** Closes the connection and ends what goes over it. */
  abort(): void {
    void this.#opened?.then(({ session }) => session.destroy(), ignore);
    this.#opened = undefined;
  }

  async #live(): Promise<Opened> {
    const known = this.#opened;
    const opened = known === undefined ? undefined : await known.catch(ignore);
    if (opened !== undefined && (await opened.isAlive())) return opened;
    // Another request may have opened it in the meantime.
    if (this.#opened === known) {
      this.#opened = open(this.authority, this.#host, this.#patience, this.#tls()).then((session) => {
        const made = new Opened(session, this.#patience);
        // The server finds the pings too many.
        session.on("goaway", (code) => {
          if (code !== constants.NGHTTP2_ENHANCE_YOUR_CALM) return;
          this.#patience = { ...this.#patience, quietMs: this.#patience.quietMs * 2 };
          session.destroy(noConnection("UNREACHABLE", "it has closed the connection"));
        });
        return made;
      });
      this.#opened.catch(ignore);
    }
    return (this.#opened as Promise<Opened>).then((one) => one);
  }
}

const ignore = () => undefined;

/** The window of a stream, and of all together: with Node's 64 KB a far server could send no more in a round trip. */
const STREAM_BYTES = 8 * 2 ** 20;
const ALL_BYTES = 16 * 2 ** 20;

function open(
  authority: string,
  host: string,
  { connectMs }: Patience,
  tls: ConnectionOptions,
): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = connect(authority, { ...tls, settings: { initialWindowSize: STREAM_BYTES } });
    let isConnected = false;
    const late = setTimeout(() => fail(silence(isConnected, connectMs)), connectMs);
    const fail = (error?: unknown) => {
      clearTimeout(late);
      reject(unreachable(error, { authority, host, isConnected }));
      session.destroy();
    };
    // It stays, since a session may tell its error when it has been given up long ago.
    session.on("error", fail);
    session.once("close", fail);
    session.once("connect", () => {
      isConnected = true;
    });
    session.once("remoteSettings", () => {
      clearTimeout(late);
      session.setLocalWindowSize(ALL_BYTES);
      resolve(session);
    });
  });
}

/** A connection that stands, and the watch over it. */
class Opened {
  readonly session: ClientHttp2Session;
  readonly #patience: Patience;
  #streams = 0;
  #seen = 0;
  #seenMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: ClientHttp2Session, patience: Patience) {
    this.session = session;
    this.#patience = patience;
    // What waits for nothing may end.
    session.unref();
    session.once("close", () => clearTimeout(this.#timer));
  }

  add(stream: ClientHttp2Stream): void {
    if (this.#streams++ === 0) {
      this.session.ref();
      this.#watch();
    }
    stream.once("close", () => {
      if (--this.#streams > 0 || this.session.destroyed) return;
      this.session.unref();
      clearTimeout(this.#timer);
    });
  }

  /** Whether it can be used: after a time without a word (a laptop that slept) it is asked. */
  async isAlive(): Promise<boolean> {
    if (this.session.destroyed || this.session.closed) return false;
    this.#look();
    if (this.#streams > 0 || performance.now() - this.#seenMs < this.#patience.quietMs) return true;
    const answered = await new Promise<boolean>((resolve) => {
      // A session that is closed answers its pings with an error.
      const late = setTimeout(() => resolve(false), this.#patience.pingMs);
      this.session.ping((error) => {
        clearTimeout(late);
        resolve(error === null);
      });
    });
    if (!answered) this.session.destroy();
    return answered;
  }

  /** Whether anything has come since it was looked for last. */
  #look(): boolean {
    const bytes = this.session.destroyed ? this.#seen : (this.session.socket.bytesRead ?? 0);
    if (bytes === this.#seen) return false;
    this.#seen = bytes;
    this.#seenMs = performance.now();
    return true;
  }

  #watch(): void {
    const { quietMs, pingMs } = this.#patience;
    this.#look();
    this.#timer = setTimeout(() => {
      if (this.session.destroyed) return;
      if (this.#look()) return this.#watch();
      // The answer is bytes as well.
      this.session.ping(ignore);
      const decide = () => {
        if (this.session.destroyed) return;
        if (this.#look()) return this.#watch();
        this.session.destroy(noConnection("UNREACHABLE", `nothing has come from it for ${seconds(quietMs + pingMs)}`));
      };
      // Where this process has computed all the while, what has come is read first.
      this.#timer = setTimeout(() => setImmediate(decide), pingMs);
    }, quietMs);
  }
}

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

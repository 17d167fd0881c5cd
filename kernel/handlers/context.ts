import type { History } from "../history/history.ts";
import type { Outbox } from "../outbox.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Session } from "../session/supervisor.ts";
import type { Comms } from "./comms.ts";
import type { Cursors } from "./cursors.ts";
import type { Prompts } from "./input.ts";
import type { Subshells } from "./subshells.ts";

/** What handlers work with; none of them sees a socket. */
export type Context = {
  readonly version: string;
  readonly session: Session;
  readonly outbox: Outbox;
  readonly prompts: Prompts;
  readonly comms: Comms;
  readonly subshells: Subshells;
  readonly counters: Counters;
  readonly cursors: Cursors;
  /** Opened when first used. */
  readonly history: () => Promise<History>;
  /** Begins the end of the kernel. */
  shutDown(): void;
};

export type Counters = {
  /** The number of cells that were counted. */
  executions: number;
  runs: number;
};

/** No reply: the message wants none. */
export type Handler = (request: Request, context: Context) => Reply | undefined | Promise<Reply | undefined>;

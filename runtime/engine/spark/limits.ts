/** For how long what is waited for. What a user waits for beyond these is an error that says so; a query has no limit. */
export type Limits = {
  /** For a connection to stand, with TLS and the first word of HTTP/2. */
  readonly connectMs: number;
  /** Nothing has come for so long: the server is asked whether it is there. */
  readonly quietMs: number;
  /** And answers not with a byte: the connection is given up, and opened anew. */
  readonly pingMs: number;
  /** A server that is away is tried again, in the midst of work. */
  readonly awayMs: number;
  /** Who has just written an address wants to know soon. */
  readonly firstMs: number;
  /** For questions that a server answers without work. */
  readonly answerMs: number;
  /** Work that is to be stopped gets so long to come to its first task. */
  readonly startMs: number;
  /** Who ends something is not made to wait for a server that is away. */
  readonly stopMs: number;
};

export const usualLimits: Limits = {
  connectMs: 10_000,
  quietMs: 20_000,
  pingMs: 10_000,
  awayMs: 60_000,
  firstMs: 3_000,
  answerMs: 60_000,
  startMs: 1_000,
  stopMs: 2_000,
};

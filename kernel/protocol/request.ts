/** What a handler sees of a message: parsed JSON, its content not yet checked. */
export type Request = {
  readonly identities: readonly Buffer[];
  readonly header: RequestHeader;
  readonly parent: Json;
  readonly metadata: Json;
  readonly content: unknown;
  readonly buffers: readonly Buffer[];
};

export type RequestHeader = Json & {
  readonly msg_id: string;
  readonly msg_type: string;
  /** The shell that the request is for; none means the main one. */
  readonly subshell_id?: unknown;
};

/** For the session, which knows the main shell by no id at all. */
export const subshellOf = ({ header }: Request): { readonly subshell?: string } =>
  typeof header.subshell_id === "string" ? { subshell: header.subshell_id } : {};

export type Json = { readonly [key: string]: unknown };

/** The answer to a request. */
export type Reply = {
  readonly content: Json & { readonly status: "ok" | "error" };
  readonly metadata?: Json;
  /** The execute requests that wait are answered with an error instead of being run. */
  readonly abortQueue?: boolean;
  /** What happens once the reply and idle are on their way. */
  readonly afterwards?: () => void;
};

/** An error reply; `extra` holds fields that strict clients want in every reply of the kind. */
export function errorReply(ename: string, evalue: string, extra: Json = {}): Reply {
  return { content: { ...extra, status: "error", ename, evalue, traceback: [`${ename}: ${evalue}`] } };
}

/** The answer to an execute request that waited behind one that failed. */
export function abortedReply(): Reply {
  // 0 is no number of a cell: front ends show the cell as not run.
  const extra = { execution_count: 0, user_expressions: {}, payload: [] };
  return errorReply("ExecutionAborted", "Not run, because a cell before it failed", extra);
}

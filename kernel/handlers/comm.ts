import { parseComm, parseCommInfo } from "../protocol/comm.ts";
import { type Reply, type Request, subshellOf } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export function handleCommInfo(request: Request, { comms }: Context): Reply {
  return { content: { status: "ok", comms: comms.info(parseCommInfo(request.content)) } };
}

/** Hands a message of a comm to the session, as a run of its own: what it shows belongs to the message. */
export async function handleComm(request: Request, context: Context): Promise<undefined> {
  const { comms, counters, outbox, session } = context;
  const comm = parseComm(request);
  if (!comms.receives(comm)) return;
  const run = ++counters.runs;
  const executionCount = counters.executions;
  outbox.open(run, { parent: request.header, executionCount, silent: false, isMessage: true });
  const rest = { silent: false, allowStdin: false, userExpressions: {} };
  const outcome = await session.run({ run, executionCount, code: "", comm, ...subshellOf(request), ...rest });
  if (outcome.status === "error") outbox.show({ type: "late_error", run, ...outcome });
  outbox.flush(run);
}

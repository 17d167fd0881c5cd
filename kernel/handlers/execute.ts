import type { CellError, ExpressionOutcome, RunOutcome } from "../../runtime/session/protocol.ts";
import { type ExecuteRequest, parseExecuteRequest } from "../protocol/execute.ts";
import { type Json, type Reply, type Request, subshellOf } from "../protocol/request.ts";
import type { Context } from "./context.ts";

// Not imported: see wire/signature.ts.
const { stripVTControlCharacters } = process.getBuiltinModule("node:util");

/** Runs one cell. One at a time: dispatch.ts queues. */
export async function handleExecute(request: Request, context: Context): Promise<Reply> {
  const wanted = parseExecuteRequest(request.content);
  const { counters, outbox, prompts, session } = context;
  const executionCount = wanted.storeHistory ? ++counters.executions : counters.executions;
  const run = ++counters.runs;
  const started = new Date().toISOString();
  outbox.open(run, { parent: request.header, executionCount, silent: wanted.silent });
  prompts.open(run, request);

  const running = session.run({
    run,
    executionCount,
    ...cellIdOf(request.metadata),
    ...subshellOf(request),
    code: wanted.code,
    silent: wanted.silent,
    allowStdin: wanted.allowStdin,
    userExpressions: wanted.userExpressions,
  });
  // Behind the call, so that the session works meanwhile; what it shows is read in a later turn.
  if (!wanted.silent) {
    outbox.publish("execute_input", request.header, { code: wanted.code, execution_count: executionCount });
  }
  const outcome = await running;
  prompts.close(run);

  if (outcome.status === "error") outbox.show({ type: "late_error", run, ...outcome });
  outbox.flush(run);
  const result = outbox.takeResultText(run);
  return {
    ...replyTo(outcome, executionCount, wanted),
    // JupyterLab shows from when to when a cell ran.
    metadata: { started, status: outcome.status },
    ...(wanted.storeHistory ? { afterwards: () => remember(context, executionCount, wanted.code, result) } : {}),
  };
}

function replyTo(outcome: RunOutcome, executionCount: number, wanted: ExecuteRequest): Reply {
  const common = { execution_count: executionCount, payload: outcome.payload ?? [] };
  if (outcome.status === "ok") {
    const expressions = Object.entries(outcome.userExpressions).map(([name, value]) => [name, expressionReply(value)]);
    return { content: { status: "ok", ...common, user_expressions: Object.fromEntries(expressions) } };
  }
  return {
    content: { status: "error", ...common, user_expressions: {}, ...errorFields(outcome) },
    abortQueue: wanted.stopOnError,
  };
}

const errorFields = ({ ename, evalue, traceback }: CellError) => ({ ename, evalue, traceback });

function expressionReply(value: ExpressionOutcome): Json {
  return value.status === "ok"
    ? { status: "ok", data: value.data, metadata: value.metadata }
    : { status: "error", ...errorFields(value) };
}

/** JupyterLab and VS Code say which cell it is. */
function cellIdOf(metadata: Json): { cellId?: string } {
  return typeof metadata.cellId === "string" ? { cellId: metadata.cellId } : {};
}

async function remember(context: Context, line: number, code: string, result: string | undefined): Promise<void> {
  const history = await context.history();
  history.add(line, code, result === undefined ? undefined : stripVTControlCharacters(result));
}

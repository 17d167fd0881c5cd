import { fieldsOf } from "./fields.ts";

export type ExecuteRequest = {
  readonly code: string;
  /** Nothing is shown, counted or remembered. */
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly userExpressions: { readonly [name: string]: string };
  readonly allowStdin: boolean;
  readonly stopOnError: boolean;
};

/** Defaults are those of the protocol; `code` has none: a request without it is refused. */
export function parseExecuteRequest(content: unknown): ExecuteRequest {
  const fields = fieldsOf("execute_request", content);
  const silent = fields.flag("silent", false);
  return {
    code: fields.text("code"),
    silent,
    storeHistory: !silent && fields.flag("store_history", true),
    userExpressions: fields.texts("user_expressions"),
    allowStdin: fields.flag("allow_stdin", true),
    stopOnError: fields.flag("stop_on_error", true),
  };
}

import { fieldsOf } from "./fields.ts";

export const parseDeleteSubshell = (content: unknown): string =>
  fieldsOf("delete_subshell_request", content).text("subshell_id");

import { fieldsOf } from "./fields.ts";

export type IsCompleteRequest = { readonly code: string };

export function parseIsCompleteRequest(content: unknown): IsCompleteRequest {
  return { code: fieldsOf("is_complete_request", content).text("code") };
}

import { fieldsOf } from "./fields.ts";

export function parseCommOpen(content: unknown): { readonly commId: string } {
  return { commId: fieldsOf("comm_open", content).text("comm_id") };
}

import { fieldsOf } from "./fields.ts";

export function parseInputReply(content: unknown): { readonly value: string } {
  return { value: fieldsOf("input_reply", content).text("value") };
}

import { MalformedRequest } from "./fields.ts";

/** What stands there instead is not told: it may be a password. */
export function parseInputReply(content: unknown): { readonly value: string } {
  const { value } = content as { readonly value?: unknown };
  if (typeof value !== "string") throw new MalformedRequest('input_reply needs "value" to be text');
  return { value };
}

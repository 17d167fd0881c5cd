import { fieldsOf } from "./fields.ts";

export function parseShutdownRequest(content: unknown): { readonly restart: boolean } {
  return { restart: fieldsOf("shutdown_request", content).flag("restart", false) };
}

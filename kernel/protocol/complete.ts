import { fieldsOf } from "./fields.ts";

/** Of complete_request and inspect_request. `cursor` is counted as the front end does, see handlers/cursors.ts. */
export type CursorRequest = { readonly code: string; readonly cursor: number };

export function parseCursorRequest(type: "complete_request" | "inspect_request", content: unknown): CursorRequest {
  const fields = fieldsOf(type, content);
  return { code: fields.text("code"), cursor: fields.integer("cursor_pos") };
}

/** An inspect_request of detail level 1 wants the source too, as `name??` does. */
export function parseInspectRequest(content: unknown): CursorRequest & { readonly wantsSource: boolean } {
  const detailLevel = fieldsOf("inspect_request", content).integer("detail_level", 0);
  return { ...parseCursorRequest("inspect_request", content), wantsSource: detailLevel > 0 };
}

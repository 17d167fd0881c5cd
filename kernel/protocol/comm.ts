import { fieldsOf } from "./fields.ts";
import type { Json, Request } from "./request.ts";

export type CommContent = {
  readonly kind: "open" | "msg" | "close";
  readonly commId: string;
  /** Of `open` alone. */
  readonly targetName?: string;
  readonly data: unknown;
  readonly metadata: Json;
  /** In base64. */
  readonly buffers: readonly string[];
};

/** Of comm_open, comm_msg and comm_close. */
export function parseComm({ header, content, metadata, buffers }: Request): CommContent {
  const kind = header.msg_type.slice("comm_".length) as CommContent["kind"];
  const fields = fieldsOf(header.msg_type, content);
  return {
    kind,
    commId: fields.text("comm_id"),
    ...(kind === "open" ? { targetName: fields.text("target_name") } : {}),
    data: (content as Json).data ?? {},
    metadata,
    buffers: buffers.map((bytes) => bytes.toString("base64")),
  };
}

/** The target whose comms are asked for; undefined for all. */
export function parseCommInfo(content: unknown): string | undefined {
  return fieldsOf("comm_info_request", content).text("target_name", "") || undefined;
}

import type { Parts } from "./frames.ts";
import type { VerifiedFrames } from "./signature.ts";

// Not imported: see signature.ts.
const { randomUUID } = process.getBuiltinModule("node:crypto");
const { isUtf8 } = process.getBuiltinModule("node:buffer");

export type Json = { readonly [key: string]: unknown };

/** A header as it was received; what Quern needs of it has been checked, the rest goes back as it came. */
export type Header = Json & { readonly msg_id: string; readonly msg_type: string };

export type Message = {
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parent: Json;
  readonly metadata: Json;
  /** Checked by the parse function of its type, in protocol/. */
  readonly content: unknown;
  readonly buffers: readonly Buffer[];
};

/** What one of ours looks like before it is signed. */
export type Outgoing = {
  readonly type: string;
  /** The header of the request that caused it; `{}` where nothing did. */
  readonly parent: Json;
  readonly content: Json;
  readonly metadata?: Json;
  /** Bytes beside the JSON; they are not signed. */
  readonly buffers?: readonly Buffer[];
};

export const protocolVersion = "5.5";

/** It goes back with every answer. What is nested deeper than this allows could not be written as JSON again. */
const longestHeader = 4096;

/** Throws where a part is not the JSON object that the protocol wants there. */
export function decode(frames: VerifiedFrames): Message {
  const [headerPart, parentPart, metadataPart, contentPart] = frames.parts;
  const header = parseObject(headerPart, "header");
  const { msg_id, msg_type } = header;
  if (typeof msg_id !== "string" || typeof msg_type !== "string")
    throw new Error("its header has no msg_id or msg_type");
  if (headerPart.length > longestHeader) throw new Error(`its header has ${headerPart.length} bytes`);
  return {
    identities: frames.identities,
    header: header as Header,
    parent: parseObject(parentPart, "parent header"),
    metadata: parseObject(metadataPart, "metadata"),
    content: parseObject(contentPart, "content"),
    buffers: frames.buffers,
  };
}

export type Encoder = (message: Outgoing) => { readonly parts: Parts; readonly id: string };

const username = "quern";

/** Headers carry one session id for the life of the kernel, and a count within it. */
export function createEncoder(sessionId: string = randomUUID()): Encoder {
  let count = 0;
  return ({ type, parent, content, metadata = {} }) => {
    const id = `${sessionId}_${count++}`;
    const header = {
      msg_id: id,
      msg_type: type,
      username,
      session: sessionId,
      date: new Date().toISOString(),
      version: protocolVersion,
    };
    return {
      id,
      parts: [JSON.stringify(header), JSON.stringify(parent), JSON.stringify(metadata), JSON.stringify(content)],
    };
  };
}

function parseObject(bytes: Buffer, name: string): Json {
  let value: unknown;
  if (!isUtf8(bytes)) throw new Error(`its ${name} is not UTF-8`);
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new Error(`its ${name} is not JSON`);
  }
  // ipykernel's own session writes a missing part as null.
  if (value === null && name !== "header" && name !== "content") return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`its ${name} is no object`);
  return value as Json;
}

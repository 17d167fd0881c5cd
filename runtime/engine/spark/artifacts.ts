import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { EngineError } from "../../errors.ts";
import type { CallOptions, SparkClient } from "./client.ts";
import type { AddArtifactsRequestSchema } from "./proto/gen/spark_connect_pb.ts";
import { retrying } from "./retry.ts";

/** What a server keeps for a session is found by what it holds: nothing has to be sent twice. */
export const hashOf = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** Sends data that plans name by its hash; what the server has already stays where it is. */
export async function sendData(
  client: SparkClient,
  data: ReadonlyMap<string, Uint8Array>,
  { signal }: CallOptions = {},
): Promise<void> {
  const patience = { signal, limitMs: client.limits.awayMs };
  const names = [...data.keys()].map(nameOf);
  try {
    const { statuses } = await retrying(
      () => client.service.artifactStatus({ ...client.header(), names }, { signal }),
      patience,
    );
    const missing = [...data].filter(([hash]) => statuses[nameOf(hash)]?.exists !== true);
    if (missing.length === 0) return;
    const sent = await retrying(() => client.service.addArtifacts(requests(client, missing), { signal }), patience);
    client.observe(sent);
    if (sent.artifacts.some(({ isCrcSuccessful }) => !isCrcSuccessful)) {
      throw new EngineError("DAMAGED", `Data was damaged on its way to ${client.address}: run it again.`);
    }
  } catch (error) {
    throw error instanceof EngineError ? error : await client.failure(error, { signal });
  }
}

const nameOf = (hash: string): string => `cache/${hash}`;

type Request = MessageInitShape<typeof AddArtifactsRequestSchema>;

async function* requests(
  client: SparkClient,
  data: readonly (readonly [string, Uint8Array])[],
): AsyncGenerator<Request> {
  const header = client.header();
  for (const [hash, bytes] of data) {
    const name = nameOf(hash);
    const parts = Math.ceil(bytes.length / PART_BYTES);
    for (let part = 0; part < Math.max(parts, 1); part++) {
      const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      const chunk = { data: piece, crc: BigInt(crc32(piece)) };
      const payload: Request["payload"] =
        parts <= 1
          ? { case: "batch", value: { artifacts: [{ name, data: chunk }] } }
          : part > 0
            ? { case: "chunk", value: chunk }
            : {
                case: "beginChunk",
                value: { name, totalBytes: BigInt(bytes.length), numChunks: BigInt(parts), initialChunk: chunk },
              };
      yield { ...header, payload };
    }
  }
}

const PART_BYTES = 512 * 1024;

import { create, toBinary } from "@bufbuild/protobuf";
import { type RecordBatch, Table, tableToIPC } from "apache-arrow";
import { EngineError, InterruptedError } from "../../errors.ts";
import type { RunOptions } from "../engine.ts";
import { hashOf, sendData } from "./artifacts.ts";
import { chunksOf } from "./chunks.ts";
import type { SparkClient } from "./client.ts";
import { LocalRelationSchema, type Relation } from "./proto/gen/spark_connect_pb.ts";
import { relation } from "./relations.ts";
import { retrying } from "./retry.ts";

export type Uploaded = { readonly relation: Relation; readonly rows: number; readonly bytes: number };

/**
 * Sends rows to the server, where they stay until the session ends, and answers the relation that names them. They go in
 * chunks while they come: of any number of rows only some megabytes are in memory. `ddl` has the columns in Spark's words.
 */
export async function upload(
  client: SparkClient,
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  ddl: string,
  options: RunOptions = {},
): Promise<Uploaded> {
  if (!client.isAtLeast(4, 1)) return uploadWhole(client, batches, ddl, options);
  const most = await sizeLimit(client);
  const schema = new TextEncoder().encode(ddl);
  const schemaHash = hashOf(schema);
  const dataHashes: string[] = [];
  let group = new Map<string, Uint8Array>([[schemaHash, schema]]);
  let groupBytes = 0;
  let rows = 0;
  let bytes = 0;
  let sending: Promise<void> = Promise.resolve();
  // Rows are computed and written while those before them are on their way.
  const send = async () => {
    await sending;
    sending = sendData(client, group, options);
    // It is waited for, but maybe not before an error elsewhere.
    sending.catch(() => {});
    group = new Map();
    groupBytes = 0;
    options.onProgress?.({ rowsProcessed: rows });
  };
  for await (const chunk of chunksOf(batches)) {
    if (options.signal?.aborted) throw new InterruptedError();
    bytes += chunk.data.length;
    if (bytes > most) throw tooLarge(client, most);
    rows += chunk.rows;
    const hash = hashOf(chunk.data);
    dataHashes.push(hash);
    group.set(hash, chunk.data);
    groupBytes += chunk.data.length;
    if (groupBytes >= GROUP_BYTES) await send();
  }
  await send();
  await sending;
  return { relation: relation({ case: "chunkedCachedLocalRelation", value: { dataHashes, schemaHash } }), rows, bytes };
}

/** Servers before 4.1 take rows as one message. */
async function uploadWhole(
  client: SparkClient,
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  ddl: string,
  options: RunOptions,
): Promise<Uploaded> {
  const all: RecordBatch[] = [];
  let held = 0;
  for await (const batch of batches) {
    all.push(batch);
    held += batch.data.byteLength;
    if (held > MOST_WHOLE) throw tooLarge(client, MOST_WHOLE);
  }
  const table = new Table(all);
  const message = toBinary(
    LocalRelationSchema,
    create(LocalRelationSchema, { data: tableToIPC(table, "stream"), schema: ddl }),
  );
  const hash = hashOf(message);
  await sendData(client, new Map([[hash, message]]), options);
  return {
    relation: relation({ case: "cachedLocalRelation", value: { hash } }),
    rows: table.numRows,
    bytes: message.length,
  };
}

async function sizeLimit(client: SparkClient): Promise<number> {
  const get = { case: "get" as const, value: { keys: [SIZE_LIMIT] } };
  const call = () => client.service.config({ ...client.header(), operation: { opType: get } });
  const { pairs } = await retrying(call, { limitMs: client.limits.awayMs }).catch(async (error) => {
    throw await client.failure(error);
  });
  const found = Number(pairs[0]?.value);
  return Number.isFinite(found) && found > 0 ? found : Number.POSITIVE_INFINITY;
}

const SIZE_LIMIT = "spark.sql.session.localRelationSizeLimit";

const tooLarge = (client: SparkClient, most: number) =>
  new EngineError(
    "LOCAL_TOO_LARGE",
    `These rows are more than the ${Math.floor(most / 2 ** 20)} MB that the Spark server at ${client.address} takes from a client` +
      `${most === MOST_WHOLE ? " before version 4.1" : `, as ${SIZE_LIMIT} says`}: put them into a file that the server can read, or send them in parts.`,
  );

const GROUP_BYTES = 16 * 2 ** 20;
/** It is held in memory twice. */
const MOST_WHOLE = 512 * 2 ** 20;

import type { SqlType } from "../types.ts";
import { type Functions, INT, LONG, never, type Result, STRING, scalar } from "./entry.ts";

const mayBeNull =
  (type: SqlType): Result =>
  () => ({ type, nullable: true });

export const misc: Functions = {
  uuid: { ...scalar("long!?", () => ({ type: STRING, nullable: false })), volatile: true, seed: 1 },
  typeof: scalar("any", never(STRING)),
  raise_error: scalar("string", mayBeNull({ kind: "void" })),
  assert_true: scalar("boolean string?", mayBeNull({ kind: "void" })),
  current_user: scalar("", never(STRING)),
  current_catalog: scalar("", never(STRING)),
  current_database: scalar("", never(STRING)),
  version: scalar("", never(STRING)),
  input_file_name: scalar("", never(STRING)),
  input_file_block_start: scalar("", never(LONG)),
  input_file_block_length: scalar("", never(LONG)),
  current_path: scalar("", never(STRING)),
  /** A method of a class of Java's. */
  reflect: { ...scalar("string! string! any...", mayBeNull(STRING)), volatile: true },
  try_reflect: { ...scalar("string! string! any...", mayBeNull(STRING)), volatile: true },
  java_method: { ...scalar("string! string! any...", mayBeNull(STRING)), volatile: true },
  spark_partition_id: { ...scalar("", never(INT)), volatile: true },
  monotonically_increasing_id: { ...scalar("", never(LONG)), volatile: true, ofRows: true },
  /** The row's number, from 0, in the order of the rows. */
  rowIndex: { ...scalar("", never(LONG)), volatile: true, ofRows: true },
  aes_encrypt: scalar("bytes bytes string? string? bytes? bytes?", { kind: "binary" }),
  aes_decrypt: scalar("bytes bytes string? string? bytes?", { kind: "binary" }),
  try_aes_decrypt: scalar("bytes bytes string? string? bytes?", mayBeNull({ kind: "binary" })),
};

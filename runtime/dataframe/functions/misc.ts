import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { fn, type In, text } from "./call.ts";

type Text = Column<Sql.String | null, any> | string;
type Bytes = In<Sql.String | Sql.Binary>;
const plain = (value: Text | undefined) => (typeof value === "string" ? text(value) : value);

/** A random UUID as text, another one for every row; with a seed as rand has it. */
export const uuid = (seed?: number): Column<Sql.String> => fn("uuid", seed);
/** The name of the value's type, in Spark's words. */
const typeName = (value: In<any>): Column<Sql.String> => fn("typeof", value);

// A word of the language, which no declaration may have.
export { typeName as typeof };
/** Fails with this message. */
export const raise_error = (message: Text): Column<null> => fn("raise_error", plain(message));
/** NULL; fails where the condition is not true. */
export const assert_true = (condition: In<Sql.Boolean>, message?: Text): Column<null> =>
  fn("assert_true", condition, plain(message));
export const current_user = (): Column<Sql.String> => fn("current_user");
export const session_user = (): Column<Sql.String> => fn("session_user");
export const user = (): Column<Sql.String> => fn("user");
export const current_catalog = (): Column<Sql.String> => fn("current_catalog");
export const current_database = (): Column<Sql.String> => fn("current_database");
export const current_schema = (): Column<Sql.String> => fn("current_schema");
/** Spark's version. On Spark only. */
export const version = (): Column<Sql.String> => fn("version");
/** The file that a row was read from. On Spark only. */
export const input_file_name = (): Column<Sql.String> => fn("input_file_name");
/** Where in its file the block begins that a row was read from, in bytes; -1 where it was read from none. On Spark only. */
export const input_file_block_start = (): Column<Sql.Long> => fn("input_file_block_start");
/** How many bytes that block has. On Spark only. */
export const input_file_block_length = (): Column<Sql.Long> => fn("input_file_block_length");
/** Where names of functions and tables are looked for. On Spark only. */
export const current_path = (): Column<Sql.String> => fn("current_path");
/**
 * What a static method of a class on the server gives, as text: `F.reflect("java.util.UUID", "fromString", f.id)`. On Spark
 * only.
 */
export const reflect = (type: string, method: string, ...args: readonly In<any>[]): Column<Sql.String | null> =>
  fn("reflect", text(type), text(method), ...args);
/** As reflect, but NULL where the method fails. */
export const try_reflect = (type: string, method: string, ...args: readonly In<any>[]): Column<Sql.String | null> =>
  fn("try_reflect", text(type), text(method), ...args);
/** As reflect. */
export const java_method = (type: string, method: string, ...args: readonly In<any>[]): Column<Sql.String | null> =>
  fn("java_method", text(type), text(method), ...args);
/** The number of the partition. On Spark only. */
export const spark_partition_id = (): Column<Sql.Int> => fn("spark_partition_id");
/** A number for each row, growing in their order: on Spark with gaps between partitions, on DuckDB without any. */
export const monotonically_increasing_id = (): Column<Sql.Long> => fn("monotonically_increasing_id");
/**
 * Bytes encrypted by AES with a key of 16, 24 or 32 bytes; `mode` is "GCM", "CBC" or "ECB". Beside GCM and CBC there may be a
 * vector to begin with, beside GCM bytes that are only authenticated. On Spark only.
 */
export const aes_encrypt = (
  input: Bytes,
  key: Bytes,
  mode?: Text,
  padding?: Text,
  iv?: Bytes,
  authenticated?: Bytes,
): Column<Sql.Binary | null> =>
  fn(
    "aes_encrypt",
    input,
    key,
    ...inOrder([
      [mode, "GCM"],
      [padding, "DEFAULT"],
      [iv, ""],
      [authenticated, ""],
    ]),
  );
const decrypting =
  (name: "aes_decrypt" | "try_aes_decrypt") =>
  (input: Bytes, key: Bytes, mode?: Text, padding?: Text, authenticated?: Bytes): Column<Sql.Binary | null> =>
    fn(
      name,
      input,
      key,
      ...inOrder([
        [mode, "GCM"],
        [padding, "DEFAULT"],
        [authenticated, ""],
      ]),
    );
/** What aes_encrypt has encrypted, with the same key and mode. On Spark only. */
export const aes_decrypt = decrypting("aes_decrypt");
/** As aes_decrypt, but NULL where the bytes or the key are wrong. On Spark only. */
export const try_aes_decrypt = decrypting("try_aes_decrypt");

/** Up to the last that is given; what is left out before it stands as Spark has it by default. */
function inOrder(given: readonly (readonly [value: Bytes | undefined, standard: string])[]): unknown[] {
  const last = given.findLastIndex(([value]) => value !== undefined);
  return given.slice(0, last + 1).map(([value, standard], index) => {
    if (value === undefined) return text(standard);
    // Mode and padding are text, the others the names of columns.
    return index < 2 ? plain(value as Text) : value;
  });
}

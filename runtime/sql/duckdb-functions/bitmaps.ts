import type { Template, Templates } from "../dialect.ts";
import { asResult } from "./parts.ts";

/** Spark's bitmaps: 4096 bytes, in each of which the first bit is the lowest. */
const BYTES = 4096;
const BITS = 8 * BYTES;

const none = (byte: string): string => `unhex(repeat('${byte}', ${BYTES}))`;

/** DuckDB counts bits from the highest of the first byte. */
const construct: Template = ([position], { distinct, over }) => {
  const x = position.operand;
  const message = `'[INVALID_BITMAP_POSITION] The bitmap position ' || ${x} || ' is not from 0 to ${BITS - 1}; bitmap_bit_position gives one that is.'`;
  const place = `CASE WHEN ${x} < 0 OR ${x} >= ${BITS} THEN error(${message}) ELSE ${x} // 8 * 8 + 7 - ${x} % 8 END`;
  const bits = `bitstring_agg(CAST(${place} AS INTEGER), 0, ${BITS - 1})`;
  const aggregate = distinct ? bits.replace("(", "(DISTINCT ") : bits;
  return `coalesce(CAST(${aggregate}${over} AS BLOB), ${none("00")})`;
};

/** What is missing in a shorter one is 0. */
const combined =
  (name: string, ofNone: string): Template =>
  ([bytes], { distinct, over }) => {
    const whole = `CAST(unhex(rpad(hex(${bytes.text}), ${2 * BYTES}, '0')) AS BIT)`;
    return `coalesce(CAST(${name}(${distinct ? "DISTINCT " : ""}${whole})${over} AS BLOB), ${none(ofNone)})`;
  };

export const bitmapTemplates: Templates = {
  bitmap_bit_position: ([x], call) =>
    asResult(`CASE WHEN ${x.operand} > 0 THEN (${x.operand} - 1) % ${BITS} ELSE -(${x.operand} % ${BITS}) END`, call),
  bitmap_bucket_number: ([x], call) =>
    asResult(
      `CASE WHEN ${x.operand} > 0 THEN 1 + (${x.operand} - 1) // ${BITS} ELSE ${x.operand} // ${BITS} END`,
      call,
    ),
  bitmap_count: ([bytes], call) =>
    asResult(`CASE WHEN octet_length(${bytes.text}) = 0 THEN 0 ELSE bit_count(CAST(${bytes.text} AS BIT)) END`, call),
  bitmap_construct_agg: construct,
  bitmap_or_agg: combined("bit_or", "00"),
  bitmap_and_agg: combined("bit_and", "FF"),
};

import { aggregate, type Functions, LONG, type Result, scalar } from "./entry.ts";

const ofBytes =
  (result: Result): Result =>
  (args) =>
    args[0]?.type.kind === "binary" ? result(args) : "needs bytes: BINARY";

const bitmap: Result = () => ({ type: { kind: "binary" }, nullable: false });

/** Numbers from 0 to 32767 as bits of 4096 bytes. */
export const bitmaps: Functions = {
  bitmap_bit_position: scalar("long", LONG),
  bitmap_bucket_number: scalar("long", LONG),
  bitmap_count: scalar(
    "any",
    ofBytes(() => LONG),
  ),
  bitmap_construct_agg: aggregate("long", bitmap),
  bitmap_or_agg: aggregate("any", ofBytes(bitmap)),
  bitmap_and_agg: aggregate("any", ofBytes(bitmap)),
};

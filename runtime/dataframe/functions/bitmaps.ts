import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf } from "./call.ts";

type Whole = In<Sql.Numeric>;

/** The number's place, from 0, in a bitmap of 32768 bits; which of the bitmaps it is says bitmap_bucket_number. */
export const bitmap_bit_position = <A extends Whole>(number: A): Column<Sql.Long | NullOf<A>> =>
  fn("bitmap_bit_position", number);
/** The number of the bitmap that a number is in: 1 for 1 to 32768. */
export const bitmap_bucket_number = <A extends Whole>(number: A): Column<Sql.Long | NullOf<A>> =>
  fn("bitmap_bucket_number", number);
/** How many bits are set. */
export const bitmap_count = <A extends In<Sql.Binary>>(bitmap: A): Column<Sql.Long | NullOf<A>> =>
  fn("bitmap_count", bitmap);
/** A bitmap of 4096 bytes with the bits at these places, from 0 to 32767: distinct numbers are counted by it. */
export const bitmap_construct_agg = (position: Whole): Column<Sql.Binary> => fn("bitmap_construct_agg", position);
/** The bits that any of the bitmaps has. */
export const bitmap_or_agg = (bitmap: In<Sql.Binary>): Column<Sql.Binary> => fn("bitmap_or_agg", bitmap);
/** The bits that all of the bitmaps have. */
export const bitmap_and_agg = (bitmap: In<Sql.Binary>): Column<Sql.Binary> => fn("bitmap_and_agg", bitmap);

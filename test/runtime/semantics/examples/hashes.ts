import { F } from "../../../../runtime/index.ts";
import { differs, fails, named, type OfColumns, type Section } from "../example.ts";

const { col } = F;

/** Both hashes of each of these columns, and of all of them. */
const hashes = (...names: readonly [string, ...string[]]) =>
  [...names.map((name): [string] => [name]), names].flatMap((list) =>
    (["hash", "xxhash64"] as const).map((name) =>
      named<OfColumns>(`F.${name}(${list.map((one) => `"${one}"`).join(", ")})`, () =>
        F[name](...(list as [string, ...string[]])),
      ),
    ),
  );

/** Numbers at the limits of so many bytes. */
const casts = ["127", "128", "-128", "-129", "255", "32768", "-32769", "9223372036854775808", "-9223372036854775809"];
const narrowed = (digits: string) =>
  named<OfColumns>(`F.hash(F.lit("${digits}").cast("decimal(20,0)"))`, () =>
    F.hash(F.lit(digits).cast("decimal(20,0)")),
  );

export const hashing: readonly Section[] = [
  { title: "Hashes of integers", how: "select", input: "integers", examples: hashes("b", "s", "n", "l") },
  { title: "Hashes of fractions", how: "select", input: "doubles", examples: hashes("d", "f") },
  { title: "Hashes of dates", how: "select", input: "dates", examples: hashes("d", "u") },
  { title: "Hashes of times", how: "select", input: "times", examples: hashes("t", "z") },
  { title: "Hashes of truths and bytes", how: "select", input: "truths", examples: hashes("a", "x") },
  { title: "Hashes of arrays", how: "select", input: "lists", examples: hashes("a", "s", "d", "n") },
  {
    title: "Hashes of texts",
    how: "select",
    input: "texts",
    examples: [
      ...hashes("s", "t"),
      (c) => F.hash(F.repeat(c.s, c.i.plus(1))),
      (c) => F.xxhash64(F.repeat(c.s, c.i.plus(1)), c.p),
      (c) => F.hash(F.upper(c.s), F.lit(null), F.array()),
      (c) => F.crc32(c.s),
      (c) => F.crc32(F.concat(c.s, c.t)),
      (c) => F.url_decode(F.url_encode(c.s)),
      (c) => F.try_url_decode(c.s),
      () => F.url_decode(F.lit("a%2Bb+c%20%C3%A4%+1")),
      () => F.try_url_decode(F.lit("%2")),
      () => F.try_url_decode(F.lit("%-1")),
      fails("CANNOT_DECODE_URL", () => F.url_decode(F.lit("%zz"))),
      differs("DuckDB has no replacement character: it is an error", () => F.url_decode(F.lit("%ff"))),
    ],
  },
  {
    title: "Hashes of structs",
    how: "select",
    input: "maps",
    examples: [...hashes("r", "q"), fails("TYPE_MISMATCH", (c) => F.hash(c.m))],
  },
  {
    title: "Hashes of decimals",
    how: "select",
    input: "decimals",
    examples: [...hashes("a", "b", "z", "w", "c", "m"), ...casts.map(narrowed)],
  },
  {
    title: "Bases of numbers",
    how: "select",
    input: "integers",
    examples: [
      (c) => F.conv(c.l, 10, 16),
      (c) => F.conv(c.l, 10, -36),
      (c) => F.conv(c.n, 10, 2),
      (c) => F.conv(c.n, 16, -10),
      (c) => F.conv(F.hex(c.l), 16, 10),
      (c) => F.conv(F.hex(c.l), 16, -10),
      () => F.conv(F.lit("  12abz"), 16, 10),
      () => F.conv(F.lit("-"), 10, -10),
      () => F.conv(F.lit("-9223372036854775809"), 10, -10),
      () => F.conv(F.lit("-9223372036854775808"), 10, 10),
      () => F.conv(F.lit("+5é"), 10, 10),
      () => F.conv(F.lit("ıİß1"), 36, 10),
      () => F.conv(F.lit(" "), 10, 2),
      () => F.conv(F.lit("7"), 1, 10),
      () => F.conv(F.lit("7"), 10, 37),
      () => F.conv(F.lit("18446744073709551615"), 10, 36),
      fails("overflow", () => F.conv(F.lit("18446744073709551616"), 10, 16)),
      (c) => F.bitmap_bit_position(c.l),
      (c) => F.bitmap_bucket_number(c.l),
      (c) => F.bitmap_bit_position(c.n),
      (c) => F.bitmap_bucket_number(c.n.div(3)),
    ],
  },
  {
    title: "Bitmaps",
    how: "frames",
    examples: [
      (f) => f.integers.filter("l between 0 and 32767").agg(F.bitmap_construct_agg("l")),
      (f) => f.small.groupBy("g").agg(F.bitmap_count(F.bitmap_construct_agg(F.bitmap_bit_position("l"))).alias("n")),
      (f) =>
        f.empty.agg(
          F.bitmap_construct_agg("v"),
          F.bitmap_or_agg(col("s").cast("binary")),
          F.bitmap_and_agg(col("s").cast("binary")),
        ),
      (f) => f.truths.agg(F.bitmap_or_agg("x"), F.bitmap_and_agg("x")),
      (f) => f.truths.select("i", F.bitmap_count("x")),
      (f) => f.truths.filter("i = 2").agg(F.bitmap_and_agg("x")),
      fails("INVALID_BITMAP_POSITION", (f) => f.range(40000).agg(F.bitmap_construct_agg("id"))),
      fails("TYPE_MISMATCH", (f) => f.left.select(F.bitmap_count("s"))),
    ],
  },
];

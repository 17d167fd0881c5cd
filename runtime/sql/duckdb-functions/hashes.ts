import type { SqlType } from "../../plan/types.ts";
import type { Template, Templates, Unconverted } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { bind, eachOnce, part } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

/**
 * Spark's hash (Murmur3, 32 bits) and xxhash64, with its seed 42: the hash of each value that is not null is the seed of
 * the next one's. Values become pieces: the words of four bytes that their bytes make, the last bytes, and how many bytes
 * there are. Sums and products are taken in the next larger type, and cut.
 */
const hashed =
  (word: "UBIGINT" | "UHUGEINT", step: string, signed: (hash: string) => string): Template =>
  (args, { name }) =>
    eachOnce(args, (...texts) => {
      const lists = args.map((arg, index) => pieces(part(arg, texts[index] as string, arg.type), name, word));
      const fields = ["w", "t", "n"].map((field) => `'${field}': e['${field}']`).join(", ");
      const none = piece(`CAST([] AS ${word}[])`, `CAST([] AS ${word}[])`, "0", word, "42");
      const all = `flatten([${lists.join(", ")}])`;
      return signed(`list_reduce(${all}, lambda s, e: {'h': ${step}, ${fields}}, ${none})['h']`);
    });

const CALENDAR_PARTS: SqlType = {
  kind: "struct",
  fields: [
    { name: "micros", type: { kind: "long" }, nullable: true },
    { name: "days", type: { kind: "int" }, nullable: true },
    { name: "months", type: { kind: "int" }, nullable: true },
  ],
};

function pieces(value: Unconverted, name: string, word: string): string {
  const { type, text: x } = value;
  switch (type.kind) {
    case "array":
      return `flatten(list_transform(${x}, lambda item: ${pieces(part(value, "item", type.element), name, word)}))`;
    case "struct": {
      const fields = type.fields.map((field) =>
        pieces(part(value, `struct_extract(${x}, ${quoteText(field.name)})`, field.type), name, word),
      );
      return `flatten([${fields.join(", ")}])`;
    }
    case "calendar_interval":
      return pieces({ ...value, type: CALENDAR_PARTS }, name, word);
    case "void":
      return "NULL";
    default:
      return `CASE WHEN ${x} IS NOT NULL THEN [${pieceOf(type, x, name, word)}] END`;
  }
}

function pieceOf(type: SqlType, x: string, name: string, word: string): string {
  const none = `CAST([] AS ${word}[])`;
  const ofInt = (n: string) => piece(`[CAST(CAST(${n} AS BIGINT) & 4294967295 AS ${word})]`, none, "4", word);
  const ofLong = (n: string) =>
    piece(
      `[CAST(CAST(${n} AS BIGINT) & 4294967295 AS ${word}), CAST((CAST(${n} AS BIGINT) >> 32) & 4294967295 AS ${word})]`,
      none,
      "8",
      word,
    );
  const ofHex = (hex: string) => {
    const number = (text: string) => `CAST(CAST('0x' || ${text} AS UBIGINT) AS ${word})`;
    const pair = (at: number) => `substr(x, 8 * j + ${at}, 2)`;
    const words = `list_transform(range(length(x) // 8), lambda j: ${number([7, 5, 3, 1].map(pair).join(" || "))})`;
    const last = `list_transform(regexp_extract_all(substr(x, length(x) // 8 * 8 + 1), '..'), lambda y: ${number("y")})`;
    return bind("x", hex, piece(words, last, "length(x) // 2", word));
  };
  switch (type.kind) {
    case "boolean":
      return ofInt(`CASE WHEN ${x} THEN 1 ELSE 0 END`);
    case "byte":
    case "short":
    case "int":
      return ofInt(x);
    case "date":
      return ofInt(`${x} - DATE '1970-01-01'`);
    case "long":
      return ofLong(x);
    case "day_time_interval":
      return ofLong(x);
    case "year_month_interval":
      return ofInt(x);
    case "time":
      return ofLong(`epoch_us(${x}) * 1000`);
    case "timestamp":
    case "timestamp_ntz":
      return ofLong(`epoch_us(${x})`);
    // Both zeros are one value, and so are all NaN.
    case "float":
      return ofInt(`CASE WHEN isnan(${x}) THEN 2143289344 ELSE CAST(CAST(${x} + 0 AS BIT) AS INTEGER) END`);
    case "double":
      return ofLong(`CASE WHEN isnan(${x}) THEN 9221120237041090560 ELSE CAST(CAST(${x} + 0 AS BIT) AS BIGINT) END`);
    case "string":
      return ofHex(`hex(encode(${x}))`);
    case "binary":
      return ofHex(`hex(${x})`);
    case "decimal":
      return type.precision <= 18 ? ofLong(unscaled(x)) : ofHex(javaBytes(unscaled(x)));
    default:
      throw sparkOnlyError(name, `DuckDB has no hash of the type ${type.kind} like Spark's`);
  }
}

const unscaled = (x: string): string => `replace(CAST(${x} AS VARCHAR), '.', '')`;

/** As BigInteger gives them: as few bytes as hold the number and its sign, the highest first. */
function javaBytes(digits: string): string {
  const whole = `hex(CAST(CAST(CAST(${digits} AS HUGEINT) AS BIT) AS BLOB))`;
  const short = "regexp_replace(b, CASE WHEN b >= '8' THEN '^(FF)+' ELSE '^(00)+' END, '')";
  // The first bit is the sign.
  const signed = (list: string, byte: string) =>
    `CASE WHEN regexp_matches(c, '^[${list}]') THEN c ELSE '${byte}' || c END`;
  return bind(
    "b",
    whole,
    bind("c", short, `CASE WHEN b >= '8' THEN ${signed("89A-F", "FF")} ELSE ${signed("0-7", "00")} END`),
  );
}

const piece = (words: string, last: string, bytes: string, word: string, hash = "0"): string =>
  `{'h': CAST(${hash} AS ${word}), 'w': ${words}, 't': ${last}, 'n': CAST(${bytes} AS ${word})}`;

const murmurStep = (() => {
  const cut = (x: string) => `(${x}) & 4294967295`;
  const rotated = (x: string, by: number) => `((${cut(`${x} << ${by}`)}) | (${x} >> ${32 - by}))`;
  // Of the last bytes each is a word of its own, with its sign.
  const last = "list_transform(e['t'], lambda b: CASE WHEN b >= 128 THEN b + 4294967040 ELSE b END)";
  const first = `list_transform(list_concat(e['w'], ${last}), lambda k: ${cut("k * 3432918353")})`;
  const words = `list_transform(${first}, lambda k: ${cut(`${rotated("k", 15)} * 461845907`)})`;
  const body = `list_reduce(${words}, lambda h, k: ${cut(`${rotated("xor(h, k)", 13)} * 5 + 3864292196`)}, s['h'])`;
  const mixed = bind("g", `xor(${body}, e['n'])`, cut("xor(g, g >> 16) * 2246822507"));
  return bind("g", bind("g", mixed, cut("xor(g, g >> 13) * 3266489909")), "xor(g, g >> 16)");
})();

const xxStep = (() => {
  const prime = (digits: string) => `CAST(${digits} AS UHUGEINT)`;
  const [p1, p2] = [prime("11400714785074694791"), prime("14029467366897019727")];
  const [p3, p4, p5] = [prime("1609587929392839161"), prime("9650029242287828579"), prime("2870177450012600261")];
  const two64 = prime("18446744073709551616");
  const power = (of: number) => prime(String(2n ** BigInt(of)));
  // DuckDB divides numbers of 128 bits very slowly.
  const cut = (x: string) => `((${x}) & ${prime("18446744073709551615")})`;
  const rotated = (x: string, by: number) => `(${cut(`${x} * ${power(by)}`)} + (${x} >> ${64 - by}))`;
  const mixed = (list: string) =>
    `list_transform(list_transform(${list}, lambda k: ${cut(`k * ${p2}`)}), lambda k: ${cut(`${rotated("k", 31)} * ${p1}`)})`;
  const reduced = (list: string, step: string, start: string) => `list_reduce(${list}, lambda a, k: ${step}, ${start})`;

  // Four sums over each fourth word of eight bytes.
  const stripes = "(e['n'] >> 5)";
  const sum = (at: number, start: string) => {
    const own = `list_transform(range(CAST(${stripes} AS BIGINT)), lambda j: ${cut(`l[4 * j + ${at}] * ${p2}`)})`;
    return reduced(own, cut(`${rotated(cut("a + k"), 31)} * ${p1}`), cut(start));
  };
  const sums = [
    sum(1, `s['h'] + ${p1} + ${p2}`),
    sum(2, `s['h'] + ${p2}`),
    sum(3, "s['h']"),
    sum(4, `s['h'] + ${two64} - ${p1}`),
  ];
  const joined = [1, 7, 12, 18].map((by, index) => rotated(`v[${index + 1}]`, by)).join(" + ");
  const long = bind("v", `[${sums.join(", ")}]`, reduced(mixed("v"), cut(`xor(a, k) * ${p1} + ${p4}`), cut(joined)));
  const start = cut(`CASE WHEN e['n'] >= 32 THEN ${long} ELSE s['h'] + ${p5} END + e['n']`);
  const words = reduced(
    mixed(`l[4 * CAST(${stripes} AS BIGINT) + 1:]`),
    cut(`${rotated("xor(a, k)", 27)} * ${p1} + ${p4}`),
    start,
  );
  const odd = `list_transform(e['w'][len(e['w']) // 2 * 2 + 1:], lambda k: ${cut(`k * ${p1}`)})`;
  const half = reduced(odd, cut(`${rotated("xor(a, k)", 23)} * ${p2} + ${p3}`), words);
  const last = `list_transform(e['t'], lambda k: ${cut(`k * ${p5}`)})`;
  const bytes = reduced(last, cut(`${rotated("xor(a, k)", 11)} * ${p1}`), half);
  const pairs = `list_transform(range(len(e['w']) // 2), lambda j: e['w'][2 * j + 1] + ${power(32)} * e['w'][2 * j + 2])`;
  const hash = bind("l", pairs, bytes);
  const first = bind("g", hash, cut(`xor(g, g >> 33) * ${p2}`));
  const second = bind("g", first, cut(`xor(g, g >> 29) * ${p3}`));
  return bind("g", second, "xor(g, g >> 32)");
})();

const toInt = (hash: string): string =>
  bind("g", hash, "CAST(CASE WHEN g >= 2147483648 THEN CAST(g AS BIGINT) - 4294967296 ELSE g END AS INTEGER)");
const toLong = (hash: string): string =>
  bind(
    "g",
    hash,
    "CAST(CASE WHEN g >= 9223372036854775808 THEN CAST(g AS HUGEINT) - 18446744073709551616 ELSE CAST(g AS HUGEINT) END AS BIGINT)",
  );

/** Byte by byte, by the table of the polynomial that ZIP has. */
const crc32: Template = ([bytes]) => {
  const blob = bytes.type.kind === "binary" ? bytes.text : `encode(${bytes.text})`;
  const list = `list_transform(regexp_extract_all(hex(${blob}), '..'), lambda y: CAST('0x' || y AS BIGINT))`;
  const step = `xor(c >> 8, [${CRC_TABLE.join(", ")}][(xor(c, y) & 255) + 1])`;
  return `xor(list_reduce(${list}, lambda c, y: ${step}, CAST(4294967295 AS BIGINT)), 4294967295)`;
};

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xed_b8_83_20 : 0);
  return remainder >>> 0;
});

export const hashTemplates: Templates = {
  hash: hashed("UBIGINT", murmurStep, toInt),
  xxhash64: hashed("UHUGEINT", xxStep, toLong),
  crc32,
};

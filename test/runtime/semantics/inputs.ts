import { Decimal } from "decimal.js";
import type { DataFrame } from "../../../runtime/dataframe/dataframe.ts";
import type { SparkSession } from "../../../runtime/index.ts";
import { jsonTexts } from "./json-texts.ts";
import { timeInputs } from "./time-inputs.ts";
import { variantInputs } from "./variant-inputs.ts";

type Input = { readonly schema: string; readonly rows: readonly (readonly unknown[])[] };

const dec = (text: string) => new Decimal(text);
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);
const local = (text: string) => Temporal.PlainDateTime.from(text);
const bytes = (...values: number[]) => Uint8Array.from(values);

const longest = "99999999999999999999999999999999999999";

/** The frames that examples are about: the edge values of each type. `i` numbers the rows. */
export const inputs = {
  /** Whole numbers at and beside their limits. */
  integers: {
    schema: "i INT NOT NULL, b BYTE, s SHORT, n INT, l LONG, k INT NOT NULL",
    rows: [
      [0, 0, 0, 0, 0n, 1],
      [1, 1, 1, 1, 1n, 2],
      [2, -1, -1, -1, -1n, 3],
      [3, 127, 32767, 2147483647, 9223372036854775807n, -4],
      [4, -128, -32768, -2147483648, -9223372036854775808n, 5],
      [5, null, null, null, null, 6],
      [6, 7, 7, 7, 7n, -2],
      [7, -7, -7, -7, -7n, 3],
      [8, 100, 1000, 1000000, 1000000000000n, 10],
      [9, 2, 3, 1970, 9007199254740993n, 7],
    ],
  },
  /** Whole numbers that nothing overflows with. */
  small: {
    schema: "i INT NOT NULL, b BYTE, s SHORT, n INT, l LONG, k INT NOT NULL, g STRING",
    rows: [
      [0, 0, 0, 0, 0n, 1, "a"],
      [1, 1, 1, 1, 1n, 2, "a"],
      [2, -1, -1, -1, -1n, 3, "b"],
      [3, 5, -17, 42, 123456n, -4, "b"],
      [4, null, null, null, null, 5, null],
      [5, 10, 10, -10, 10n, -2, "a"],
      [6, -3, 25, 25, -35n, 3, null],
    ],
  },
  /** Fractions: NaN, the infinities, both zeros, the smallest and the largest. */
  doubles: {
    schema: "i INT NOT NULL, d DOUBLE, f FLOAT, e DOUBLE NOT NULL",
    rows: [
      [0, 0, 0, 1],
      [1, -0, -0, 2],
      [2, 1.5, 1.5, 0.5],
      [3, -2.5, -2.5, -1],
      [4, Number.NaN, Number.NaN, 1],
      [5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2],
      [6, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 3],
      [7, null, null, 4],
      [8, 1.7976931348623157e308, 3.4028234663852886e38, -3],
      [9, 5e-324, 1.401298464324817e-45, 10],
      [10, 0.1, 0.1, 0.1],
      [11, 123456789.987, 1234567.9, 7],
      [12, -1e-5, -1e-5, 1e10],
      [13, 2.675, 0.285, 100],
    ],
  },
  /** Fractions that are finite and of a usual size. */
  plain: {
    schema: "i INT NOT NULL, d DOUBLE, f FLOAT, e DOUBLE NOT NULL, g STRING",
    rows: [
      [0, 0, 0, 1, "a"],
      [1, 1, 1, 2, "a"],
      [2, -1, -1, 0.5, "b"],
      [3, 0.5, 0.5, 4, "b"],
      [4, null, null, 3, "b"],
      [5, -0.75, -0.75, 0.25, null],
      [6, 2.5, 2.5, 9, null],
      [7, 3.5, 3.5, 16, "a"],
    ],
  },
  decimals: {
    schema:
      "i INT NOT NULL, a DECIMAL(5,2), b DECIMAL(10,4), c DECIMAL(38,0), m DECIMAL(38,18), z DECIMAL(3,3), w DECIMAL(18,0)",
    rows: [
      [0, dec("0"), dec("0"), dec("0"), dec("0"), dec("0"), dec("0")],
      [1, dec("1.25"), dec("1.5"), dec("1"), dec("1.000000000000000001"), dec("0.125"), dec("3")],
      [2, dec("-1.25"), dec("-2.5"), dec("-1"), dec("-1.5"), dec("-0.5"), dec("-3")],
      [
        3,
        dec("999.99"),
        dec("999999.9999"),
        dec(longest),
        dec("99999999999999999999.999999999999999999"),
        dec("0.999"),
        dec("999999999999999999"),
      ],
      [
        4,
        dec("-999.99"),
        dec("-999999.9999"),
        dec(`-${longest}`),
        dec("-99999999999999999999.999999999999999999"),
        dec("-0.999"),
        dec("-999999999999999999"),
      ],
      [5, null, null, null, null, null, null],
      [6, dec("2.50"), dec("0.0001"), dec("7"), dec("0.000000000000000001"), dec("0.001"), dec("10")],
      [
        7,
        dec("0.05"),
        dec("12.3456"),
        dec("123456789012345678901234567890"),
        dec("3.141592653589793238"),
        dec("0.333"),
        dec("7"),
      ],
    ],
  },
  /** Decimals that nothing overflows with; `y` is never 0. */
  money: {
    schema:
      "i INT NOT NULL, a DECIMAL(5,2), b DECIMAL(10,4), w DECIMAL(18,0), x DECIMAL(20,10), y DECIMAL(4,1), g STRING",
    rows: [
      [0, dec("0"), dec("0"), dec("0"), dec("0"), dec("1"), "a"],
      [1, dec("1.25"), dec("1.5"), dec("3"), dec("1.0000000001"), dec("3"), "a"],
      [2, dec("-1.25"), dec("-2.5"), dec("-3"), dec("-2.5"), dec("-0.7"), "b"],
      [3, dec("99.99"), dec("9999.9999"), dec("1000000"), dec("123456.789"), dec("9.9"), "b"],
      [4, null, null, null, null, null, "b"],
      [5, dec("2.50"), dec("0.0001"), dec("10"), dec("0.5"), dec("-6"), null],
      [6, dec("0.05"), dec("12.3456"), dec("7"), dec("-0.0000000001"), dec("7"), null],
    ],
  },
  texts: {
    schema: "i INT NOT NULL, s STRING, t STRING, p INT, g STRING",
    rows: [
      [0, "", "", 0, "a"],
      [1, "abc", "b", 1, "a"],
      [2, "Hello World", "o W", 2, "a"],
      [3, "  padded\t ", " ", -1, "b"],
      [4, "ÄÖÜ straße ŁÓDŹ", "ß", 3, "b"],
      [5, "👍🏽 emoji 👩‍👩‍👧 done", "emoji", -3, "b"],
      [6, "e\u0301a\u0308 combined é", "é", 5, null],
      [7, null, "x", 1, null],
      [8, "x", null, null, null],
      [9, "a,b,,c,", ",", 4, "c"],
      [10, "100% \\sure_thing", "%", 100, "c"],
      [11, "line one\nline two\r\n", "\n", -100, "c"],
      [12, "日本語テキスト", "本", 2, "d"],
      [13, 'it\'s "quoted"', "'", 7, "d"],
      [14, "AbCabcABC", "abc", -2, "d"],
      [15, "ǆ İstanbul ﬁ ΣΑΣ", "İ", 1, "d"],
    ],
  },
  /** Texts that are numbers, dates and truths, or nearly so. */
  written: {
    schema: "i INT NOT NULL, whole STRING, fraction STRING, date STRING, time STRING, truth STRING",
    rows: [
      [0, "0", "0", "2024-02-29", "2024-02-29 12:34:56", "true"],
      [1, " 12 ", "1.5", "2024-1-5", "2024-02-29T12:34:56.123456", "FALSE"],
      [2, "-7", "-2.5e3", "2024-06", "2024-06-30 23:59:59.999999", "t"],
      [3, "+5", " 1e-3 ", "2024", "2024-03-31 02:30:00", "f"],
      [4, null, null, null, null, null],
      [5, "127", "NaN", " 1999-12-31 ", "2024-10-27 02:30:00", "yes"],
      [6, "007", "Infinity", "0001-01-01", "2024-02-29", "no"],
      [7, "-0", "-0.0", "9999-12-31", "1900-01-01 00:00:00", "Y"],
      [8, "1", ".5", "1582-10-15", "2024-02-29 12:34:56+02:00", "0"],
      [9, "2", "5.", "1582-10-04", "2024-02-29 12:34:56Z", "1"],
    ],
  },
  /** Text that cannot be read. */
  wrong: {
    schema: "i INT NOT NULL, s STRING",
    rows: [
      [0, "abc"],
      [1, ""],
      [2, "1.5"],
      [3, "99999999999999999999"],
      [4, "300"],
      [5, "2023-02-29"],
      [6, "2024-13-01"],
      [7, "1e2"],
      [8, "12 34"],
      [9, "tru"],
      [10, "2024-02-30 10:00:00"],
      [11, "25:00"],
      [12, null],
      [13, "0x1F"],
      [14, "1_000"],
      [16, "nan"],
      [17, "inf"],
      [18, "-Infinity"],
      [19, "1.5f"],
      [20, "1d"],
      [21, "12:30"],
      [22, "2024-02-29T12"],
      [23, "20240229"],
      [24, "epoch"],
      [25, "2024-02-29 24:00:00"],
      [26, "+2024-02-29"],
      [27, "2024-02-29 12:34"],
    ],
  },
  dates: {
    schema: "i INT NOT NULL, d DATE, u DATE, n INT",
    rows: [
      [0, day("1970-01-01"), day("1970-01-02"), 0],
      [1, day("2024-02-29"), day("2023-02-28"), 1],
      [2, day("2023-12-31"), day("2024-01-01"), -1],
      [3, day("0001-01-01"), day("1582-10-04"), 30],
      [4, day("9999-12-31"), day("9999-01-31"), -12],
      [5, null, day("2020-01-01"), 5],
      [6, day("1582-10-15"), day("1582-10-14"), 365],
      [7, day("2024-01-31"), null, 13],
      [8, day("1969-12-31"), day("1900-03-01"), null],
      [9, day("2021-01-03"), day("2020-12-28"), 2],
      [10, day("2000-03-31"), day("2000-02-29"), -1],
    ],
  },
  times: {
    schema: "i INT NOT NULL, t TIMESTAMP, z TIMESTAMP_NTZ, u TIMESTAMP",
    rows: [
      [0, at("1970-01-01T00:00:00Z"), local("1970-01-01T00:00:00"), at("1970-01-01T00:00:01Z")],
      [1, at("2024-02-29T11:34:56.789012Z"), local("2024-02-29T12:34:56.789012"), at("2024-03-01T00:00:00Z")],
      // Summer time begins and ends.
      [2, at("2024-03-31T00:59:59.999999Z"), local("2024-03-31T02:30:00"), at("2024-03-31T01:00:00Z")],
      [3, at("2024-10-27T00:30:00Z"), local("2024-10-27T02:30:00"), at("2024-10-27T01:30:00Z")],
      [4, at("1969-12-31T23:59:59.999999Z"), local("1969-12-31T23:59:59.999999"), at("1969-07-20T20:17:40Z")],
      [5, null, null, at("2020-01-01T00:00:00Z")],
      [6, at("1800-01-01T00:00:00Z"), local("1582-10-04T12:00:00"), at("1799-12-31T23:06:32Z")],
      [7, at("9999-12-31T22:59:59.999999Z"), local("9999-12-31T23:59:59.999999"), null],
      [8, at("2023-12-31T23:30:00Z"), local("2024-01-01T00:30:00"), at("2024-01-01T00:30:00Z")],
      [9, at("0002-01-01T00:00:00Z"), local("0001-01-01T00:00:00"), at("0001-06-01T00:00:00Z")],
    ],
  },
  ...timeInputs,
  ...variantInputs,
  lists: {
    schema:
      "i INT NOT NULL, a ARRAY<INT>, b ARRAY<INT>, s ARRAY<STRING>, d ARRAY<DOUBLE>, n ARRAY<ARRAY<INT>>, p INT, v INT, w STRING",
    rows: [
      [0, [1, 2, 3], [3, 4], ["a", "b"], [1, Number.NaN], [[1], [2, 3]], 1, 2, "a"],
      [1, [], [], [], [], [], 0, 1, ""],
      [2, null, [1], null, null, null, 1, 1, "x"],
      [3, [null], [null], [null], [null], [null], 1, null, null],
      [
        4,
        [3, null, 1, 3],
        [null, 1],
        ["b", null, "A", "b"],
        [0, -0, null, Number.POSITIVE_INFINITY],
        [[], null, [null]],
        -1,
        3,
        "b",
      ],
      [5, [5], null, ["日本", "👍", ""], [-1.5], [[5]], 2, 5, "👍"],
      [6, [-1, 0, 1], [1, 0, -1], ["z", "é", "Z"], [2.5, 1.5], [[1, 2], [1, 2], []], -4, 0, "z"],
    ],
  },
  maps: {
    schema:
      "i INT NOT NULL, m MAP<STRING, INT>, k MAP<INT, STRING>, r STRUCT<x: INT, y: STRING, `odd name`: DOUBLE>, q STRUCT<inner: STRUCT<a: INT>, l: ARRAY<INT>>, w STRING",
    rows: [
      [
        0,
        new Map([
          ["a", 1],
          ["b", 2],
        ]),
        new Map([[1, "x"]]),
        { x: 1, y: "one", "odd name": 1.5 },
        { inner: { a: 1 }, l: [1, 2] },
        "a",
      ],
      [1, new Map(), new Map(), { x: null, y: null, "odd name": null }, { inner: null, l: [] }, "b"],
      [2, null, null, null, null, "c"],
      [
        3,
        new Map<string, number | null>([
          ["z", null],
          ["", 0],
        ]),
        new Map<number, string | null>([
          [-1, null],
          [0, ""],
        ]),
        { x: -1, y: "", "odd name": Number.NaN },
        { inner: { a: null }, l: null },
        "z",
      ],
      [
        4,
        new Map([["👍", 5]]),
        new Map([[2147483647, "max"]]),
        { x: 7, y: "👍", "odd name": -0 },
        { inner: { a: 7 }, l: [null] },
        null,
      ],
    ],
  },
  truths: {
    schema: "i INT NOT NULL, a BOOLEAN, b BOOLEAN, x BINARY, y BINARY, g STRING",
    rows: [
      [0, true, true, bytes(), bytes(0), "a"],
      [1, true, false, bytes(0, 255), bytes(0, 255), "a"],
      [2, true, null, bytes(97, 98, 99), bytes(97), "b"],
      [3, false, true, null, bytes(1), "b"],
      [4, false, false, bytes(195, 164), null, "b"],
      [5, false, null, bytes(1, 2), bytes(1), null],
      [6, null, true, bytes(240, 159, 145, 141), bytes(2), "c"],
      [7, null, false, bytes(65), bytes(65), "c"],
      [8, null, null, bytes(10), bytes(9), "d"],
    ],
  },
  /** Rows to group, join and order, with nulls, NaN and both zeros among the keys. */
  left: {
    schema: "i INT NOT NULL, k INT, d DOUBLE, s STRING, v LONG",
    rows: [
      [0, 1, 0, "a", 10n],
      [1, 2, -0, "b", 20n],
      [2, null, Number.NaN, null, 30n],
      [3, 1, Number.NaN, "A", 40n],
      [4, 3, null, "", null],
      [5, null, 1.5, "a", 60n],
      [6, 2, Number.POSITIVE_INFINITY, "é", 70n],
      [7, 5, 1.5, "e\u0301", -80n],
    ],
  },
  right: {
    schema: "j INT NOT NULL, k INT, d DOUBLE, s STRING, w DECIMAL(6,2)",
    rows: [
      [0, 1, -0, "a", dec("1.50")],
      [1, 1, Number.NaN, "a", dec("2.50")],
      [2, null, 0, null, dec("3.50")],
      [3, 4, null, "", null],
      [4, 2, 1.5, "é", dec("-4.50")],
    ],
  },
  /** No rows. */
  empty: { schema: "i INT NOT NULL, k INT, d DOUBLE, s STRING, v LONG", rows: [] },
  /** Measurements of two groups, in time. */
  series: {
    schema: "i INT NOT NULL, g STRING, o INT, x INT, y DOUBLE, day DATE",
    rows: [
      [0, "a", 1, 10, 1.5, day("2024-01-01")],
      [1, "a", 2, null, 2.5, day("2024-01-02")],
      [2, "a", 2, 30, Number.NaN, day("2024-01-03")],
      [3, "a", 4, 40, null, day("2024-02-29")],
      [4, "b", 1, 5, -1, day("2023-12-31")],
      [5, "b", null, 6, 0, null],
      [6, "b", 3, 7, -0, day("2024-03-01")],
      [7, null, 1, 8, 4, day("2024-01-01")],
      [8, null, 9, null, null, day("2024-01-09")],
    ],
  },
  jsons: {
    schema: "i INT NOT NULL, j STRING, p STRING",
    rows: jsonTexts.map((text, i) => [i, text, [null, "$.a", "$.b", "$", "$[0]", "b"][i % 6]]),
  },
} satisfies { readonly [name: string]: Input };

export type InputName = keyof typeof inputs;

export const inputFrame = (session: SparkSession, name: InputName): DataFrame<any> =>
  session.createDataFrame(inputs[name].rows as readonly object[], inputs[name].schema);

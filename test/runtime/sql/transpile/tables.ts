import { Decimal } from "decimal.js";
import { createDataFrame } from "../../../../runtime/index.ts";

const time = (text: string) => Temporal.PlainDateTime.from(text);
const day = (text: string) => Temporal.PlainDate.from(text);
const map = (entries: { readonly [key: string]: number | null }) => new Map(Object.entries(entries));

const rows = [
  [
    1,
    "a",
    10,
    1.5,
    "10.50",
    day("2024-01-31"),
    time("2024-01-31T12:34:56"),
    "Anna",
    true,
    [1, 2, 3],
    map({ k: 1 }),
    { a: 1, b: "x" },
    '{"a": 1, "b": [1, 2]}',
  ],
  [
    2,
    "b",
    20,
    2.25,
    "20.00",
    day("2024-02-29"),
    time("2024-02-29T23:59:59.5"),
    "ben",
    false,
    [3, 1],
    map({ k: 2 }),
    { a: 2, b: "y" },
    '{"a": "t", "c": {"d": 2}}',
  ],
  [3, "a", ...Array.from({ length: 11 }, () => null)],
  [
    4,
    "c",
    7,
    -1.5,
    "-0.25",
    day("2023-12-31"),
    time("2023-12-31T00:00:00"),
    "",
    true,
    [],
    map({}),
    { a: 4, b: "z" },
    "{}",
  ],
  [
    5,
    null,
    20,
    1e10,
    "99999999.99",
    day("1999-03-01"),
    time("1999-03-01T05:06:07"),
    "Änna 50%",
    false,
    [2, null],
    map({ z: null }),
    { a: null, b: null },
    '{"a": null}',
  ],
  [
    6,
    "a",
    12,
    3,
    "0.05",
    day("2024-02-01"),
    time("2024-02-01T13:00:00"),
    "Ann Onn",
    true,
    [5],
    map({ k: null, q: 3 }),
    { a: 6, b: null },
    '{"b": []}',
  ],
].map((row) => row.map((value, i) => (i === 4 && value !== null ? new Decimal(value as string) : value)));

const typesOfT =
  "id INT, g STRING, n INT, x DOUBLE, d DECIMAL(10,2), day DATE, ts TIMESTAMP_NTZ, s STRING, b BOOLEAN, l ARRAY<INT>, m MAP<STRING, INT>, st STRUCT<a: INT, b: STRING>, j STRING";

/** The views that the queries name, on the engine in use. */
export async function createTables(): Promise<void> {
  const frames = {
    t: createDataFrame(rows, typesOfT),
    u: createDataFrame(
      [
        [1, "Ann"],
        [2, "Bob"],
        [7, null],
      ],
      "id INT, name STRING",
    ),
    prices: createDataFrame(
      [
        ["a", time("2024-01-01T10:00:00"), 1.5],
        ["a", time("2024-01-01T11:00:00"), 2.5],
        ["b", time("2024-01-01T10:30:00"), 9],
      ],
      "sym STRING, ts TIMESTAMP_NTZ, px DOUBLE",
    ),
    trades: createDataFrame(
      [
        ["a", time("2024-01-01T10:30:00")],
        ["b", time("2024-01-01T10:00:00")],
        ["a", time("2024-01-01T12:00:00")],
      ],
      "sym STRING, ts TIMESTAMP_NTZ",
    ),
  };
  for (const [name, frame] of Object.entries(frames)) await frame.createOrReplaceTempView(name);
}

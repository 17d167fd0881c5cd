import { Decimal } from "decimal.js";

const dec = (text: string) => new Decimal(text);
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);
const local = (text: string) => Temporal.PlainDateTime.from(text);
const clock = (text: string) => Temporal.PlainTime.from(text);
const span = (text: string) => Temporal.Duration.from(text);

/** Inputs of times of day and of intervals. */
export const timeInputs = {
  /** Times of day, and texts that are some. */
  clocks: {
    schema: "i INT NOT NULL, t TIME, u TIME, z TIME(0), s STRING, n INT, g STRING",
    rows: [
      [0, clock("00:00:00"), clock("00:00:00.000001"), clock("00:00:00"), "00:00", 0, "a"],
      [1, clock("12:34:56.789012"), clock("12:00:00"), clock("12:34:56"), "12:34:56.7", 1, "a"],
      [2, clock("23:59:59.999999"), clock("00:00:00"), clock("23:59:59"), " 1:2:3.1234567 ", 23, "b"],
      [3, null, clock("06:30:00"), null, null, null, "b"],
      [4, clock("06:05:04.3"), null, clock("06:05:04"), "T1:02:03 pm", 12, "b"],
      [5, clock("12:34:56.789012"), clock("12:34:56.789011"), clock("01:00:00"), "12:00AM", 5, null],
      [6, clock("18:00:00.001"), clock("17:59:59.999"), clock("18:00:00"), "12:59:59.\tpM", 7, null],
    ],
  },
  /** Spans of time of both kinds, and what they are added to. */
  spans: {
    schema:
      "i INT NOT NULL, d INTERVAL DAY TO SECOND, e INTERVAL DAY TO SECOND, h INTERVAL HOUR, m INTERVAL YEAR TO MONTH, y INTERVAL YEAR, n INT, x DOUBLE, c DECIMAL(10,2), s STRING, a DATE, b DATE, t TIMESTAMP, z TIMESTAMP_NTZ, k TIME, g STRING",
    rows: [
      [
        0,
        span("PT0S"),
        span("P1D"),
        span("PT1H"),
        span("P1Y2M"),
        span("P1Y"),
        2,
        1.5,
        dec("2.50"),
        "1 02:03:04.5",
        day("2024-02-29"),
        day("2023-02-28"),
        at("2024-02-29T11:34:56.789012Z"),
        local("2024-02-29T12:00:00"),
        clock("12:00"),
        "a",
      ],
      [
        1,
        span("P1DT2H3M4.5S"),
        span("P1D"),
        span("PT26H"),
        span("P14M"),
        span("P0Y"),
        -3,
        0.1,
        dec("-0.01"),
        " -1 2:3:4 ",
        day("2024-01-31"),
        day("2024-03-01"),
        at("2024-03-30T11:00:00Z"),
        local("2024-01-31T00:00:00.000001"),
        clock("00:30"),
        "a",
      ],
      [
        2,
        span("-P1DT2H3M4.500001S"),
        span("PT0.000003S"),
        span("-PT26H"),
        span("-P14M"),
        span("-P3Y"),
        7,
        -2.25,
        dec("3.00"),
        "INTERVAL '5 00:00:01' DAY TO SECOND",
        day("2020-12-31"),
        day("2020-12-31"),
        at("1970-01-01T00:00:00Z"),
        local("1969-12-31T23:59:59.999999"),
        clock("23:59:59.999999"),
        "b",
      ],
      [3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, "b"],
      [
        4,
        span("P40DT0.000005S"),
        span("-PT36H"),
        span("PT0S"),
        span("P5M"),
        span("P10Y"),
        1,
        3,
        dec("0.50"),
        "+0 23:59:59.9999999",
        day("2000-03-31"),
        day("1999-12-31"),
        at("2000-06-30T22:00:00Z"),
        local("2000-03-31T06:00:00"),
        clock("18:00"),
        null,
      ],
    ],
  },
};

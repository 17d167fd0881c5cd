import assert from "node:assert/strict";
import { test } from "node:test";
import { plansOnEngines } from "../../../helpers/plans-on-engines.ts";
import { call, failure, int, nothing, project, range, sqlOf, text } from "../../../helpers/valid-sql.ts";
import { cast, date, expectAll, timestamp } from "./helper.ts";

plansOnEngines((on) => {
  const { test, resultOf } = on;

  test("text functions follow Spark: null spoils concat, positions are from 1, all matches are replaced", async () => {
    await expectAll(on, [
      [null, call("concat", text("a"), nothing)],
      ["ab1", call("concat", text("a"), text("b"), int(1))],
      ["a-b", call("concat_ws", text("-"), text("a"), nothing, text("b"))],
      ["he", call("substring", text("hello"), int(0), int(2))],
      ["he", call("substring", text("hello"), int(1), int(2))],
      ["ll", call("substring", text("hello"), int(-3), int(2))],
      ["", call("substring", text("hello"), int(2), int(-1))],
      ["lo", call("substring", text("hello"), int(4))],
      ["x1-x2", call("regexp_replace", text("a1-a2"), text("a(\\d)"), text("x$1"))],
      ["$-$", call("regexp_replace", text("a1-a2"), text("a\\d"), text("\\$"))],
      ["12", call("regexp_extract", text("a12b"), text("(\\d+)"), int(1))],
      ["", call("regexp_extract", text("ab"), text("(\\d+)"))],
      [["a", "b", "c", ""], call("split", text("a1b22c3"), text("\\d+"))],
      ["Hello Big World", call("initcap", text("hELLO bIG wORLD"))],
      ["  7", call("lpad", int(7), int(3))],
      ["abc", call("rpad", text("abcdef"), int(3), text("*"))],
      [3, call("length", text("a😀b"))],
      [2, call("instr", text("abc"), text("b"))],
      [true, call("like", text("50%"), text("50\\%"))],
      [false, call("like", text("500"), text("50\\%"))],
      [true, call("rlike", text("abc"), text("b"))],
      ["a\tb", call("trim", text(" a\tb "))],
      ["b", call("ltrim", text("xxb"), text("x"))],
    ]);
  });

  test("date parts, truncation and arithmetic", async () => {
    const sunday = date("2026-11-22");
    const noonUtc = timestamp("2026-07-14T12:34:56.789Z");
    await expectAll(on, [
      [1, call("dayofweek", sunday)],
      [47, call("weekofyear", sunday)],
      [14, call("hour", noonUtc)],
      [56, call("second", noonUtc)],
      ["2026-06-30 22:00:00+00", call("date_trunc", text("month"), noonUtc)],
      ["2026-07-01", call("trunc", cast(noonUtc, "date"), text("MM"))],
      ["14.7.2026 14:34 o'clock", call("date_format", noonUtc, text("d.M.yyyy HH:mm 'o''clock'"))],
      ["Sun 22 Nov", call("date_format", sunday, text("EEE dd MMM"))],
      ["100%", call("date_format", sunday, text("'100%'"))],
      ["2026-01-02", call("to_date", text("02/01/2026"), text("dd/MM/yyyy"))],
      ["2026-01-02 02:04:05+00", call("to_timestamp", text("2026-01-02 03:04:05"))],
      [
        "2026-01-02 02:04:05.123+00",
        call("to_timestamp", text("02.01.2026 03:04:05.123"), text("dd.MM.yyyy HH:mm:ss.SSS")),
      ],
      ["2026-01-02 02:04:05+00", call("to_timestamp", text("2026-01-02T03:04:05+01"), text("yyyy-MM-dd'T'HH:mm:ssX"))],
      ["2024-02-29", call("add_months", date("2024-01-31"), int(1))],
      ["2026-11-29", call("date_add", sunday, int(7))],
      ["2026-11-21", call("subtract", sunday, int(1))],
      [7, call("datediff", date("2026-11-29"), sunday)],
      ["2026-11-30", call("last_day", sunday)],
      ["1784032496", call("unix_timestamp", noonUtc)],
      ["2026-07-14 14:34:56.789", cast(noonUtc, "string")],
      ["1784032496", cast(noonUtc, "bigint")],
    ]);
    const unit = await failure(resultOf(call("date_trunc", text("mnth"), noonUtc)));
    assert.match(unit.message, /"mnth" is no unit.*Did you mean "month"/);
  });
});

test("a format that DuckDB cannot write is refused", async () => {
  const refused = (format: string) =>
    failure(sqlOf(project(range(1), { x: call("date_format", date("2026-11-22"), text(format)) })));
  const wrong = await refused("yyyy-QQ");
  assert.match(wrong.message, /date_format: "QQ" in the format "yyyy-QQ" is not supported/);
  assert.match((await refused("zzzz")).message, /"zzzz".* is not supported/);
});

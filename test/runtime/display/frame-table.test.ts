import assert from "node:assert/strict";
import { preview } from "../../../runtime/dataframe/actions.ts";
import { previewBundle } from "../../../runtime/display/table-bundle.ts";
import type { DataFrame } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ spark, createDataFrame, range, sql, test }) => {
  /** A frame's table, in text and HTML; without the engine, which its last line names. */
  const shown = async (frame: DataFrame<any>, rows = 20) => {
    const bundle = previewBundle(await preview(frame, rows));
    return {
      lines: bundle["text/plain"].replace(/ · Spark$/, "").split("\n"),
      html: String(bundle["text/html"]),
    };
  };

  test("every type of column is shown with its name and its values", async () => {
    await spark.conf.set("spark.sql.session.timeZone", "Europe/Berlin");
    try {
      const frame = sql(`select 7 as n, 2.5e0 as x, cast('-0.05' as decimal(10, 2)) as price, 'é "q"' as s, true as b,
        date '2024-02-29' as d, timestamptz '2001-06-15 12:00:00.5+00' as at, timestamp '1600-01-01 00:00:00' as wall,
        cast(null as integer) as nothing`);
      const { lines } = await shown(frame);
      assert.deepEqual(lines, [
        "┌─────┬────────┬───────────────┬────────┬─────────┬────────────┬─────────────────────────┬─────────────────────┬─────────┐",
        "│   n │      x │         price │ s      │ b       │ d          │ at                      │ wall                │ nothing │",
        "│ int │ double │ decimal(10,2) │ string │ boolean │ date       │ timestamp Europe/Berlin │ timestamp_ntz       │     int │",
        "├─────┼────────┼───────────────┼────────┼─────────┼────────────┼─────────────────────────┼─────────────────────┼─────────┤",
        '│   7 │    2.5 │         -0.05 │ é "q"  │ true    │ 2024-02-29 │ 2001-06-15 14:00:00.500 │ 1600-01-01 00:00:00 │    null │',
        "└─────┴────────┴───────────────┴────────┴─────────┴────────────┴─────────────────────────┴─────────────────────┴─────────┘",
        "1 row · 9 columns",
      ]);
    } finally {
      await spark.conf.unset("spark.sql.session.timeZone");
    }
  });

  test("nested values are shown alike", async () => {
    const frame = createDataFrame([
      { tags: ["a, b", null], place: { city: "Oslo", zip: 1 } },
      { tags: [], place: { city: null, zip: 2 } },
    ]);
    assert.deepEqual((await shown(frame)).lines, [
      "┌────────────────┬─────────────────────────────────┐",
      "│ tags           │ place                           │",
      "│ array<string>  │ struct<city: string, zip: long> │",
      "├────────────────┼─────────────────────────────────┤",
      '│ ["a, b", null] │ {city: "Oslo", zip: 1}          │',
      "│ []             │ {city: null, zip: 2}            │",
      "└────────────────┴─────────────────────────────────┘",
      "2 rows · 2 columns",
    ]);
  });

  test("times of day are shown as clocks show them, in lists too", async () => {
    const at = (text: string) => Temporal.PlainTime.from(text);
    const frame = createDataFrame([{ at: at("08:05:00.000001"), l: [at("23:59:59.5"), null] }]);
    assert.deepEqual((await shown(frame)).lines, [
      "┌─────────────────┬──────────────────────┐",
      "│ at              │ l                    │",
      "│ time            │ array<time>          │",
      "├─────────────────┼──────────────────────┤",
      "│ 08:05:00.000001 │ [23:59:59.500, null] │",
      "└─────────────────┴──────────────────────┘",
      "1 row · 2 columns",
    ]);
  });

  test("a VARIANT is shown as JSON", async () => {
    const frame = createDataFrame([{ v: { b: [1.5, "ä"], a: null }, l: [1, "x"] }], "v VARIANT, l ARRAY<VARIANT>");
    assert.deepEqual((await shown(frame)).lines, [
      "┌──────────────────────────┬────────────────┐",
      "│ v                        │ l              │",
      "│ variant                  │ array<variant> │",
      "├──────────────────────────┼────────────────┤",
      '│ {"a":null,"b":[1.5,"ä"]} │ [1, "x"]       │',
      "└──────────────────────────┴────────────────┘",
      "1 row · 2 columns",
    ]);
  });

  test("values are cut to the characters that were asked for, or not at all", async () => {
    const long = "x".repeat(90);
    const frame = createDataFrame([
      { text: long, list: Array.from({ length: 9 }, (_, i) => i), bytes: new Uint8Array(20) },
    ]);
    const cells = async (characters: number, columns?: number) => {
      const { "text/plain": text, "text/html": html } = previewBundle(await preview(frame, 20, 20, characters), {
        columns,
      });
      return { line: text.split("\n")[4], html: String(html) };
    };
    const short = await cells(5);
    assert.equal(short.line?.replaceAll(/ +/g, " "), "│ xxxx… │ [0, … │ 0x00… │");
    assert.match(short.html, />xxxx…</);
    const whole = await cells(Number.POSITIVE_INFINITY, 30);
    assert.ok(whole.line?.includes(long) && whole.line.includes("6, 7, 8]") && whole.line.includes("0".repeat(40)));
    assert.ok(whole.html.includes(`>${long}<`));
  });

  test("a long frame is cut, an empty one shows its columns, and a wide one its first and last", async () => {
    assert.match(String((await shown(range(51))).lines.at(-1)), /^20 of 51 rows · 1 column$/);
    assert.deepEqual((await shown(range(0))).lines, [
      "┌──────┐",
      "│   id │",
      "│ long │",
      "├──────┤",
      "└──────┘",
      "0 rows · 1 column",
    ]);
    const wide = range(1).selectExpr(...Array.from({ length: 1000 }, (_, n) => `${n} as c${n}`));
    const { html } = await shown(wide);
    assert.match(html, /… 980 more columns/);
    assert.match(html, />c990<\/th>/);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Column } from "../../../runtime/dataframe/column.ts";
import { F } from "../../../runtime/index.ts";
import type { Answer, AnsweredColumn } from "./answers.ts";
import { complaint } from "./difference.ts";
import { differs, exampleOf, fails, missing, nearly, type Section } from "./example.ts";
import { sections } from "./sections.ts";

const section: Section = { title: "", how: "select", input: "small", examples: [] };
const frames: Section = { title: "", how: "frames", examples: [] };
const same = exampleOf((c: any) => c.x);
const column: AnsweredColumn = { name: "x", type: "double", nullable: false, values: ["0", "1.5"] };
const answer = (changes: Partial<AnsweredColumn> = {}): Answer => ({ columns: [{ ...column, ...changes }] });
const failure = (error: string, isRefused = false): Answer => ({ error, isRefused, message: "" });

test("names, types, values, promises and the number of rows have to be the same", () => {
  assert.equal(complaint(section, same, answer(), answer()), undefined);
  assert.match(complaint(section, same, answer({ name: "y" }), answer()) ?? "", /^names: DuckDB y, Spark x/);
  assert.match(complaint(section, same, answer({ type: "float" }), answer()) ?? "", /^types: DuckDB float/);
  assert.match(
    complaint(section, same, answer({ values: ["-0", "1.5"] }), answer()) ?? "",
    /^row 0: DuckDB -0, Spark 0/,
  );
  assert.match(complaint(section, same, answer({ nullable: true }), answer()) ?? "", /never is on Spark/);
  assert.equal(complaint(section, same, answer(), answer({ nullable: true })), undefined);
  const broken = answer({ values: ["null", "1.5"] });
  assert.match(
    complaint(section, same, broken, answer({ values: ["null", "1.5"], nullable: true })) ?? "",
    /ruled out/,
  );
  assert.match(complaint(section, same, answer({ values: ["0"] }), answer()) ?? "", /^rows: DuckDB 1, Spark 2/);
});

test("rows of frames have the order that is promised, or none", () => {
  const turned = answer({ values: ["1.5", "0"] });
  assert.equal(complaint(frames, same, turned, answer()), undefined);
  assert.match(complaint(frames, { ...same, isOrdered: true }, turned, answer()) ?? "", /^row 0/);
});

test("the last digits may differ only where an example says so", () => {
  const close = answer({ values: ["0", "1.5000000000000002"] });
  assert.match(complaint(section, same, close, answer()) ?? "", /^row 1/);
  assert.equal(complaint(section, nearly(same), close, answer()), undefined);
  assert.match(complaint(section, nearly(same), answer({ values: ["0", "1.50001"] }), answer()) ?? "", /^row 1/);
});

test("an error has to be one on both engines, of the kind that the example says", () => {
  assert.match(complaint(section, same, failure("overflow"), failure("overflow")) ?? "", /an error on both/);
  assert.equal(complaint(section, fails("overflow", same), failure("overflow"), failure("overflow")), undefined);
  assert.match(complaint(section, fails("overflow", same), failure("index"), failure("overflow")) ?? "", /error index/);
  assert.match(complaint(section, fails("index", same), failure("index"), answer()) ?? "", /Spark has an answer/);
});

test("what is said to differ does, and what is said to be missing is refused before anything runs", () => {
  assert.match(complaint(section, differs("why", same), answer(), answer()) ?? "", /does not differ/);
  assert.equal(complaint(section, differs("why", same), answer({ type: "int" }), answer()), undefined);
  assert.equal(complaint(section, missing("why", same), failure("SPARK_ONLY", true), answer()), undefined);
  assert.match(complaint(section, missing("why", same), failure("OVERFLOW"), answer()) ?? "", /only when it runs/);
  assert.match(complaint(section, missing("why", same), answer(), answer()) ?? "", /DuckDB has an answer/);
});

/** Not the same on two engines by their nature, or no part of an expression over an input. */
const without = ["udf", "randstr", "aes_decrypt"];

test("there are at least 1,500 examples, of every function and of every method of Column", () => {
  const texts = sections.flatMap(({ examples }) => examples.map((given: any) => exampleOf<any>(given).text));
  assert.ok(texts.length >= 1500, `${texts.length} examples`);
  const all = texts.join("\n");
  const missingIn = (names: readonly string[], before: string) =>
    names.filter((name) => !new RegExp(`${before}\\.${name}\\(`).test(all) && !without.includes(name));
  assert.deepEqual(missingIn(Object.keys(F), "F"), []);
  const methods = Object.getOwnPropertyNames(Column.prototype).filter((name) => !/^(constructor|outer)$/.test(name));
  assert.deepEqual(missingIn(methods, ""), []);
});

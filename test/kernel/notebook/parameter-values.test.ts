import assert from "node:assert/strict";
import test from "node:test";
import { injectParameters, withParameters } from "../../../kernel/notebook/parameters/inject.ts";
import { readParams } from "../../../kernel/notebook/parameters/read.ts";
import { code, injected, notebook, refusal, refused } from "./given-parameters.ts";

test("values are known as JSON, by their types: whole numbers exactly, dates as the ISO text", () => {
  const declared = `const n = 1.5; const b: bigint = 1n; const on = false; const list: number[] = []; const s = "";
    const day: Date = new Date(0); const time: Temporal.PlainTime | undefined = undefined; const either: "a" | 2 = "a"`;
  const book = notebook(code(declared, ["parameters"]));
  const params = [
    "n=7.50",
    "b=9007199254740993",
    "on=true",
    "list=[4, 5]",
    "s=7.5",
    "day=2026-03-17",
    "time=undefined",
  ];
  const { values } = withParameters(book, readParams([...params, "either=2"]));
  assert.equal(
    JSON.stringify(Object.fromEntries(values)),
    '{"n":7.5,"b":9007199254740993,"on":true,"list":[4,5],"s":"7.5","day":"2026-03-17","time":null,"either":2}',
  );
});

test("two cells tagged parameters are refused with nothing given, too: nobody can tell which declares them", () => {
  const tagged = (source: string) => code(source, ["parameters"]);
  assert.match(
    refusal(() => injectParameters(notebook(tagged("let a = 1"), tagged("let b = 2")), readParams([]))),
    /^cells 1 and 2 are both tagged "parameters": keep the tag on one of them\.$/,
  );
});

test("an empty parameters cell with nothing given is run, as papermill does: it has nothing to be wrong about", () => {
  const book = notebook(code("", ["parameters"]), code("1"));
  assert.equal(injectParameters(book, readParams([])), book);
  assert.match(
    refusal(() => injectParameters(book, readParams(["a=1"]))),
    /\(cell 1\) is empty/,
  );
});

test("a member of an enum is given by its name or its value", () => {
  const before = 'enum Level { Low, High = 5, Top, Text = "t", "q r" = -1, Made = 1 << 4 }';
  const level = (param: string) => injected("let x: Level = Level.Low", [`x=${param}`], before);
  for (const [given, written] of [
    ["High", "Level.High"],
    ["0", "Level.Low"],
    ["6", "Level.Top"],
    ["t", "Level.Text"],
    ["-1", 'Level["q r"]'],
    ["Made", "Level.Made"],
  ] as const) {
    assert.equal(level(given), `let x: Level = ${written};`);
  }
  assert.equal(injected("enum E { A, B }; let x = E.A", { x: 1 }), "let x = E.B;");
  assert.equal(injected("enum E { A, B }; let x: E | null = null", ["x=B"]), "let x: E | null = E.B;");
  assert.equal(
    refused("enum E { A, B }; let x = E.A", ["x=C"]),
    'x is declared as E, and "C" is not a member of E: A, B.',
  );
});

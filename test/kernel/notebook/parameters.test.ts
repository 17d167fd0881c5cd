import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Cell } from "../../../kernel/notebook/nbformat.ts";
import { describeParameters } from "../../../kernel/notebook/parameters/describe.ts";
import { injectParameters } from "../../../kernel/notebook/parameters/inject.ts";
import { readParams } from "../../../kernel/notebook/parameters/read.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { code, injected, notebook, refusal, refused } from "./given-parameters.ts";

test("what is given is declared again in a cell after the one tagged parameters, with its keyword and type", () => {
  const book = notebook(
    code("1", undefined, "a"),
    code('const date: string = "x";\nlet n = 5;\nvar on: boolean', ["parameters"], "b"),
    code("2", undefined, "d"),
  );
  const result = injectParameters(book, readParams(["date=2026-03-17", "on=true"]));
  assert.deepEqual(
    result.cells.map(({ id }) => id === "a" || id === "b" || id === "d"),
    [true, true, false, true],
  );
  assert.deepEqual(result.cells[2], {
    ...code('// Parameters\nconst date: string = "2026-03-17";\nvar on: boolean = true;', ["injected-parameters"]),
    id: result.cells[2]?.id,
  });
  assert.match(result.cells[2]?.id ?? "", /^[\w-]{1,64}$/);
  assert.equal(book.cells.length, 3);
});

test("the injected cell of an earlier run is replaced, and stays where nothing is given", () => {
  const old = code("let n = 1;", ["injected-parameters"], "old");
  const book = notebook(code("let n = 5", ["parameters"], "p"), old, code("n", undefined, "d"));
  const result = injectParameters(book, readParams(["n=2"]));
  assert.deepEqual(
    result.cells.map(({ source }) => source),
    ["let n = 5", "// Parameters\nlet n = 2;", "n"],
  );
  assert.equal(injectParameters(book, readParams([])), book);
});

test("texts are read by the declared type", () => {
  const is = (declaration: string, text: string, value: string) =>
    assert.equal(injected(declaration, [`x=${text}`]), `${declaration.replace(/ =.*/s, "")} = ${value};`);
  is("let x: string", 'a=b ü😀 "q" \\ \u2028\n', String.raw`"a=b ü😀 \"q\" \\ ${"\u2028"}\n"`);
  is("let x: string", "", '""');
  is("let x: string", "\ud800", '"\\ud800"');
  for (const [text, value] of [
    ["5", "5"],
    ["-3.50", "-3.5"],
    ["1e6", "1000000"],
    ["0x10", "16"],
    ["03", "3"],
    ["1_000", "1000"],
    ["-0", "-0"],
    [" 7 ", "7"],
    [".5", "0.5"],
  ] as const) {
    is("let x: number", text, value);
  }
  is("let x: boolean", "false", "false");
  is("let x: bigint", "-9007199254740993", "-9007199254740993n");
  is("let x: bigint", "5n", "5n");
  is('let x: "a" | "b"', "b", '"b"');
  is("let x: 1 | 2 | -3", "-3", "-3");
  is("let x: true | null", "null", "null");
  is("let x: number | undefined", "undefined", "undefined");
  is("let x: string | null", "null", "null");
  is("let x: string | null", "nul", '"nul"');
  is("let x: string | number", "12", "12");
  is("let x: string | number", "0123", '"0123"');
  is("let x: Date | null", "2026-03-17T08:30:00+01:00", 'new Date("2026-03-17T08:30:00+01:00")');
  is("let x: Temporal.PlainDate", "2026-03-17", 'Temporal.PlainDate.from("2026-03-17")');
  is("let x: Temporal.Instant", "2026-03-17T00:00Z", 'Temporal.Instant.from("2026-03-17T00:00Z")');
  is("let x: Temporal.PlainDateTime", "2026-03-17T00:00", 'Temporal.PlainDateTime.from("2026-03-17T00:00")');
  is("let x: string[]", '["a","b"]', '["a", "b"]');
  is("let x: readonly (string | number)[]", '["a",1]', '["a", 1]');
  is("let x: Array<Date>", '["2026-01-01"]', '[new Date("2026-01-01")]');
  is("let x: [number, b?: string, ...bigint[]]", '[1, "a", 2, 3]', '[1, "a", 2n, 3n]');
  is("let x: Record<string, number>", '{"a b":1}', '{ "a b": 1 }');
  is("let x: Readonly<{ a?: 1 }>", "{}", "{}");
  is("let x: unknown", '{"a":[null,true]}', "{ a: [null, true] }");
  is("let x: Record<string, unknown>", '{"__proto__":{"a":1}}', '{ ["__proto__"]: { a: 1 } }');
});

test("without a written type the initialiser says it", () => {
  const is = (initial: string, text: string, value: string) =>
    assert.equal(injected(`let x = ${initial}`, [`x=${text}`]), `let x = ${value};`);
  is('"5"', "6", '"6"');
  is("`a`", "6", '"6"');
  is("-1", "6", "6");
  is("60 * 60", "6", "6");
  is("!0", "false", "false");
  is("10n", "6", "6n");
  is("(5)", "6", "6");
  is('"a" as const', "b", '"b"');
  is("[1, 2]", "[3]", "[3]");
  is("[]", '[3, "a"]', '[3, "a"]');
  is("{ a: 1, b: { c: 'x' } }", '{"a":2,"b":{"c":"y"}}', '{ a: 2, b: { c: "y" } }');
  is("new Date()", "2026-03-17", 'new Date("2026-03-17")');
  is("Temporal.Now.plainDateISO()", "2026-03-17", 'Temporal.PlainDate.from("2026-03-17")');
  is('Temporal.Duration.from("PT1H")', "PT2H", 'Temporal.Duration.from("PT2H")');
  assert.equal(injected('let x = "a" as "a" | "b"', ["x=b"]), 'let x: "a" | "b" = "b";');
});

test("types of the parameters cell and of cells before it are known, those that hold themselves too", () => {
  const types = `interface Base { id: bigint }
    interface Tree extends Base { kids: Tree[] | null; "day-of"?: Date }
    type Mode = "fast" | "exact"; export type Options = { mode: Mode } & { limit?: number };`;
  assert.equal(
    injected(
      "let x: Tree",
      ['x={"id":12345678901234567890,"kids":[{"id":1,"kids":null,"day-of":"2026-01-01"}]}'],
      types,
    ),
    'let x: Tree = { id: 12345678901234567890n, kids: [{ id: 1n, kids: null, "day-of": new Date("2026-01-01") }] };',
  );
  assert.equal(
    refused("let x: Tree", ['x={"id":1,"kids":[{"id":1,"kids":[3]}]}'], types),
    'x is declared as Tree, and x.kids[0].kids[0] is 3, not { id: bigint; kids: { id: bigint; kids: unknown[] | null; "day-of"?: Date }[] | null; "day-of"?: ....',
  );
  assert.equal(injected("let x: Options", ['x={"mode":"exact"}'], types), 'let x: Options = { mode: "exact" };');
  assert.match(
    refused("let x: Options", ['x={"mode":"exakt"}'], types),
    /x\.mode is "exakt", not one of "fast" \| "exact"/,
  );
  assert.equal(injected("type A = string[]; let x: A", ["x=[]"], "type A = number"), "let x: A = [];");
});

test("a value of another type is refused, with the name, the value and the type", () => {
  const says = (declaration: string, text: string, message: string) =>
    assert.equal(refused(declaration, [`x=${text}`]), `x is declared as ${message}.`);
  for (const text of ["abc", "", "Infinity", "NaN", "1e999", "1,5", "0x", "--1", "1 2"]) {
    says("let x = 5", text, `number, and ${JSON.stringify(text)} is not a finite number`);
  }
  says("let x = 5", "9007199254740993", 'number, and number cannot hold "9007199254740993" exactly (bigint can)');
  says("let x = true", "yes", 'boolean, and "yes" is not true or false');
  says("let x = 5n", "1.5", 'bigint, and "1.5" is not a whole number');
  says('let x: "a" | "b"', "c", '"a" | "b", and "c" is not one of "a", "b"');
  says("let x: 1 | 2", "3", '1 | 2, and "3" is not one of 1, 2');
  says("let x: number | null", "a", 'number | null, and "a" is not a finite number');
  says("let x: string[]", "a,b", 'string[], and "a,b" is not JSON ("a" at line 1, column 1)');
  says("let x: string[]", '["a",', 'string[], and "[\\"a\\"," is not JSON ("the end" at line 1, column 6)');
  says("let x: string[]", '["a", 1]', "string[], and x[1] is 1, not string");
  says("let x: string[]", '{"a": 1}', "string[], and x is an object, not string[]");
  says("let x: [number, string?]", "[]", "[number, string?], and x has 0 items, not 1 to 2");
  says("let x: {\n  a: number\n}", "{}", "{ a: number }, and x.a is missing");
  says("let x: { a: number }", '{"a":1,"b":2}', "{ a: number }, and x.b is not in the type, which has a");
  says("let x = { a: 1 }", '{"a":"1"}', '{ a: number }, and x.a is "1", not number');
  says("let x: Date", "2026-02-30", 'Date, and "2026-02-30" is not a day of the calendar');
  says(
    "let x: Date",
    "17.3.2026",
    'Date, and "17.3.2026" is not a date in ISO 8601, as 2026-03-17 or 2026-03-17T08:30:00Z',
  );
  says(
    "let x: Temporal.PlainDate",
    "2026-02-30",
    'Temporal.PlainDate, and "2026-02-30" is not a Temporal.PlainDate, as 2026-03-17',
  );
  says(
    "let x: Temporal.Instant",
    "2026-02-03",
    'Temporal.Instant, and "2026-02-03" is not a Temporal.Instant, as 2026-03-17T08:30:00Z',
  );
  assert(refused("let x: number", [`x=${"y".repeat(10_000)}`]).length < 200);
});

test("a list that fits no member of a union is not taken for a text, and one that is too deep is refused", () => {
  const types = "type Json = string | number | Json[] | { [key: string]: Json };";
  assert.equal(injected(`${types} let x: Json`, ['x={"a":[1,"b"]}']), 'let x: Json = { a: [1, "b"] };');
  assert.equal(injected(`${types} let x: Json`, ["x={a}"]), 'let x: Json = "{a}";');
  assert.match(refused(`${types} let x: Json`, ['x={"a":null}']), /x is declared as Json, and x is an object, not/);
  const deep = "[".repeat(5000) + "]".repeat(5000);
  assert.equal(
    refused(`${types} let x: Json[]`, [`x=${deep}`]),
    "x is declared as Json[], and the value is nested too deeply.",
  );
});

test("values of a file are not converted: a text is no number", () => {
  assert.equal(
    injected("let n: number, d: Date, b: bigint, t: string | null", { n: 1.5, d: "2026-01-01", b: "12", t: null }),
    'let n: number = 1.5;\nlet d: Date = new Date("2026-01-01");\nlet b: bigint = 12n;\nlet t: string | null = null;',
  );
  assert.equal(refused("let n = 5", { n: "5" }), 'n is declared as number, and n is "5", not number.');
  assert.equal(refused("let s = ''", { s: 5 }), "s is declared as string, and s is 5, not string.");
  assert.equal(refused("let s: string", { s: null }), "s is declared as string, and s is null, not string.");
  assert.match(refused("let s: string | Date[]", { s: [1] }), /s\[0\] is 1, not Date/);
});

test("types that only a compiler knows are refused, with the reason", () => {
  const why = (declaration: string, reason: string) =>
    assert.equal(
      refused(declaration, ["x=1"]).replace(/^.*, and a value of it /, ""),
      `cannot be checked without running the notebook, since ${reason}.`,
    );
  why('import type { A } from "./a.ts"; let x: A', 'A is imported from "./a.ts"');
  why("type Box<T> = { value: T }; let x: Box<string>", "Box is a generic type");
  why("let x: Map<string, string>", "Map<…> is a generic type");
  why("let x: Unheard", "Unheard is not declared in the parameters cell or before it");
  why("let x: (a: string) => void", "it is a function type");
  why("class A {}; let x: A", "A is a class");
  why("declare enum A { B }; let x: A", "A is an enum");
  why("type A = A | null; let x: A", "A refers to itself");
  why("let x: keyof { a: 1 }", "it is computed by keyof");
  why("const a = 1; let x: typeof a", "it is the type of a value (typeof)");
});

test("a declaration whose type is not known asks for a type", () => {
  for (const initial of ["compute()", "a + 1", "null", "{ ...a }", "[f()]", "new Foo()", "await f()"]) {
    assert.match(
      refused(`let x = ${initial}`, ["x=1"]),
      /^the type of x is not known without running the notebook, since .+: annotate it in the parameters cell, as in `let x: string = …`\.$/,
    );
  }
  assert.match(refused("let x", ["x=1"]), /neither a type nor a value: annotate it .+`let x: string`/);
  assert.equal(injected("let x = compute(), y = 1", ["y=2"]), "let y = 2;");
});

test("an unknown parameter is refused, with the one that was meant and those that there are", () => {
  assert.equal(
    refused("const date: string = '', limit = 5", ["dat=2"]),
    'there is no parameter "dat" (did you mean "date"?); the parameters cell declares date: string, limit: number.',
  );
  assert.equal(
    refused("let n = 5", ["verbose=2"]),
    'there is no parameter "verbose"; the parameters cell declares n: number.',
  );
  assert.match(refused("console.log(1)", ["n=2"]), /the parameters cell declares none/);
  assert.match(refused("let { n, m: [k] } = o", ["k=2"]), /k cannot be given: .+ declared by destructuring/);
  assert.match(refused("n = 5", ["n=2"]), /n cannot be given: .+ assigned without a declaration/);
  assert.match(refused("function n() {}", ["n=2"]), /n cannot be given: .+ not a variable/);
  assert.match(refused("let n = 5", ["__proto__=2"]), /no parameter "__proto__"/);
});

test("a notebook without a fit parameters cell is refused", () => {
  const given = readParams(["n=1"]);
  const says = (...cells: Cell[]) => refusal(() => injectParameters(notebook(...cells), given));
  assert.match(says(code("let n = 1")), /no cell tagged "parameters"/);
  assert.match(says(), /no cell tagged "parameters"/);
  const tagged = code("let n = 1", ["parameters"]);
  assert.match(says(code(""), tagged, tagged), /^cells 2 and 3 are both tagged/);
  assert.match(says(code("// only this", ["parameters"])), /\(cell 1\) is empty/);
  assert.equal(
    says(code("let n = 1;\nlet = = 5", ["parameters"])),
    "the parameters cell (cell 1) does not parse: Unexpected token (line 2, column 7).",
  );
  assert.match(
    says({ cell_type: "markdown", id: "m", metadata: { tags: ["parameters"] }, source: "" }),
    /not a code cell/,
  );
});

test("of --param, the last counts, and it overrides the file; the name ends at the first =", () => {
  using folder = tempFolder();
  const file = join(folder.path, "pära meters.json");
  writeFileSync(file, '\ufeff{"a": 1, "b": [true]}');
  assert.deepEqual(
    [...readParams(["a=x=y", "c=", "c=😀 \n"], file)],
    [
      ["a", { text: "x=y" }],
      ["b", { json: [true] }],
      ["c", { text: "😀 \n" }],
    ],
  );
  assert.match(
    refusal(() => readParams(["a"])),
    /--param "a" is not of the form name=value/,
  );
  assert.match(
    refusal(() => readParams(["=a"])),
    /--param "=a" is not of the form name=value/,
  );
});

test("a whole number of the file loses no digit, where a number cannot hold it", () => {
  using folder = tempFolder();
  const file = join(folder.path, "p.json");
  writeFileSync(file, '{"x": [9007199254740993, 1e3, 100000000000000000000]}');
  const given = readParams([], file);
  const inject = (type: string) =>
    injectParameters(notebook(code(`let x: ${type}`, ["parameters"])), given).cells[1]?.source.split("\n")[1];
  assert.equal(inject("bigint[]"), "let x: bigint[] = [9007199254740993n, 1000n, 100000000000000000000n];");
  assert.match(
    refusal(() => inject("number[]")),
    /x\[0\] is 9007199254740993, which number cannot hold exactly/,
  );
  assert.equal(JSON.stringify(given.get("x")), '{"json":[9007199254740993,1000,100000000000000000000]}');
});

test("a long value stands on several lines", () => {
  const days = Array.from({ length: 10 }, (_, day) => `2026-01-0${(day % 9) + 1}`);
  assert.equal(
    injected("let x: { days: string[] }", { x: { days } }),
    `let x: { days: string[] } = {\n  days: [\n${days.map((day) => `    "${day}",\n`).join("")}  ],\n};`,
  );
});

test("a parameters file that is missing or no JSON object is refused, with the place", () => {
  using folder = tempFolder();
  const file = join(folder.path, "p.json");
  assert.match(
    refusal(() => readParams([], file)),
    /p\.json cannot be read: there is no such file/,
  );
  assert.match(
    refusal(() => readParams([], folder.path)),
    /cannot be read: it is a folder/,
  );
  const says = (text: string) => {
    writeFileSync(file, text);
    return refusal(() => readParams([], file)).slice(file.length);
  };
  assert.equal(says('{\n  "a": tru\n}'), ':2:8 is not JSON: "tru" is out of place.');
  assert.equal(says('{\n  "a": [1,]\n}'), ':2:11 is not JSON: "]" is out of place.');
  assert.equal(says('{ "a": 1, }'), ':1:11 is not JSON: "}" is out of place.');
  assert.equal(says("{ 'a': 1 }"), ':1:3 is not JSON: "\'" is out of place.');
  assert.equal(says('{ "a": 01 }'), ':1:8 is not JSON: "01" is out of place.');
  assert.equal(says('{ "a": 1 } // so'), ':1:12 is not JSON: "/" is out of place.');
  assert.equal(says('{ "a": "x'), ':1:8 is not JSON: "\\"" is out of place.');
  assert.equal(says(""), ":1:1 is not JSON: the text ends here.");
  assert.equal(says("[1]"), ' holds no JSON object: write {"name": value, …}.');
  assert.equal(says("null"), ' holds no JSON object: write {"name": value, …}.');
});

test("parameters are described with type, initial value and the comment beside or above", () => {
  const source = `// The day to load
const date: string = "2026-03-17";
let limit = 5, // rows
  all = false;
/**
 * Where from,
 * in order.
 */
let regions: readonly string[];
let name = 'a' // who`;
  assert.deepEqual(describeParameters(notebook(code(source, ["parameters"]))), [
    { name: "date", type: "string", initial: '"2026-03-17"', comment: "The day to load" },
    { name: "limit", type: "number", initial: "5", comment: "rows" },
    { name: "all", type: "boolean", initial: "false" },
    { name: "regions", type: "readonly string[]", comment: "Where from, in order." },
    { name: "name", type: "string", initial: "'a'", comment: "who" },
  ]);
  assert.deepEqual(describeParameters(notebook(code("1"))), []);
});

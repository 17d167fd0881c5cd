import { F } from "../../../../runtime/index.ts";
import { differs, type Example, fails, named, type OfColumns, type Section } from "../example.ts";

const numeric = ["byte", "short", "int", "long", "float", "double", "decimal(10,2)", "decimal(38,10)", "decimal(5,0)"];
const all = [...numeric, "string", "boolean", "binary", "date", "timestamp", "timestamp_ntz"];

const casts = (column: string, types: readonly string[], method: "cast" | "tryCast" = "cast"): Example<OfColumns>[] =>
  types.map((type) => named<OfColumns>(`c.${column}.${method}("${type}")`, (c) => c[column][method](type)));

export const castSections: readonly Section[] = [
  {
    title: "Casts of integers",
    how: "select",
    input: "small",
    examples: [
      ...["b", "s", "n"].flatMap((column) => casts(column, [...numeric, "string", "boolean"])),
      ...casts("l", ["int", "long", "float", "double", "decimal(10,2)", "string", "boolean"]),
      ...["n", "l"].flatMap((column) => casts(column, ["timestamp"])),
      ...["b", "l"].flatMap((column) => casts(column, ["binary"])).map((example) => fails("IMPOSSIBLE_CAST", example)),
    ],
  },
  {
    title: "Casts of integers at their limits",
    how: "select",
    input: "integers",
    examples: [
      ...["b", "s", "n", "l"].flatMap((column) => casts(column, numeric, "tryCast")),
      ...casts("n", ["long", "float", "double", "decimal(10,0)", "decimal(38,10)", "string", "boolean"]),
      ...casts("l", ["float", "double", "decimal(19,0)", "string", "boolean"]),
      ...casts("l", ["byte", "short", "int", "decimal(5,0)"]).map((example) => fails("overflow", example)),
      ...casts("n", ["byte", "short", "decimal(5,0)", "decimal(10,2)"]).map((example) => fails("overflow", example)),
    ],
  },
  {
    title: "Casts of fractions",
    how: "select",
    input: "plain",
    examples: [
      ...["d", "f", "e"].flatMap((column) => casts(column, [...numeric, "string", "boolean"])),
      ...casts("d", ["timestamp"]),
    ],
  },
  {
    title: "Casts of fractions with NaN and the infinities",
    how: "select",
    input: "doubles",
    examples: [
      ...["d", "f"].flatMap((column) => casts(column, [...numeric, "string", "boolean"], "tryCast")),
      ...casts("d", ["float", "string", "boolean"]),
      ...casts("e", ["string", "long", "decimal(20,5)"]),
      () => F.exp(F.lit(1000)).cast("decimal(10,2)"),
      () => F.sqrt(F.lit(-1)).cast("float").cast("decimal(10,2)"),
      ...casts("d", ["byte", "short", "int", "long", "decimal(10,2)"]).map((example) => fails("overflow", example)),
      ...casts("f", ["int", "long"]).map((example) => fails("overflow", example)),
    ],
  },
  {
    title: "Casts of decimals",
    how: "select",
    input: "money",
    examples: ["a", "b", "w", "x", "y"].flatMap((column) =>
      casts(column, [
        ...numeric.filter(
          (type) =>
            !(type === "byte" && "bwx".includes(column)) &&
            !(type === "short" && "wx".includes(column)) &&
            !(type === "decimal(5,0)" && "wx".includes(column)),
        ),
        "string",
        "boolean",
      ]),
    ),
  },
  {
    title: "Casts of decimals at their limits",
    how: "select",
    input: "decimals",
    examples: [
      ...["a", "c", "m", "z"].flatMap((column) => casts(column, [...numeric, "string", "boolean"], "tryCast")),
      ...casts("m", ["string", "double"]),
      ...casts("z", ["string", "int", "decimal(1,0)", "decimal(2,1)"]),
      ...casts("c", ["string", "double"]),
      ...casts("a", ["decimal(5,1)", "decimal(6,3)", "string"]),
      ...casts("c", ["int", "long", "decimal(10,2)"]).map((example) => fails("overflow", example)),
      ...casts("a", ["byte", "decimal(4,2)", "decimal(3,1)"]).map((example) => fails("overflow", example)),
    ],
  },
  {
    title: "Casts of text",
    how: "select",
    input: "written",
    examples: [
      ...casts("whole", [...numeric, "string", "binary"]),
      ...casts("fraction", ["double", "float"]),
      ...casts("fraction", ["decimal(10,2)", "decimal(38,10)", "int", "long", "boolean"], "tryCast"),
      ...casts("whole", ["boolean", "date", "timestamp"], "tryCast"),
      ...casts("date", ["date", "timestamp", "timestamp_ntz"]),
      ...casts("time", ["timestamp", "timestamp_ntz", "date"]),
      ...casts("truth", ["boolean"]),
      () => F.lit(" yes\n").cast("boolean"),
      () => F.lit("\tF ").tryCast("boolean"),
    ],
  },
  {
    title: "Casts of text that cannot be read",
    how: "select",
    input: "wrong",
    examples: [
      ...casts("s", all, "tryCast"),
      differs("Java reads the digits of all scripts as a DECIMAL", () => F.lit("１２").tryCast("decimal(5,0)")),
      ...casts(
        "s",
        all.filter((type) => type !== "string" && type !== "binary"),
      ).map((example) => fails("invalid input", example)),
    ],
  },
  {
    title: "Casts of dates",
    how: "select",
    input: "dates",
    examples: [
      ...casts("d", ["string", "timestamp", "timestamp_ntz", "date"]),
      ...casts("d", ["string", "timestamp"], "tryCast"),
      ...casts("d", ["int", "boolean", "double"]).map((example) => fails("IMPOSSIBLE_CAST", example)),
      ...casts("n", ["date"]).map((example) => fails("IMPOSSIBLE_CAST", example)),
    ],
  },
  {
    title: "Casts of times",
    how: "select",
    input: "times",
    examples: [
      ...["t", "z", "u"].flatMap((column) => casts(column, ["string", "date", "timestamp", "timestamp_ntz"])),
      ...casts("u", ["long", "double", "float", "decimal(38,6)", "decimal(20,0)"]),
      ...casts("t", ["long", "double", "decimal(38,6)"]),
      ...casts("t", ["int"], "tryCast"),
      ...casts("z", ["long", "double"]).map((example) => fails("IMPOSSIBLE_CAST", example)),
      ...casts("t", ["boolean"]).map((example) => fails("IMPOSSIBLE_CAST", example)),
    ],
  },
  {
    title: "Casts of arrays, maps and structs",
    how: "select",
    input: "lists",
    examples: [
      ...casts("a", [
        "array<string>",
        "array<long>",
        "array<double>",
        "array<decimal(10,2)>",
        "array<boolean>",
        "string",
      ]),
      ...casts("s", ["array<binary>", "string"]),
      ...casts("s", ["array<int>"], "tryCast"),
      ...casts("d", ["array<string>", "array<float>", "string"]),
      ...casts("d", ["array<int>"], "tryCast"),
      ...casts("n", ["array<array<string>>", "string"]),
      fails("invalid input", (c) => c.s.cast("array<int>")),
      fails("overflow", (c) => c.d.cast("array<int>")),
      (c) => F.struct(c.p, c.v).cast("struct<a:string,b:double>"),
      (c) => F.struct(c.p, c.w).cast("string"),
      (c) => F.array(F.struct(c.p, c.w)).cast("string"),
      (c) => F.array(F.struct(c.p, c.v)).cast("array<struct<x:bigint,y:string>>"),
    ],
  },
  {
    title: "Casts of maps and structs",
    how: "select",
    input: "maps",
    examples: [
      ...casts("m", ["map<string,string>", "map<string,double>", "string"]),
      ...casts("k", ["map<string,string>", "map<long,string>", "string"]),
      ...casts("r", ["struct<x:string,y:string,z:string>", "struct<a:long,b:string,c:float>", "string"]),
      ...casts("q", ["string", "struct<inner:struct<a:string>,l:array<string>>"]),
    ],
  },
];

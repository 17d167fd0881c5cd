import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Catalog } from "../../../../runtime/dataframe/catalog.ts";
import { Conf } from "../../../../runtime/dataframe/conf.ts";
import { GroupedData } from "../../../../runtime/dataframe/grouped.ts";
import { MissingValues } from "../../../../runtime/dataframe/na.ts";
import { DataFrameReader } from "../../../../runtime/dataframe/reader.ts";
import { SparkSession } from "../../../../runtime/dataframe/session.ts";
import { Statistics } from "../../../../runtime/dataframe/statistics.ts";
import { Window, WindowSpec } from "../../../../runtime/dataframe/window.ts";
import { DataFrameWriter } from "../../../../runtime/dataframe/writer.ts";
import { Column, DataFrame, F } from "../../../../runtime/index.ts";
import { missing, others } from "./differences.ts";

/** What Quern has for each class of PySpark's. */
const classes: { readonly [name: string]: object } = {
  DataFrame: DataFrame.prototype,
  Column: Column.prototype,
  GroupedData: GroupedData.prototype,
  Window,
  WindowSpec: WindowSpec.prototype,
  Catalog: Catalog.prototype,
  DataFrameReader: DataFrameReader.prototype,
  DataFrameWriter: DataFrameWriter.prototype,
  DataFrameNaFunctions: MissingValues.prototype,
  DataFrameStatFunctions: Statistics.prototype,
  RuntimeConfig: Conf.prototype,
  SparkSession: SparkSession.prototype,
  functions: F,
};

/** The public members of PySpark 4.2.1's classes and functions, as Python's inspect tells them. */
const signatures = readFileSync(new URL("signatures.txt", import.meta.url), "utf8")
  .trim()
  .split("\n\n")
  .flatMap((text) => {
    const [title = "", ...lines] = text.split("\n");
    const type = title.replace("# ", "");
    return lines.map((line) => {
      const [, name = "", list] = /^(\w+)(?:\((.*)\))?$/.exec(line) ?? [];
      return { type, name, parameters: list === undefined ? undefined : list.split(", ").filter((one) => one !== "") };
    });
  });

function member(of: object, name: string): unknown {
  for (let at: object | null = of; at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found.value ?? found.get;
  }
  return undefined;
}

/** How many arguments the code of a function takes. */
function mostArguments(code: string): number {
  if (/^(?:async\s*)?[\w$]+\s*=>/.test(code)) return 1;
  let [depth, commas, last] = [0, 0, ""];
  for (const sign of code.slice(code.indexOf("("))) {
    if (")]}".includes(sign) && --depth === 0) break;
    if (depth === 1 && sign === ",") [commas, last] = [commas + 1, ""];
    else if (depth > 0) last += sign;
    if ("([{".includes(sign)) depth++;
  }
  if (last.trim().startsWith("...")) return Number.POSITIVE_INFINITY;
  return commas + (last.trim() === "" ? 0 : 1);
}

test("each member of PySpark's classes is there, or has its reason", () => {
  const reasonOf = (name: string) => missing.find(([pattern]) => pattern.test(name))?.[1];
  const absent = signatures.filter(({ type, name }) => {
    const has = member(classes[type] as object, name) !== undefined;
    return type !== "functions" && !has && reasonOf(`${type}.${name}`) === undefined;
  });
  assert.deepEqual(
    absent.map(({ type, name }) => `${type}.${name}`),
    [],
  );
});

test("no argument of PySpark's is passed over: each parameter is taken, or has its reason", () => {
  const fewer = signatures.flatMap(({ type, name, parameters }) => {
    const own = member(classes[type] as object, name);
    if (typeof own !== "function" || parameters === undefined || others[`${type}.${name}`] !== undefined) return [];
    const most = mostArguments(String(own));
    const wanted = parameters.some((one) => one.startsWith("*")) ? Number.POSITIVE_INFINITY : parameters.length;
    return most >= wanted ? [] : [`${type}.${name}(${parameters.join(", ")}) takes ${most}`];
  });
  assert.deepEqual(fewer, []);
});

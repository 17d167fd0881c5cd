import { AnalysisError } from "../../errors.ts";
import { isInteger } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { literalText } from "../literal-argument.ts";
import { asResult } from "./parts.ts";

/**
 * 64 bits that come of a seed, of the row's number and of what else tells numbers of one row apart. Those of DuckDB's
 * `hash` are not random enough: of neighbouring numbers they have not the deviation that they should have.
 */
const bits = (seed: Arg, more: string): string => mixed(`${seed.text}, row_number() OVER (), ${more}`);
const mixed = (list: string): string => `md5_number_lower(concat_ws(',', ${list}))`;

/** From 0 up to, but without, 1: as many bits as a DOUBLE has digits. */
const fraction = (hashed: string): string => `CAST(${hashed} >> 11 AS DOUBLE) / 9007199254740992e0`;

/** DuckDB's own takes a seed for a connection alone, and threads draw from it in any order. */
const rand: Template = (args) => (args.length === 0 ? "random()" : `(${fraction(bits(args[0], "0"))})`);

const randn: Template = (args) => {
  const [first, second] =
    args.length === 0 ? ["random()", "random()"] : [fraction(bits(args[0], "0")), fraction(bits(args[0], "1"))];
  return `sqrt(-2 * ln(1 - (${first}))) * cos(2 * pi() * (${second}))`;
};

const uniform: Template = (args, call) => {
  const [low, high, seed] = args;
  const number = args.length < 3 ? "random()" : `(${fraction(bits(seed, "0"))})`;
  const [from, to] = [low, high].map(({ text }) => `CAST(${text} AS DOUBLE)`);
  const drawn = `${from} + (${to} - ${from}) * ${number}`;
  return asResult(isInteger(call.result.type) ? `trunc(${drawn})` : drawn, call);
};

const randstr: Template = (args) => {
  const [length, seed] = args;
  const count = Number(literalText(length, "randstr: the length"));
  if (!(count >= 0))
    throw new AnalysisError("INVALID_PARAMETER_VALUE", `randstr: the length is a whole number from 0, not ${count}.`);
  const [r, i] = ['"·r·"', '"·i·"'];
  const row = args.length < 2 ? "random()" : bits(seed, "0");
  const sign = `substr(${quoteText(SIGNS)}, CAST(1 + ${mixed(`${r}, ${i}`)} % ${SIGNS.length} AS BIGINT), 1)`;
  const signs = `list_transform(range(0, ${count}), lambda ${i}: ${sign})`;
  return `list_transform([${row}], lambda ${r}: coalesce(array_to_string(${signs}, ''), ''))[1]`;
};
const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

const shuffle: Template = (args) => {
  const [list, seed] = args;
  const [x, i] = ['"·x·"', '"·i·"'];
  const number = args.length === 1 ? "random()" : mixed(`${x}['b'], ${i}`);
  const items = args.length === 1 ? `{'r': ${number}, 'x': ${x}}` : `{'r': ${number}, 'x': ${x}['x']}`;
  const given =
    args.length === 1 ? list.text : `list_transform(${list.text}, lambda ${x}: {'b': ${bits(seed, "0")}, 'x': ${x}})`;
  const shuffled = `list_sort(list_transform(${given}, lambda ${x}${args.length === 1 ? "" : `, ${i}`}: ${items}))`;
  return `list_transform(${shuffled}, lambda ${x}: struct_extract(${x}, 'x'))`;
};

/** Of version 4, which says that its other bits are random. */
const uuid: Template = (args) => {
  if (args.length === 0) return "CAST(uuid() AS VARCHAR)";
  const text = `md5(CAST(${bits(args[0], "0")} AS VARCHAR))`;
  return `regexp_replace(${text}, '^(.{8})(.{4}).(.{3}).(.{3})(.{12})$', '\\1-\\2-4\\3-a\\4-\\5')`;
};

export const randomTemplates: Templates = { rand, randn, randstr, shuffle, uniform, uuid };

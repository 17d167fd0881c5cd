import type { Arg, Template, Templates } from "../dialect.ts";

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

export const randomTemplates: Templates = { rand, randn, shuffle, uuid };

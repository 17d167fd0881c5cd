import { zippedName } from "../../plan/functions/arrays.ts";
import { isTime } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { duckdbType, quoteText } from "../duckdb-literal.ts";
import { literalText } from "../literal-argument.ts";
import { sortedBy } from "./higher-order.ts";
import { asResult, eachOnce, raise, zeroIndex } from "./parts.ts";
import { timeSequence } from "./time-sequence.ts";

/** Parameters of lambdas that stand beside the user's columns, by names that no column has. */
const X = '"·x·"';
const I = '"·i·"';

/** Each element once, where it first stands; NULL and NaN are values like others. */
const distinct = (list: string) => `list_filter(${list}, lambda ${X}, ${I}: list_position(${list}, ${X}) = ${I})`;

const isIn = (list: string) => `list_position(${list}, ${X}) IS NOT NULL`;

const setOf =
  (choose: (left: string, right: string) => string): Template =>
  ([left, right]) =>
    eachOnce([left, right], (a, b) => {
      const list = '"·l·"';
      return `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN list_transform([${choose(a, b)}], lambda ${list}: ${distinct(list)})[1] END`;
    });

const overlap: Template = ([left, right]) =>
  eachOnce([left, right], (a, b) => {
    const hasNull = `(list_count(${a}) < len(${a}) OR list_count(${b}) < len(${b}))`;
    return `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN len(list_filter(${a}, lambda ${X}: ${X} IS NOT NULL AND ${isIn(b)})) > 0 THEN true WHEN len(${a}) > 0 AND len(${b}) > 0 AND ${hasNull} THEN NULL ELSE false END`;
  });

/** Beyond the end the list is filled up with NULLs, on either side. */
const insert: Template = ([list, position, value], call) =>
  eachOnce([list, position, value], (l, p, v) => {
    const type = duckdbType(call.result.type);
    const nulls = (count: string) => `list_resize(CAST([] AS ${type}), greatest(${count}, 0))`;
    const behind = `list_concat(${l}, ${nulls(`${p} - len(${l}) - 1`)}, [${v}])`;
    const within = (at: string) => `list_concat(${l}[1:${at} - 1], [${v}], ${l}[${at}:])`;
    const before = `list_concat([${v}], ${nulls(`abs(${p}) - len(${l}) - 1`)}, ${l})`;
    const at = `(len(${l}) + ${p} + 2)`;
    return `CASE WHEN ${l} IS NULL OR ${p} IS NULL THEN NULL WHEN ${p} = 0 THEN ${zeroIndex("array_insert")} WHEN ${p} > len(${l}) THEN ${behind} WHEN ${p} > 0 THEN ${within(p)} WHEN ${at} >= 1 THEN ${within(at)} ELSE ${before} END`;
  });

const sequence: Template = (all, call) => {
  const [start, stop, step] = all;
  if (isTime(start.type)) return timeSequence(all, call);
  const args = step === undefined ? [start, stop] : [start, stop, step];
  return eachOnce(args, (a, b, given) => {
    const by = given ?? `CASE WHEN ${a} <= ${b} THEN 1 ELSE -1 END`;
    const wrong =
      given === undefined
        ? ""
        : `WHEN (${given} = 0 AND ${a} <> ${b}) OR (${given} > 0 AND ${a} > ${b}) OR (${given} < 0 AND ${a} < ${b}) THEN error('[ILLEGAL_SEQUENCE_BOUNDARIES] sequence: the step ' || ${given} || ' does not lead from ' || ${a} || ' to ' || ${b} || '.') WHEN ${a} = ${b} THEN [${a}] `;
    const numbers = `generate_series(${a}, ${b}, ${by})`;
    const known = args.map((_, index) => `${[a, b, given][index]} IS NULL`).join(" OR ");
    return asResult(`CASE WHEN ${known} THEN NULL ${wrong}ELSE ${numbers} END`, call);
  });
};

const slice: Template = ([list, start, length]) =>
  eachOnce([list, start, length], (l, s, n) => {
    const from = `CASE WHEN ${s} < 0 THEN len(${l}) + ${s} + 1 ELSE ${s} END`;
    return `CASE WHEN ${l} IS NULL OR ${s} IS NULL OR ${n} IS NULL THEN NULL WHEN ${s} = 0 THEN ${raise("[INVALID_PARAMETER_VALUE] slice: the start counts from 1, or from the end if negative; it cannot be 0.")} WHEN ${n} < 0 THEN ${raise("[INVALID_PARAMETER_VALUE] slice: the length has to be 0 or more.")} WHEN ${from} < 1 OR ${n} = 0 THEN ${l}[1:0] ELSE ${l}[${from}:${from} + ${n} - 1] END`;
  });

const sortArray: Template = (args) => {
  const isAscending = args.length === 1 || literalText(args[1], "sort_array: ascending") === "true";
  return `list_sort(${args[0].text}, ${isAscending ? "'ASC', 'NULLS FIRST'" : "'DESC', 'NULLS LAST'"})`;
};

const arraySort: Template = (args) =>
  args.length > 1 ? sortedBy(args[0], args[1]) : `list_sort(${args[0].text}, 'ASC', 'NULLS LAST')`;

const tryElement: Template = ([from, key]) => {
  if (from.type.kind === "map") return `${from.operand}[${key.text}]`;
  return eachOnce(
    [from, key],
    (list, index) => `CASE WHEN ${index} = 0 THEN ${zeroIndex("try_element_at")} ELSE ${list}[${index}] END`,
  );
};

/** A map with these entries; an error for a key that is there twice, or NULL. */
const fromEntries = (entries: string) => `map_from_entries(${entries})`;

const mapFromArrays: Template = ([keys, values]) =>
  eachOnce([keys, values], (k, v) => `CASE WHEN ${k} IS NOT NULL AND ${v} IS NOT NULL THEN MAP(${k}, ${v}) END`);

const mapConcat: Template = (args, call) => {
  const some = args.map((arg) => `${arg.operand} IS NOT NULL`).join(" AND ");
  const entries = fromEntries(`list_concat(${args.map((arg) => `map_entries(${arg.text})`).join(", ")})`);
  return asResult(`CASE WHEN ${some} THEN ${entries} END`, call);
};

const strToMap: Template = (args) => {
  const between = (index: number, standard: string) => {
    const given = args[index];
    return given === undefined ? standard : literalText(given, "str_to_map: the separator");
  };
  const first = quoteText(`(?s)^(.*?)(?:${between(2, ":")})`);
  const entry = `{'key': CASE WHEN regexp_matches(${X}, ${first}) THEN regexp_extract(${X}, ${first}, 1) ELSE ${X} END, 'value': CASE WHEN regexp_matches(${X}, ${first}) THEN regexp_replace(${X}, ${first}, '') END}`;
  return fromEntries(
    `list_transform(str_split_regex(${args[0].text}, ${quoteText(between(1, ","))}), lambda ${X}: ${entry})`,
  );
};

const zip: Template = (args, call) =>
  eachOnce(args, (...lists) => {
    const fields = lists
      .map((list, index) => `${quoteText(zippedName(args[index]?.expression ?? NOTHING, index))}: ${list}[${X}]`)
      .join(", ");
    const some = lists.map((list) => `${list} IS NOT NULL`).join(" AND ");
    const longest = `greatest(${lists.map((list) => `len(${list})`).join(", ")})`;
    return asResult(
      `CASE WHEN ${some} THEN list_transform(generate_series(1, ${longest}), lambda ${X}: {${fields}}) END`,
      call,
    );
  });
const NOTHING = { kind: "literal", value: null, type: { kind: "void" } } as const;

const known = (arg: Arg, text: string) =>
  arg.nullable ? `CASE WHEN ${arg.operand} IS NOT NULL THEN ${text} END` : text;

export const arrayTemplates: Templates = {
  array_append: ([list, value]) => known(list, `list_concat(${list.text}, [${value.text}])`),
  array_prepend: ([list, value]) => known(list, `list_concat([${value.text}], ${list.text})`),
  array_compact: ([list]) => `list_filter(${list.text}, lambda ${X}: ${X} IS NOT NULL)`,
  array_distinct: ([list]) => eachOnce([list], distinct),
  array_except: setOf((a, b) => `list_filter(${a}, lambda ${X}: NOT (${isIn(b)}))`),
  array_intersect: setOf((a, b) => `list_filter(${a}, lambda ${X}: ${isIn(b)})`),
  array_union: setOf((a, b) => `list_concat(${a}, ${b})`),
  arrays_overlap: overlap,
  array_insert: insert,
  array_max: ([list]) => `list_max(${list.text})`,
  array_min: ([list]) => `list_min(${list.text})`,
  array_position: ([list, value], call) =>
    eachOnce([list, value], (l, v) =>
      asResult(`CASE WHEN ${l} IS NOT NULL AND ${v} IS NOT NULL THEN coalesce(list_position(${l}, ${v}), 0) END`, call),
    ),
  array_remove: ([list, value]) =>
    eachOnce(
      [list, value],
      (l, v) => `CASE WHEN ${v} IS NOT NULL THEN list_filter(${l}, lambda ${X}: ${X} IS DISTINCT FROM ${v}) END`,
    ),
  array_repeat: ([value, count], call) =>
    `list_resize(CAST([] AS ${duckdbType(call.result.type)}), CASE WHEN ${count.operand} < 0 THEN 0 ELSE ${count.text} END, ${value.text})`,
  array_size: ([list], call) => asResult(`len(${list.text})`, call),
  arrays_zip: zip,
  flatten: ([list]) => eachOnce([list], (l) => `CASE WHEN list_count(${l}) = len(${l}) THEN flatten(${l}) END`),
  sequence,
  slice,
  sort_array: sortArray,
  array_sort: arraySort,
  try_element_at: tryElement,
  create_map: (args) => {
    const side = (odd: number) => args.filter((_, index) => index % 2 === odd).map((arg) => arg.text);
    return `MAP([${side(0).join(", ")}], [${side(1).join(", ")}])`;
  },
  map_concat: mapConcat,
  map_contains_key: ([map, key]) => `list_contains(map_keys(${map.text}), ${key.text})`,
  map_from_arrays: mapFromArrays,
  map_from_entries: ([list]) =>
    eachOnce([list], (l) => `CASE WHEN list_count(${l}) = len(${l}) THEN ${fromEntries(l)} END`),
  str_to_map: strToMap,
};

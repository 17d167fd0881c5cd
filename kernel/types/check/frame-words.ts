/** What TypeScript says about frames, in the words of frames: it spells out types which nobody has written. */
export function inWordsOfFrames(message: string, text: string): string {
  // The error of a join is a type: its text.
  const [, clash] = /parameter of type '"(Both sides of the join .*)"'\.$/s.exec(message) ?? [];
  if (clash !== undefined) return clash.replaceAll('\\"', '"');
  if (/Both sides of the join have \$\{any\}/.test(message)) return unknownClash;
  const said = callbackGives(withoutSchemas(withoutKinds(withColumns(message)))) + habit(message);
  return said.replace(/(?: \| Condition)? \| readonly [^']*? => Condition\)/, "") + constant(said, text);
}

/** What a join says where it knows neither side's columns, as its condition is wrong. */
export const unknownClash =
  "The condition of the join is none: it is the name of a column of both sides, names, or (a, b) => a.x.eq(b.y).";

/** Which columns there are, where one is not. */
const withColumns = (message: string): string =>
  message
    .replace(/ on type 'Columns<(\{.*\})>'/s, (_, schema: string) => `: the columns are ${columnsIn(schema)}`)
    .replace(
      / on type 'Column<Struct<(\{.*?\})>(?: \| null)?, "([^"]*)"> & .*'(?=\. Did|\.$)/s,
      (_, schema: string, name: string) => `: the fields of ${name} are ${columnsIn(schema)}`,
    );

/** Of what a hover says about `agg`: the columns that its callback is given. */
export const columnsOfAgg = (hover: string): string => columnsIn(/Columns<(\{.*\})>\) =>/s.exec(hover)?.[1] ?? "");

/** The names in the text of a schema; TypeScript leaves out what is in the middle of a long one. */
function columnsIn(schema: string): string {
  let inner = schema.slice(1, -1);
  // Structs within structs.
  for (let before = ""; before !== inner; ) [before, inner] = [inner, inner.replaceAll(/\{[^{}]*\}/g, "")];
  const names = inner.matchAll(/(?:^|;)\s*(?:("(?:[^"\\]|\\.)*"|[\w$\p{L}]+):|\.\.\.)/gu);
  return Array.from(names, ([, name = "…"]) => name).join(", ");
}

/** SQL types differ in a property that only types have; what leads there is said in the first two lines. */
function withoutKinds(message: string): string {
  const lines = message.split("\n");
  return lines.some((line) => line.includes("'[kind]'")) ? lines.slice(0, 2).join("\n") : message;
}

const schema = String.raw`\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}`;
const columns = new RegExp(String.raw`\b(Columns|Channel)<${schema}>`, "g");
const frame = new RegExp(String.raw`\b(DataFrame|GroupedData)<${schema}(?:, ${schema})?>`, "g");
/** A frame's type is told in full where it is not longer. */
const longestFrame = 60;

/** The schema of the callback's parameter is the frame's, and long. */
const withoutSchemas = (message: string): string =>
  message
    .replaceAll(columns, "$1<…>")
    .replaceAll(frame, (type, name) => (type.length > longestFrame ? `${name}<…>` : type));

/** Of a callback that gives no column, TypeScript tells the types of the callback first. */
function callbackGives(message: string): string {
  const [, given] =
    /^Argument of type '\([^)]*: Columns<…>\) => (number|string|boolean|void|-?\d[\w.]*|"[^"\n]*"|true|false)' is not assignable to parameter of type '(?:[^\n]*Column<|")/.exec(
      message,
    ) ?? [];
  if (given === undefined) return message;
  if (given === "void") return "The callback gives nothing where a Column is wanted. Within braces it needs a return.";
  return `The callback gives ${/^[a-z]+$/.test(given) && !/^(?:true|false)$/.test(given) ? `a ${given}` : given} where a Column is wanted. A Column has methods (.plus(), .eq(), …), functions over columns are members of F, lit() makes a constant.`;
}

/** What does here what a property that a frame has not does elsewhere. */
function habit(message: string): string {
  if (/^Type '\([^']*\) => [^']*' is not assignable to type 'Column<any, any>'\.$/m.test(message))
    return " The callback stands around the object: f => ({ … }).";
  if (/^[^\n]*'DataFrame<\{[^{}]*: (?:number|string|boolean|bigint|Date)\b/.test(message))
    return ' A frame\'s columns have SQL types: import type { Sql } from "quern", and { amount: Sql.Double | null }.';
  const [, name = "", type = ""] =
    /^ *Property '([^']*)' does not exist on type 'DataFrame<(\{.*\})>'\./ms.exec(message) ?? [];
  if (type !== "" && columnsIn(type).split(", ").includes(name)) {
    return ` It is a column: f => f.${name}, "${name}" or col("${name}").`;
  }
  if (type !== "" && Object.hasOwn(elsewhere, name)) return ` ${elsewhere[name]}`;
  const isIterated = /^Type 'DataFrame<.*must have a '\[Symbol\.(?:asyncI|i)terator\]/s.test(message);
  return isIterated ? ` ${rowsInTurn}` : "";
}

const rowsInTurn = "Rows come one after the other: for await (const row of df.stream()).";
const asArray = "collect() gives the rows as an array: (await df.collect())";
const ofRows = `${asArray}.`;
const elsewhere: { readonly [name: string]: string } = {
  length: "count() gives the number of rows: await df.count().",
  size: "count() gives the number of rows: await df.count().",
  shape: "count() gives the number of rows, columns() the names of the columns; both are awaited.",
  as: "It is alias().",
  toArray: ofRows,
  rename: "It is withColumnRenamed() or withColumnsRenamed().",
  assign: "It is withColumns().",
  merge: "It is join().",
  query: "It is filter().",
  sort_values: "It is orderBy().",
  value_counts: "Rows are counted by groupBy().count().",
  unique: "It is distinct().",
  nunique: "Values are counted by agg((f) => ({ n: countDistinct(f.x) })).",
  toPandas: "collect() gives the rows, toArrow() a table of Arrow's.",
  iterrows: rowsInTurn,
  info: "printSchema() shows the columns and their types, summary() what is in them.",
  explode: "It is a function: select((f) => F.explode(f.x)).",
  ...Object.fromEntries(
    ["map", "forEach", "reduce", "find", "0"].map((name) => [
      name,
      `${asArray}${name === "0" ? "[0]" : `.${name}(…)`}.`,
    ]),
  ),
};

function constant(said: string, text: string): string {
  if (!/^Argument of type '[^']*' is not .* '(?:Column<any, any> \| \(\(f: |\(f: Columns<…>\) => Column<)/.test(said))
    return "";
  return /^(?:[\d."'`]|true$|false$|null$)/.test(text) ? ` Use lit(${text}) for a constant.` : "";
}

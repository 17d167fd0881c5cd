import type { Template, Templates, Unconverted } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { decimal, localTime, offset, plain, year } from "./json.ts";
import { once, part } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

type Format = { readonly separator: string; readonly nullText: string };

/**
 * A line of CSV as Spark writes it: without spaces around values, quoted where a value has a separator, a quote or the end of a
 * line in it; backslashes before quotes and backslashes that are quoted.
 */
const toCsv: Template = ([value, options]) => {
  const { type } = value;
  if (type.kind !== "struct") throw new Error("the table of functions takes structs alone");
  const format = formatOf(options);
  return once(value, (x) => {
    const fields = type.fields.map((field, index) =>
      fieldText(part(value, `struct_extract(${x}, ${quoteText(field.name)})`, field.type), index === 0, format),
    );
    const line = fields.join(` || ${quoteText(format.separator)} || `);
    // A line that would be empty is none.
    const written = fields.length === 1 ? `nullif(${line}, '')` : line;
    return `CASE WHEN ${x} IS NOT NULL THEN ${written} END`;
  });
};

function formatOf(options: Unconverted | undefined): Format {
  const given = options?.expression.kind === "call" ? options.expression.args : [];
  const texts = given.map((each) => (each.kind === "literal" ? String(each.value) : ""));
  const pairs = new Map(texts.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), texts[i + 1] ?? ""]] : [])));
  for (const [name, text] of pairs) {
    const isSeparator = (name === "sep" || name === "delimiter") && text.length === 1 && !/["\\#\r\n]/.test(text);
    if (!isSeparator && !(name === "nullvalue" && /^[\w.-]*$/.test(text)))
      throw sparkOnlyError(`to_csv with the option ${name}: "${text}"`, "DuckDB writes CSV as Spark does without it");
  }
  return { separator: pairs.get("sep") ?? pairs.get("delimiter") ?? ",", nullText: pairs.get("nullvalue") ?? "" };
}

function fieldText(field: Unconverted, isFirst: boolean, { separator, nullText }: Format): string {
  const trimmed = "regexp_replace(t, '^[\\x00-\\x20]+|[\\x00-\\x20]+$', '', 'g')";
  const sign = /[A-Za-z0-9]/.test(separator) ? separator : `\\x{${separator.codePointAt(0)?.toString(16)}}`;
  // What is taken away in front is not looked at, what is behind is; a first # would begin a comment.
  const isSpecial = `regexp_matches(regexp_replace(t, '^[\\x00-\\x20]+', ''), ${quoteText(`[${sign}"\\r\\n]`)})`;
  const isQuoted = isFirst ? `${isSpecial} OR starts_with(t, '#')` : isSpecial;
  const inQuotes = `'"' || replace(replace(${trimmed}, '\\', '\\\\'), '"', '\\"') || '"'`;
  const written = `CASE WHEN ${trimmed} = '' THEN '""' WHEN ${isQuoted} THEN ${inQuotes} ELSE ${trimmed} END`;
  return `coalesce(list_transform([${valueText(field)}], lambda t: ${written})[1], ${quoteText(nullText)})`;
}

function valueText(field: Unconverted): string {
  const { type, text: x } = field;
  switch (type.kind) {
    case "array":
    case "map":
    case "struct":
    case "binary":
    case "time":
      throw sparkOnlyError(`to_csv of a field of type ${type.kind}`, "DuckDB writes it otherwise");
    case "void":
      return "CAST(NULL AS VARCHAR)";
    case "date":
      return `${year(x)} || strftime(${x}, '-%m-%d')`;
    case "timestamp_ntz":
      return localTime(x);
    case "timestamp":
      return `${localTime(`CAST(${x} AS TIMESTAMP)`)} || ${offset(x)}`;
    case "decimal":
      return decimal(field, type.scale);
    default:
      return plain(field);
  }
}

export const csvTemplates: Templates = { to_csv: toCsv };

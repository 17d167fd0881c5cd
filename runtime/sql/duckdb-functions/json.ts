import { fieldName } from "../../plan/functions/collections.ts";
import { parseType } from "../../plan/type-names.ts";
import { ofVariant } from "../../plan/udf/udf.ts";
import { hasVariant } from "../../plan/variant-types.ts";
import type { Template, Templates, Unconverted } from "../dialect.ts";
import { duckdbCast } from "../duckdb-cast.ts";
import { quoteText } from "../duckdb-literal.ts";
import { once, part } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

/**
 * JSON as Spark's JacksonGenerator writes it by default: fields that are null are left out, null elements and values of
 * maps are not; numbers as Java writes them, what is not finite as text; times to milliseconds with the zone's offset.
 */
const toJson: Template = ([value, options]) => {
  if (hasVariant(value.type)) throw ofVariant("to_json");
  const keepsNulls = keepsNullFields(options);
  return once(value, (x) => json(part(value, x, value.type), keepsNulls));
};

/** The one option that DuckDB can do. */
function keepsNullFields(options: Unconverted | undefined): boolean {
  const pairs = options?.expression.kind === "call" ? options.expression.args : [];
  const texts = pairs.map((each) => (each.kind === "literal" ? String(each.value) : ""));
  const names = texts.filter((_, index) => index % 2 === 0);
  const other = names.find((name) => name.toLowerCase() !== "ignorenullfields");
  if (other !== undefined)
    throw sparkOnlyError(`to_json with the option "${other}"`, "DuckDB writes JSON as Spark does without it");
  return texts[1]?.toLowerCase() === "false";
}

/** Its VARIANTs are texts of JSON. */
const toJsonAround: Template = ([value, ddl, options]) => {
  const type = parseType(String(ddl.expression.kind === "literal" ? ddl.expression.value : ""));
  const keepsNulls = keepsNullFields(options);
  return once(value, (x) => json(part(value, x, type), keepsNulls));
};

/** The same of columns, which are the fields: a struct of a thousand would be taken apart a thousand times. */
const rowToJson: Template = (args) => {
  if (args.some(({ type }) => hasVariant(type))) throw ofVariant("to_json");
  const names = args.map(({ expression }, index) => fieldName(expression, index));
  return object(args.map((arg, index) => field(names[index] as string, part(arg, arg.text, arg.type), false)));
};

/** NULL of a null. */
function json(value: Unconverted, keepsNulls: boolean): string {
  const { type, text: x } = value;
  switch (type.kind) {
    case "struct": {
      const fields = type.fields.map((one) =>
        field(one.name, part(value, `struct_extract(${x}, ${quoteText(one.name)})`, one.type), keepsNulls),
      );
      return `CASE WHEN ${x} IS NOT NULL THEN ${object(fields)} END`;
    }
    case "array":
      return whole(
        x,
        "[",
        `list_transform(${x}, lambda item: ${orNull(part(value, "item", type.element), keepsNulls)})`,
        "]",
      );
    case "map": {
      const pair = `${keyText(part(value, "entry['key']", type.key))} || ':' || ${orNull(part(value, "entry['value']", type.value), keepsNulls)}`;
      return whole(x, "{", `list_transform(map_entries(${x}), lambda entry: ${pair})`, "}");
    }
    case "void":
      return "CAST(NULL AS VARCHAR)";
    case "variant":
      return x;
    case "string":
      return `CAST(to_json(${x}) AS VARCHAR)`;
    case "binary":
      return quoted(`to_base64(${x})`);
    case "date":
      return quoted(`${year(x)} || strftime(${x}, '-%m-%d')`);
    case "time":
    case "day_time_interval":
    case "year_month_interval":
    case "calendar_interval":
      return quoted(plain(value));
    case "timestamp_ntz":
      return quoted(localTime(x));
    case "timestamp":
      return quoted(`${localTime(`CAST(${x} AS TIMESTAMP)`)} || ${offset(x)}`);
    case "float":
    case "double":
      return `CASE WHEN isfinite(${x}) THEN ${plain(value)} ELSE ${quoted(plain(value))} END`;
    case "decimal":
      return decimal(value, type.scale);
    default:
      return plain(value);
  }
}

const field = (name: string, value: Unconverted, keepsNulls: boolean): string =>
  `${quoteText(`${JSON.stringify(name)}:`)} || ${keepsNulls ? orNull(value, true) : json(value, false)}`;

const object = (fields: readonly string[]): string => between("{", `[${fields.join(", ")}]`, "}");

/** Keys are what Java makes of Spark's own values: days, microseconds and months of dates, times and spans. */
function keyText(key: Unconverted): string {
  const { type, text: x } = key;
  switch (type.kind) {
    case "string":
      return json(key, false);
    case "decimal":
      return quoted(decimal(key, type.scale));
    case "date":
      return quoted(`CAST(${x} - DATE '1970-01-01' AS VARCHAR)`);
    case "timestamp":
    case "timestamp_ntz":
      return quoted(`CAST(epoch_us(${x}) AS VARCHAR)`);
    case "time":
      return quoted(`CAST(epoch_us(${x}) * 1000 AS VARCHAR)`);
    case "day_time_interval":
    case "year_month_interval":
      return quoted(`CAST(${x} AS VARCHAR)`);
    case "array":
    case "map":
    case "struct":
    case "binary":
      throw sparkOnlyError("to_json", `a map's keys of type ${type.kind} are written as Java writes them`);
    default:
      return quoted(plain(key));
  }
}

/** Java writes what is smaller than a millionth with an exponent: 1.20E-7, and zeros too. */
export function decimal(value: Unconverted, scale: number): string {
  const text = plain(value);
  if (scale <= 6) return text;
  const digits = "coalesce(nullif(ltrim(d, '-0.'), ''), '0')";
  const scientific = `CASE WHEN d[1] = '-' THEN '-' ELSE '' END || left(${digits}, 1) || CASE WHEN length(${digits}) > 1 THEN '.' || substr(${digits}, 2) ELSE '' END || 'E-' || CAST(${scale + 1} - length(${digits}) AS VARCHAR)`;
  return `list_transform([${text}], lambda d: CASE WHEN starts_with(ltrim(d, '-'), '0.000000') THEN ${scientific} ELSE d END)[1]`;
}

export const localTime = (x: string): string => `${year(x)} || strftime(${x}, '-%m-%dT%H:%M:%S.%g')`;

export const year = (x: string): string =>
  `CASE WHEN year(${x}) > 9999 THEN '+' WHEN year(${x}) < 0 THEN '-' ELSE '' END || format('{:04d}', abs(year(${x})))`;

/** Of the session's clocks from UTC. */
export const offset = (x: string): string =>
  `list_transform([(epoch_us(CAST(${x} AS TIMESTAMP)) - epoch_us(${x})) // 1000000], lambda o: CASE WHEN o = 0 THEN 'Z' ELSE CASE WHEN o < 0 THEN '-' ELSE '+' END || format('{:02d}:{:02d}', abs(o) // 3600, abs(o) // 60 % 60) || CASE WHEN o % 60 <> 0 THEN format(':{:02d}', abs(o) % 60) ELSE '' END END)[1]`;

const whole = (x: string, open: string, list: string, close: string): string =>
  `CASE WHEN ${x} IS NOT NULL THEN ${between(open, list, close)} END`;

/** The list's texts between brackets, those that are NULL left out. */
const between = (open: string, list: string, close: string): string =>
  `'${open}' || coalesce(array_to_string(${list}, ','), '') || '${close}'`;

const orNull = (value: Unconverted, keepsNulls: boolean): string => `coalesce(${json(value, keepsNulls)}, 'null')`;
const quoted = (text: string): string => `'"' || ${text} || '"'`;
export const plain = (value: Unconverted): string => duckdbCast(value, { kind: "string" }, "fail").text;

const orError: Template = ([struct]) =>
  once(struct, (x) => {
    const field = (name: string) => `struct_extract(${x}, '${name}')`;
    return `CASE WHEN ${field("error")} IS NULL THEN ${field("value")} ELSE error(${field("error")}) END`;
  });

export const jsonTemplates: Templates = { to_json: toJson, toJsonAround, rowToJson, orError };

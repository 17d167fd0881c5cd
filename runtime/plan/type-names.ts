import { AnalysisError } from "../errors.ts";
import { DAY_TIME_FIELDS, intervalType, intervalTypeName } from "./interval-types.ts";
import { didYouMean } from "./nearest.ts";
import { MAX_PRECISION, MAX_TIME_PRECISION } from "./numeric.ts";
import type { Field, Schema, SqlType } from "./types.ts";

/** A type as Spark's DDL writes it: "bigint", "decimal(10,2)", "array<string>", "struct<a:int>". */
export function typeName(type: SqlType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "time":
      return `time(${type.precision})`;
    case "day_time_interval":
    case "year_month_interval":
      return intervalTypeName(type);
    case "array":
      return `array<${typeName(type.element)}>`;
    case "map":
      return `map<${typeName(type.key)},${typeName(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${fieldName(field.name)}:${typeName(field.type)}`).join(",")}>`;
    default:
      return SIMPLE_NAMES[type.kind];
  }
}

/** Reads one type in Spark's DDL, ignoring case: "decimal(10,2)", "ARRAY<STRING>". Throws an AnalysisError. */
export function parseType(text: string): SqlType {
  const reader = new DdlReader(text);
  const type = reader.type();
  reader.end();
  return type;
}

/** Reads columns in Spark's DDL: "id LONG NOT NULL, name STRING, tags ARRAY<STRING>". Throws an AnalysisError. */
export function parseSchema(ddl: string): Schema {
  const reader = new DdlReader(ddl);
  const fields = reader.fields(undefined);
  reader.end();
  return fields;
}

const SIMPLE_NAMES = {
  boolean: "boolean",
  byte: "tinyint",
  short: "smallint",
  int: "int",
  long: "bigint",
  float: "float",
  double: "double",
  string: "string",
  binary: "binary",
  date: "date",
  timestamp: "timestamp",
  timestamp_ntz: "timestamp_ntz",
  calendar_interval: "interval",
  variant: "variant",
  void: "void",
} as const;

type SimpleKind = keyof typeof SIMPLE_NAMES;

const SYNONYMS: { readonly [name: string]: SimpleKind } = {
  ...Object.fromEntries(Object.entries(SIMPLE_NAMES).map(([kind, name]) => [name, kind as SimpleKind])),
  byte: "byte",
  short: "short",
  integer: "int",
  long: "long",
  real: "float",
  varchar: "string",
  char: "string",
  text: "string",
  timestamp_ltz: "timestamp",
};

const fieldName = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``);

/** A reader of Spark's DDL; every error names the position. */
class DdlReader {
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
  }

  fields(closing: ">" | undefined): Field[] {
    const fields: Field[] = [];
    if (this.peek() === (closing ?? "")) return fields;
    do fields.push(this.field(fields));
    while (this.accept(","));
    return fields;
  }

  type(): SqlType {
    const start = this.skipSpace();
    const name = this.word("a type").toLowerCase();
    if (name === "array") return this.inBrackets(() => ({ kind: "array", element: this.type() }));
    if (name === "map") return this.inBrackets(() => this.mapType());
    if (name === "struct") return this.inBrackets(() => ({ kind: "struct", fields: this.fields(">") }));
    if (name === "decimal" || name === "dec" || name === "numeric") return this.decimalType(start);
    if (name === "time") return this.timeType(start);
    if (name === "interval") return this.intervalType(start);
    const kind = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
    if (kind === undefined)
      throw this.error(start, `"${name}" is no type.${didYouMean(name, TYPE_WORDS)} Types: ${KNOWN_TYPES}`);
    if (kind === "string" && name !== "string" && name !== "text") this.numbers();
    return { kind } as SqlType;
  }

  end(): void {
    if (this.peek() !== "") throw this.error(this.position, `unexpected "${this.peek()}"`);
  }

  private field(earlier: readonly Field[]): Field {
    const start = this.skipSpace();
    const name = this.accept("`") ? this.quotedName(start) : this.word("a column name");
    if (earlier.some((field) => field.name.toLowerCase() === name.toLowerCase()))
      throw this.error(start, `the column "${name}" is there twice (case is ignored)`);
    this.accept(":");
    const type = this.type();
    const nullable = !this.acceptWords("not", "null");
    if (this.acceptWords("comment")) this.stringLiteral();
    return { name, type, nullable };
  }

  private mapType(): SqlType {
    const key = this.type();
    this.expect(",");
    return { kind: "map", key, value: this.type() };
  }

  private decimalType(start: number): SqlType {
    const [precision = 10, scale = 0] = this.numbers();
    if (precision < 1 || precision > MAX_PRECISION || scale > precision)
      throw this.error(
        start,
        `decimal(${precision},${scale}) cannot be: 1 <= precision <= 38, 0 <= scale <= precision`,
      );
    return { kind: "decimal", precision, scale };
  }

  private timeType(start: number): SqlType {
    const [precision = MAX_TIME_PRECISION] = this.numbers();
    if (precision > MAX_TIME_PRECISION)
      throw this.error(start, `time(${precision}) cannot be: a second has 0 to ${MAX_TIME_PRECISION} digits`);
    this.acceptWords("without", "time", "zone");
    return { kind: "time", precision };
  }

  private intervalType(start: number): SqlType {
    const first = this.match(/(?!(?:not|comment)\b)[\p{L}_][\p{L}\p{N}_]*/iuy)?.toLowerCase();
    if (first === undefined) return { kind: "calendar_interval" };
    const last = this.acceptWords("to") ? this.word("the last field of an interval").toLowerCase() : first;
    const type = intervalType(first, last);
    if (type !== undefined) return type;
    throw this.error(
      start,
      `there is no interval ${first} to ${last}: from ${DAY_TIME_FIELDS.join(", ")}, or from year, month`,
    );
  }

  private inBrackets(inner: () => SqlType): SqlType {
    this.expect("<");
    const type = inner();
    this.expect(">");
    return type;
  }

  private numbers(): number[] {
    if (!this.accept("(")) return [];
    const numbers: number[] = [];
    do numbers.push(Number(this.match(/\d+/y) ?? this.fail("a number")));
    while (this.accept(","));
    this.expect(")");
    return numbers;
  }

  private quotedName(start: number): string {
    const rest = /((?:[^`]|``)*)`/y;
    rest.lastIndex = this.position;
    const found = rest.exec(this.text);
    if (found?.[1] === undefined || found[1] === "")
      throw this.error(start, "a name in backticks is not closed or empty");
    this.position = rest.lastIndex;
    return found[1].replaceAll("``", "`");
  }

  private stringLiteral(): void {
    if (this.match(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"/y) === undefined) this.fail("a comment in quotes");
  }

  private word(expected: string): string {
    return this.match(/[\p{L}_][\p{L}\p{N}_]*/uy) ?? this.fail(expected);
  }

  private acceptWords(...words: readonly string[]): boolean {
    return this.match(new RegExp(`${words.join("\\s+")}\\b`, "iy")) !== undefined;
  }

  private accept(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.position++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.accept(sign)) this.fail(`"${sign}"`);
  }

  private peek(): string {
    return this.text.charAt(this.skipSpace());
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.skipSpace();
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private skipSpace(): number {
    while (/\s/.test(this.text.charAt(this.position))) this.position++;
    return this.position;
  }

  private fail(expected: string): never {
    const found = this.peek();
    throw this.error(this.position, `expected ${expected}, found ${found === "" ? "the end" : `"${found}"`}`);
  }

  private error(position: number, message: string): AnalysisError {
    return new AnalysisError(
      "BAD_TYPE_TEXT",
      `In the schema "${this.text}", at character ${position + 1}: ${message}.`,
    );
  }
}

const TYPE_WORDS = [...Object.keys(SYNONYMS), "decimal", "time", "array", "map", "struct"];
const KNOWN_TYPES = `${Object.values(SIMPLE_NAMES).join(", ")}, decimal(p,s), time(p), interval day to second, interval year to month, array<…>, map<…,…>, struct<…>`;

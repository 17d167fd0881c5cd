import { F, schema, types } from "../../../../runtime/index.ts";
import { differs, fails, missing, type Section } from "../example.ts";

const lax = {
  allowUnquotedFieldNames: true,
  allowNumericLeadingZeros: true,
  allowComments: true,
  allowUnquotedControlChars: true,
  allowBackslashEscapingAnyCharacter: true,
};
const s = (text: string) => F.lit(text);
const time = (text: string) => F.lit(JSON.stringify({ d: text, t: text, n: text }));
const times = "d DATE, t TIMESTAMP, n TIMESTAMP_NTZ";
const withFormat = (format: string) => ({ dateFormat: format, timestampFormat: format, timestampNTZFormat: format });

export const jsonValues: readonly Section[] = [
  {
    title: "Values of JSON",
    how: "select",
    input: "jsons",
    examples: [
      (c) => F.from_json(c.j, "a INT, b STRING"),
      (c) => F.from_json(c.j, "a STRING, b STRING, c STRING, d STRING"),
      (c) => F.from_json(c.j, "a BIGINT, b DOUBLE, c SMALLINT, d BOOLEAN"),
      (c) => F.from_json(c.j, "a TINYINT, b SMALLINT, c INT, d BIGINT"),
      (c) => F.from_json(c.j, "a DECIMAL(10,2), b DECIMAL(38,0), c DECIMAL(5,1), d DECIMAL(38,38)"),
      (c) => F.from_json(c.j, "a FLOAT, b DOUBLE, e FLOAT"),
      (c) => F.from_json(c.j, "a STRUCT<b: ARRAY<INT>>, b ARRAY<INT>"),
      (c) => F.from_json(c.j, "a STRUCT<b: ARRAY<STRING>>, b ARRAY<ARRAY<INT>>"),
      (c) => F.from_json(c.j, "a ARRAY<INT>, b MAP<STRING, STRING>"),
      (c) => F.from_json(c.j, "b ARRAY<STRUCT<a: INT>>"),
      (c) => F.from_json(c.j, "a INT, _corrupt_record STRING"),
      (c) => F.from_json(c.j, "bad STRING, a STRUCT<b: STRING>", { columnNameOfCorruptRecord: "bad" }),
      (c) => F.from_json(c.j, "array<int>"),
      (c) => F.from_json(c.j, "array<string>"),
      (c) => F.from_json(c.j, "array<array<int>>"),
      (c) => F.from_json(c.j, "array<struct<a:int,b:string>>"),
      (c) => F.from_json(F.when(c.i.ne(7), c.j), "map<string,string>", { mode: "permissive" }),
      (c) => F.from_json(c.j, "a INT, `é` INT, b STRING", lax),
      (c) => F.from_json(c.j, "a STRING", { allowSingleQuotes: false, allowNonNumericNumbers: false }),
      (c) => F.from_json(c.j, schema({ a: types.int.notNull(), b: types.array(types.long) })),
      (c) => F.from_json(c.j, "a INT NOT NULL, b STRUCT<k: INT NOT NULL>").getField("b"),
      (c) => F.to_json(F.from_json(c.j, "a STRING, b STRING")),
      (c) => F.when(F.json_array_length(c.j).gt(1), F.from_json(c.j, "array<string>", { mode: "FAILFAST" })),
      () => F.from_json(F.lit(null).cast("string"), "a INT"),
      (c) =>
        F.from_json(F.concat(c.j, F.lit("")), "a INT")
          .getField("a")
          .plus(1),
    ],
  },
  {
    title: "Single values of JSON",
    how: "select",
    input: "truths",
    examples: [
      () => F.from_json(time("2024-02-29"), times),
      () => F.from_json(time("2024-02-29T10:11:12.123456789"), times),
      () => F.from_json(time("2024-02-29 10:11:12+01:30"), times),
      () => F.from_json(time("2024-02-29 10:11:12 America/New_York"), times),
      () => F.from_json(time("2024-03-31 02:30:00"), times),
      () => F.from_json(time("2024-10-27 02:30:00"), times),
      () => F.from_json(time("2024-02-30"), times),
      () => F.from_json(time("19000"), times),
      () => F.from_json(time(""), times),
      () => F.from_json(s('{"t":1709200000,"d":1,"n":2}'), times),
      () => F.from_json(time("29/02/2024"), times, withFormat("dd/MM/yyyy")),
      () => F.from_json(time("2024-02-29"), times, withFormat("dd/MM/yyyy")),
      () => F.from_json(time("20240229101112"), times, withFormat("yyyyMMddHHmmss")),
      () => F.from_json(time("2/9/24"), times, withFormat("d/M/yy")),
      () => F.from_json(time("29 feb 2024 01:02 pm"), times, withFormat("d MMM yyyy hh:mm a")),
      () => F.from_json(time("2024-02-29T10:11:12.5+0100"), times, withFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZ")),
      () => F.from_json(time("2024-02-29T10:11:12Z"), times, withFormat("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX]")),
      () => F.from_json(time("2024-02-29 10:11:12"), times, { timeZone: "Asia/Tokyo" }),
      missing("letters", () => F.from_json(time("Thursday 29.02.2024"), "d STRING", withFormat("EEEE dd.MM.yyyy"))),
      () => F.from_json(s('{"b":"aGk="}'), "b BINARY"),
      () => F.from_json(s('{"b":"aGk"}'), "b BINARY"),
      () => F.from_json(s('{"a":"1,234.5","b":-0.005,"c":"1e3"}'), "a DECIMAL(10,1), b DECIMAL(5,2), c DECIMAL(5,0)"),
      () =>
        F.from_json(
          s('{"x":{"y":[{"z":{"k":1}},{"z":{"k":"bad"}}]}}'),
          "x STRUCT<y: ARRAY<STRUCT<z: MAP<STRING,INT>>>>",
        ),
      () => F.from_json(s('{"a":1}'), "array<struct<a:int>>"),
      () => F.from_json(s('{"a":{"b":1},"c":{"b":"x"}}'), "map<string,struct<b:int>>"),
      differs("a key twice, which DuckDB's maps have not, is an error", () =>
        F.from_json(s('{"a":1,"a":2}'), "map<string,int>"),
      ),
      fails("MALFORMED_RECORD_IN_PARSING", () => F.from_json(s('{"a":"x"}'), "a INT", { mode: "FAILFAST" })),
      fails("MALFORMED_RECORD_IN_PARSING", () => F.from_json(s("[1]"), "a INT", { mode: "failfast" })),
      fails("PARSE_MODE_UNSUPPORTED", () => F.from_json(s("{}"), "a INT", { mode: "DROPMALFORMED" })),
      () => F.schema_of_json('{"a":1,"b":[{"c":"x","a b":1.5},{"d":null}],"e":12345678901234567890,"f":[]}'),
      () => F.schema_of_json('[1,2.5,"x"]'),
      () => F.schema_of_json("[1,12345678901234567890123]"),
      () => F.schema_of_json("[{},{}]"),
      () => F.schema_of_json("null"),
      () => F.schema_of_json(""),
      () => F.schema_of_json("'x'"),
      () => F.schema_of_json('{"a":true,"b":1}', { primitivesAsString: true }),
      () => F.schema_of_json('{"a":null,"b":[],"c":1}', { dropFieldIfAllNull: true }),
      missing("options", () => F.schema_of_json('{"a":1.5}', { prefersDecimal: true })),
    ],
  },
];

import { F, schema, types } from "../../../../runtime/index.ts";
import { fails, missing, named, type OfColumns, type Section } from "../example.ts";

const texts = [
  "a,b",
  'a"b',
  '"',
  "a\\b",
  'a\\"b',
  "x\\,y",
  "a\nb",
  "a\r",
  "\na",
  "a\n",
  " a ",
  "\t",
  "  #c",
  "#c",
  "\u00a0a\u00a0",
  "\u0001a\u001f",
  "é👍;",
];

const lines: readonly string[] = [
  "",
  " ",
  "1,a",
  "x,a,3",
  "1",
  "1,a,b",
  ",",
  "1,",
  " 1 , a ",
  '"1","a,b"',
  '1,"a\\"b"',
  '1,"a\\\\b" ',
  '1,""',
  '1,a"b',
  "+7,é👍",
  "007,#c",
  "1.0,a",
  "2147483648,\\",
  "1,a\nb",
];
const many = "a DATE, b TIMESTAMP, c TIMESTAMP_NTZ, d DOUBLE, e FLOAT, f DECIMAL(6,2), g BOOLEAN, h TINYINT, i BINARY";
const values: readonly string[] = [
  "2024-02-29,2024-02-29 10:11:12.5,2024-02-29T10:11,1.5f,-Inf,1.255,TRUE,-128,x",
  '2024-2-9,2024-02-29T10:11:12+05:30,2024-02-29, 2 ,NaN,"1,234",false,128,é',
  "2024-02-30,x,2024-02-29Z,0x10,Inf,12345,yes,1.0,",
  "20240229,100,,.5,5.,-1e3,1, 1,null",
];

const inferred: readonly string[] = [
  "1",
  ",",
  "1,,2",
  "2147483648,-2147483648,9223372036854775808,12345678901234567890123456789012345678,123456789012345678901234567890123456789",
  "1.5,1.0,1e3,1E-3,.5,5.,1d,1.5f, 1, 1.5 ",
  '1e40,1e400,+5,-5,00012,--5,1_000,"1,000"',
  "NaN,Inf,-Inf,Infinity,-Infinity,inf,nan",
  "true,FALSE,True,t,yes",
  "2024,2024-06,2024-06-01,2024-6-1,2024-06-01 10:00:00,2024-06-01T10:00:00,2024-06-01T10:00:00Z,2024-06-01 10:00",
  "2024-06-01 10:00:00.123456,2024-06-01T10:00:00+02:00,2024-06-01 10:00:00 Europe/Berlin,10:00:00,T10:00",
  "2024-06-01 x,2024-06-01Tx,2024-06-31,2024-06-01x,01/06/2024,20240601, 2024-06-01 ,2024-06-01 ",
  "0001-01-01,12345-01-01,+2024-01-01,-2024-01-01,24-01-01,today,epoch",
  '"a","",null,NULL,"1"," 2"',
  "1,\n2",
  "0,00,-0,1e0,10e-1,1.50e1,1e2,12e37,1e38,0e0,12.e+00",
  "2024-06-01T10:00:00.5,2024-06-01T10,2024-06-01 1:2:3,2024-06-01 24:00:00",
];
const options: readonly (readonly [line: string, options: { readonly [name: string]: string | boolean }])[] = [
  ["a|1", { delimiter: "|" }],
  ["x,1", { nullValue: "x" }],
  ["1,x", { header: true, inferSchema: false }],
  ["2024-06-01,01/06/2024", { dateFormat: "dd/MM/yyyy" }],
  ["2024-06-01,01/06/2024,2024-06-01 10:00:00", { preferDate: false }],
  ["01/06/2024 10:00,2024-06-01 10:00:00", { timestampFormat: "dd/MM/yyyy HH:mm" }],
  ["01/06/2024 10:00,2024-06-01 10:00:00", { timestampNTZFormat: "dd/MM/yyyy HH:mm" }],
  [" 1, x", { ignoreLeadingWhiteSpace: true }],
  ["?,1", { nanValue: "?" }],
];

export const csv: readonly Section[] = [
  {
    title: "Lines of CSV",
    how: "select",
    input: "maps",
    examples: [
      (c) => F.to_csv(c.r),
      (c) => F.to_csv(F.struct(c.w)),
      (c) => F.to_csv(F.struct(c.w, c.w.alias("x"))),
      (c) => F.to_csv(F.struct(c.r.getField("y").alias("y"))),
      (c) => F.to_csv(F.struct(c.r.getField("odd name").alias("d"), c.i, F.lit(true).alias("b"))),
      ...texts.flatMap((text) => [
        named(`F.to_csv(F.struct(F.lit(${JSON.stringify(text)}), c.i))`, (c: any) =>
          F.to_csv(F.struct(F.lit(text).alias("a"), c.i)),
        ),
        named(`F.to_csv(F.struct(c.i, F.lit(${JSON.stringify(text)})))`, (c: any) =>
          F.to_csv(F.struct(c.i, F.lit(text).alias("a"))),
        ),
        named(`F.to_csv(F.struct(c.i, F.lit(${JSON.stringify(text)})), { sep: ";" })`, (c: any) =>
          F.to_csv(F.struct(c.i, F.lit(text).alias("a")), { sep: ";" }),
        ),
      ]),
      (c) => F.to_csv(c.r, { sep: ".", nullValue: "none" }),
      (c) => F.to_csv(c.r, { delimiter: "\t" }),
      (c) => F.to_csv(F.struct(c.i, F.lit("\ta\t").alias("a"), F.lit("\t").alias("b")), { sep: "\t" }),
      (c) => F.to_csv(F.struct(F.lit(null).alias("n"), c.i)),
      missing("options", (c) => F.to_csv(c.r, { quoteAll: true })),
      missing("nested fields", (c) => F.to_csv(F.struct(c.m))),
    ],
  },
  {
    title: "Dates and times in lines of CSV",
    how: "select",
    input: "times",
    examples: [(c) => F.to_csv(F.struct(c.t, c.z, c.u))],
  },
  {
    title: "Numbers in lines of CSV",
    how: "select",
    input: "decimals",
    examples: [
      (c) => F.to_csv(F.struct(c.a, c.b, c.c, c.m, c.z, c.w)),
      (c) => F.to_csv(F.struct(c.a.cast("double"), c.b.cast("float"), c.z.cast("decimal(20,10)"))),
    ],
  },
  {
    title: "Whole numbers and days in lines of CSV",
    how: "select",
    input: "dates",
    examples: [(c) => F.to_csv(F.struct(c.i, c.d))],
  },
  {
    title: "Types of lines of CSV",
    how: "select",
    input: "truths",
    examples: [
      ...inferred.map((line) =>
        named<OfColumns>(`F.schema_of_csv(${JSON.stringify(line)})`, () => F.schema_of_csv(line)),
      ),
      ...options.map(([line, given]) =>
        named<OfColumns>(`F.schema_of_csv(${JSON.stringify(line)}, ${JSON.stringify(given)})`, () =>
          F.schema_of_csv(line, given),
        ),
      ),
      missing("options", () => F.schema_of_csv("1.5", { locale: "de-DE" })),
      missing("options", () => F.schema_of_csv("'a'", { quote: "'" })),
    ],
  },
  {
    title: "Values of CSV",
    how: "select",
    input: "truths",
    examples: [
      ...lines.flatMap((line) => [
        named(`F.from_csv(F.lit(${JSON.stringify(line)}), "a INT, b STRING")`, () =>
          F.from_csv(F.lit(line), "a INT, b STRING"),
        ),
        named(`F.from_csv(F.lit(${JSON.stringify(line)}), "a STRING, _corrupt_record STRING, b STRING")`, () =>
          F.from_csv(F.lit(line), "a STRING, _corrupt_record STRING, b STRING"),
        ),
      ]),
      ...values.map((line) =>
        named(`F.from_csv(F.lit(${JSON.stringify(line)}), many)`, () => F.from_csv(F.lit(line), many)),
      ),
      () => F.from_csv(F.lit("1;-"), "a INT, b STRING", { sep: ";", nullValue: "-" }),
      () => F.from_csv(F.lit("1||b"), "a INT, b STRING", { sep: "||" }),
      () =>
        F.from_csv(F.lit(' 1 , "b" '), "a INT, b STRING", {
          ignoreLeadingWhiteSpace: true,
          ignoreTrailingWhiteSpace: true,
        }),
      () => F.from_csv(F.lit("29/02/2024"), "a DATE", { dateFormat: "dd/MM/yyyy" }),
      () => F.from_csv(F.lit(null).cast("string"), "a INT"),
      () => F.from_csv(F.lit("1,b"), schema({ a: types.int, b: types.string })),
      (c) => F.when(c.i.lt(0), F.from_csv(F.lit("x"), "a INT", { mode: "FAILFAST" })),
      fails("MALFORMED_RECORD_IN_PARSING", () => F.from_csv(F.lit("x"), "a INT", { mode: "FAILFAST" })),
      fails("PARSE_MODE_UNSUPPORTED", () => F.from_csv(F.lit("1"), "a INT", { mode: "DROPMALFORMED" })),
      fails("UNSUPPORTED_DATATYPE", () => F.from_csv(F.lit("1"), "a ARRAY<INT>")),
      missing("options", () => F.from_csv(F.lit("1,'a,b'"), "a INT, b STRING", { quote: "'" })),
    ],
  },
];

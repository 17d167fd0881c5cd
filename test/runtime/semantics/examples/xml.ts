import { F, schema, types } from "../../../../runtime/index.ts";
import { missing, type Section } from "../example.ts";

const xml = "DuckDB reads no XML";
const a = F.lit("<a id='7'><b>1</b><b>x</b></a>");

export const xmlExamples: readonly Section[] = [
  {
    title: "XML",
    how: "select",
    input: "maps",
    examples: [
      missing(xml, () => F.xpath(a, "a/b/text()")),
      missing(xml, () => F.xpath_boolean(a, "a/b")),
      missing(xml, () => F.xpath_double(a, "sum(a/b)")),
      missing(xml, () => F.xpath_float(a, "a/b")),
      missing(xml, () => F.xpath_int(a, "a/@id")),
      missing(xml, () => F.xpath_long(a, "count(a/b)")),
      missing(xml, () => F.xpath_number(a, "a/b")),
      missing(xml, () => F.xpath_short(a, "a/@id")),
      missing(xml, () => F.xpath_string(a, "a/b")),
      missing(xml, () => F.from_xml(a, "b ARRAY<STRING>")),
      missing(xml, () => F.from_xml(a, schema({ b: types.array(types.string) }), { mode: "FAILFAST" })),
      missing(xml, (c) => F.to_xml(c.q, { rowTag: "q" })),
      missing(xml, () => F.schema_of_xml("<p><a>1</a></p>")),
      missing("Java", (c) => F.reflect("java.lang.Math", "abs", c.i)),
      missing("Java", (c) => F.try_reflect("java.net.URLDecoder", "decode", F.concat(F.lit("%"), c.w))),
      missing("Java", () =>
        F.java_method("java.util.UUID", "fromString", F.lit("a5cf6c42-0c85-418f-af6c-3e4e5b1328f2")),
      ),
      missing("Spark's session", () => F.current_path()),
      missing("Hadoop's blocks", () => F.input_file_block_start()),
      missing("Hadoop's blocks", () => F.input_file_block_length()),
    ],
  },
];

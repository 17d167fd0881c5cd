import { Decimal } from "decimal.js";
import { F, schema, types } from "../../../../runtime/index.ts";
import { missing, type Section } from "../example.ts";

const { col } = F;
const keys = "Java's names of arrays and bytes as keys";

export const json: readonly Section[] = [
  {
    title: "JSON of maps and structs",
    how: "select",
    input: "maps",
    examples: [
      (c) => F.to_json(c.m),
      (c) => F.to_json(c.k),
      (c) => F.to_json(c.r),
      (c) => F.to_json(c.q),
      (c) => F.to_json(F.struct(c.m, c.q, c.r, c.w.alias('say "Ä"'))),
      (c) => F.to_json(F.array(c.q, c.q)),
      (c) => F.to_json(F.create_map(F.lit(new Decimal("0.00000012")), c.w)),
      (c) => F.to_json(F.create_map(F.lit(1.5e10), c.w)),
      (c) => F.to_json(F.create_map(F.lit(true), F.array(c.w))),
      (c) => F.to_json(F.create_map(F.lit(Temporal.PlainDate.from("1969-12-30")), c.w)),
      (c) => F.to_json(F.create_map(F.lit(Temporal.Instant.from("1969-12-31T23:59:59.999999Z")), c.w)),
      missing(keys, (c) => F.to_json(F.create_map(F.array(c.i), c.w))),
      (c) => F.to_json(F.struct(F.to_json(c.r).alias("json"))),
      (c) => F.to_json(c.q, { ignoreNullFields: false }),
      (c) => F.to_json(F.struct(c.m, c.r, c.w), { ignorenullfields: "false" }),
      (c) => F.to_json(c.r, { ignoreNullFields: true }),
      missing("Java's layout", (c) => F.to_json(c.q, { pretty: true })),
      (c) => F.from_json(F.to_json(c.r), "x INT, y STRING", { mode: "FAILFAST" }),
      (c) => F.from_json(c.w, schema({ x: types.int }), { mode: "PERMISSIVE" }),
      (c) => F.to_csv(c.r, { sep: ";", nullValue: "-" }),
      (c) => F.from_csv(c.w, "x STRING, y INT", { sep: "|" }),
      () => F.schema_of_csv("1;a", { sep: ";" }),
      () => F.schema_of_json("{a: 01}", { allowUnquotedFieldNames: true, allowNumericLeadingZeros: true }),
    ],
  },
  {
    title: "JSON of arrays",
    how: "select",
    input: "lists",
    examples: [
      (c) => F.to_json(c.a),
      (c) => F.to_json(c.s),
      (c) => F.to_json(c.d),
      (c) => F.to_json(c.n),
      (c) => F.to_json(F.transform(c.n, (x: any) => F.struct(x.alias("x")))),
      () => F.to_json(F.array(F.lit(null))),
    ],
  },
  {
    title: "Rows as JSON",
    how: "frames",
    examples: [
      (f) => f.integers.toJSON(),
      (f) => f.doubles.toJSON(),
      (f) => f.decimals.toJSON(),
      (f) => f.texts.toJSON(),
      (f) => f.dates.toJSON(),
      (f) => f.times.toJSON(),
      (f) => f.lists.toJSON(),
      (f) => f.maps.toJSON(),
      (f) => f.truths.toJSON(),
      (f) => f.empty.toJSON(),
      (f) => f.left.select(F.lit(null).alias("n"), col("s").alias("a.b")).toJSON(),
      (f) => f.money.select((c) => ({ x: c.x.cast("decimal(38,30)"), y: c.b.cast("decimal(38,7)") })).toJSON(),
      (f) =>
        f.texts
          .select((c) => [F.concat(F.chr(F.lit(1)), F.lit("\u0000\u001f\u007f\u2028/\t\b\f"), c.s).alias("s")])
          .toJSON(),
    ],
  },
];

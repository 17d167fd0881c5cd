import { F } from "../../../../runtime/index.ts";
import { missing, type Section } from "../example.ts";

const several = (c: any) => F.array(c.j, F.lit('{"a":1,"b":[2,3]}'), F.lit(null), c.p, F.lit("[4]"));

export const jsonCallbacks: readonly Section[] = [
  {
    title: "JSON in callbacks over arrays",
    how: "select",
    input: "jsons",
    examples: [
      (c) => F.transform(several(c), (x) => F.get_json_object(x, "$.a")),
      (c) => F.transform(several(c), (x) => F.get_json_object(F.upper(x), "$.A")),
      (c) => F.transform(several(c), (x, i) => F.concat(i, F.get_json_object(x, "$.b[0]"))),
      (c) => F.transform(several(c), (x) => F.coalesce(F.get_json_object(x, "$.a"), F.get_json_object(x, "$[0]"), x)),
      (c) => F.transform(several(c), (x) => F.from_json(x, "a STRING, b ARRAY<INT>").getField("b")),
      (c) => F.transform(several(c), (x) => F.json_array_length(x)),
      (c) => F.transform(several(c), (x) => F.json_object_keys(x)),
      (c) => F.transform(several(c), () => F.get_json_object(c.j, "$.a")),
      (c) => F.filter(several(c), (x) => F.get_json_object(x, "$.a").isNotNull()),
      (c) => F.filter(several(c), (x, i) => F.json_array_length(x).isNull().and(i.gt(0))),
      (c) => F.exists(several(c), (x) => F.get_json_object(x, "$.a").eq("1")),
      (c) => F.forall(several(c), (x) => F.json_array_length(x).isNull()),
      (c) =>
        F.transform(
          F.filter(several(c), (x) => x.isNotNull()),
          (x) => F.get_json_object(x, "$.b"),
        ),
      (c) =>
        F.transform(
          F.transform(several(c), (x) => F.get_json_object(x, "$.b")),
          (x) => F.get_json_object(x, "$[1]"),
        ),
      (c) => F.transform(several(c), (x) => F.transform(F.array(c.i), (y) => F.concat(y, F.get_json_object(x, "$.a")))),
      (c) => F.transform(F.when(c.i.gt(3), several(c)), (x) => F.get_json_object(x, "$.a")),
      () => F.transform(F.array().cast("array<string>"), (x) => F.get_json_object(x, "$.a")),
      () => F.transform(F.split(F.lit("1|2|$3"), "[|]"), (x) => F.try_to_number(x, "$9")),
      missing("callback", (c) =>
        F.aggregate(several(c), F.lit(""), (s, x) => F.concat(s, F.get_json_object(x, "$.a"))),
      ),
      missing("callback", (c) =>
        F.transform(F.array(several(c)), (l) => F.transform(l, (x) => F.get_json_object(x, "$.a"))),
      ),
    ],
  },
];

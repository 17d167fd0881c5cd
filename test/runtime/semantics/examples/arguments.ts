import type { Section } from "../example.ts";

/** The forms in which PySpark's methods take their arguments. */
export const forms: readonly Section[] = [
  {
    title: "Arguments as PySpark has them",
    how: "frames",
    examples: [
      (f) => f.left.sample(false, 1, -5),
      (f) => f.left.sample(true, 0, 7),
      (f) => f.empty.sample(true, 2.5, 7),
      (f) => f.left.sampleBy("s", { a: 1, "": 1 }, -1),
      (f) => f.left.unionByName(f.right, true),
      (f) => f.left.unionByName(f.empty, false),
      (f) => f.left.na.drop("any", 4),
      (f) => f.left.na.drop("all", null, ["k", "v"]),
      (f) =>
        f.left.na.replace(
          new Map<any, any>([
            [1, 100],
            [2, null],
          ]),
        ),
      (f) => f.left.na.replace({ 1: 100, 1.5: 7 }, ["k", "d"]),
      (f) => f.left.na.replace({ a: null, 1: null }),
      (f) => f.truths.na.replace({ true: false }),
      (f) => f.left.na.replace([null], [0], "k"),
      (f) => f.left.select("k", "s").summary("approx_count_distinct", "min"),
      (f) => f.empty.select("s").summary("approx_count_distinct", "max"),
    ],
  },
];

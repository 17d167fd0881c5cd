/** What a Spark server does not do, with the reason. */
export const duckdbOnly: { readonly [name: string]: string } = {
  udf: "functions of TypeScript, which a Spark server does not run",
};

/** Why Quern has no function of a name: the first rule that its name matches. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(hll|kll|theta|tuple)_|^count_min_sketch$/, "sketches, whose bytes only Spark reads"],
  [/^st_/, "the geospatial types"],
  [
    /udf|udtf|udt$|^(Analyze|Arrow|Pandas|User|Skip|Ordering|Partitioning|Selected)/,
    "user-defined functions of Python; for TypeScript's see `udf`",
  ],
  [/^(years|months|days|hours|bucket)$/, "partitions of tables, for `writeTo`"],
  [/^collat/, "collations"],
  [/^(broadcast)$/, 'a hint for joins: `df.hint("broadcast")`'],
];

export const reasonWithout = (name: string): string =>
  reasons.find(([pattern]) => pattern.test(name))?.[1] ?? "not yet";

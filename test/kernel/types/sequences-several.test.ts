import { sequences } from "../../helpers/cell-sequences.ts";

const frames = "const f = createDataFrame([{ a: 1, b: 'x' }]), w = createDataFrame([{ a: 2, c: 1.5 }])";

sequences("what only the run shows: one of several frames, names in variables", {
  "one of two frames that have a column in common": [
    [frames],
    ["const g = Date.now() > 0 ? f : w; await g.filter((r) => r.a.gt(0)).count()", "1"],
    ["(await g.select('a').collect())[0].a", "1"],
    ["const h = Math.random() < 2 ? w : f; h.drop('a').columns()", "[ 'c' ]"],
    ["h.groupBy('a').count().columns()", "[ 'a', 'count' ]"],
    ["h.withColumn('z', (r) => r.a.plus(1)).orderBy('z').columns()", "[ 'a', 'c', 'z' ]"],
    ["h.withColumnRenamed('a', 'z').columns()", "[ 'z', 'c' ]"],
    ["h.join(f, 'a', 'left').columns()", "[ 'a', 'c', 'b' ]"],
  ],
  "one of two frames that a function gives": [
    [frames],
    ["const pick = (name: string) => (name === 'f' ? f : w)"],
    ["pick('w').select('c').columns()", "[ 'c' ]"],
    ["pick('w').limit(1).distinct().select(['a', 'c']).columns()", "[ 'a', 'c' ]"],
    ["pick('w').select((r) => ({ z: r.c.plus(1) })).columns()", "[ 'z' ]"],
    ["pick('w').drop(['c']).withColumnRenamed('a', 'z').columns()", "[ 'z' ]"],
    ["await pick('w').na.drop(['c']).count()", "1"],
    ["[f, w].at(1)!.select(['c']).columns()", "[ 'c' ]"],
    ["[f, w][1].select('c').columns()", "[ 'c' ]"],
    [
      "f.union(f).limit(1).select('c')",
      '1:28 TS2769 Argument of type \'"c"\' is not assignable to parameter of type \'"a" | "b"\'.',
    ],
  ],
  "frames in a list": [
    [frames],
    ["for (const d of [f, w]) console.log(await d.filter((r) => r.a.gt(1)).count())", "0\n1"],
    ["for (const [name, d] of Object.entries({ f, w })) console.log(name, await d.orderBy('a').count())", "f 1\nw 1"],
    ["[f, w].reduce((x, y) => x.unionByName(y, { allowMissing: true })).columns()", "[ 'a', 'b', 'c' ]"],
  ],
  "a column that one of them does not have": [
    [frames],
    [
      "for (const d of [f, w]) await d.select('b').count()",
      'AnalysisError: Column "b" is not in the frame. Columns: a, c.',
    ],
  ],
  "what is no method of any is an error": [
    [frames],
    [
      "const g = Date.now() > 0 ? f : w; g.pivott()",
      "1:37 TS2339 Property 'pivott' does not exist on type 'DataFrame<…> | DataFrame<…>'.…",
    ],
  ],
  "names in variables": [
    [frames],
    ["let names = ['a']; f.dropna(names).columns()", "[ 'a', 'b' ]"],
    ["f.na.drop(names).columns()", "[ 'a', 'b' ]"],
    ["f.fillna(0, names).columns()", "[ 'a', 'b' ]"],
    ["f.na.replace(1, 2, names).columns()", "[ 'a', 'b' ]"],
    ["let how = 'left'; f.join(w, 'a', how).columns()", "[ 'a', 'b', 'c' ]"],
    ["let name = 'a'; f.withColumnRenamed(name, 'z').columns()", "[ 'z', 'b' ]"],
    ["f.dropna(['q'])", `1:11 TS2769 Type '"q"' is not assignable to type '"a" | "b"'.`],
  ],
});

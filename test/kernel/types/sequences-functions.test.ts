import { sequences } from "../../helpers/cell-sequences.ts";

sequences("functions of the user's own, and what they give", {
  "a udf whose function takes null says what becomes of NULL": [
    [
      "const shout = udf((s: string | null) => (s ?? 'none').toUpperCase(), 'STRING')",
      '1:15 TS2554 The function takes null. Say whether it is called with NULL, udf(…, { nulls: "pass" }), or NULL goes around it, { nulls: "skip" }.',
    ],
    ["const shout = udf((s: string | null) => (s ?? 'none').toUpperCase(), 'STRING', { nulls: 'pass' })"],
  ],
  udf: [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["const twice = udf((x: number) => x * 2, 'DOUBLE')\nconst w = df.withColumn('t', d => twice(d.score))"],
    ["(await w.filter(d => d.t.gt(3)).collect()).map(row => row.t)", "[ 5 ]"],
    [
      "df.select(d => twice(d.name))",
      "1:22 TS2345 Argument of type 'Column<String, \"name\">' is not assignable to parameter of type 'UdfArgument<number>'.\n  Type 'Column<String, \"name\">' is not assignable to type 'Column<Byte | Double | Float | Int | Long | Short | null, any>'.",
    ],
    [
      "const bad = udf((x: number) => String(x), 'DOUBLE')",
      "1:17 TS2345 Argument of type '(x: number) => string' is not assignable to parameter of type '(x: number) => number | null | undefined'.\n  Type 'string' is not assignable to type 'number'.",
    ],
    [
      "w.select('tt')",
      '1:10 TS2769 Argument of type \'"tt"\' is not assignable to parameter of type \'"id" | "name" | "score" | "t"\'.',
    ],
  ],
  "JSON in a column": [
    ['const df = createDataFrame([{ id: 1, body: \'{"user":{"name":"a"},"n":[1,2]}\' }])'],
    ["const read = df.select(d => ({ id: d.id, v: F.from_json(d.body, 'user STRUCT<name: STRING>, n ARRAY<INT>') }))"],
    ["(await read.select(d => ({ name: d.v.user.name })).collect()).map(row => row.name?.toUpperCase())", "[ 'A' ]"],
    [
      "read.select(d => d.v.usr)",
      "1:22 TS2551 Property 'usr' does not exist: the fields of v are user, n. Did you mean 'user'?",
    ],
    ["(await df.select('id', F.json_tuple('body', 'n')).collect()).map(row => row.c0)", "[ '[1,2]' ]"],
    [
      "df.select(d => F.get_json_object(d.id, '$.a'))",
      "1:34 TS2345 Argument of type 'Column<Long, \"id\">' is not assignable to parameter of type 'S'.\n  Type 'Column<Long, \"id\">' is not assignable to type 'Column<String | null, any>'.",
    ],
  ],
  "more arguments": [
    ["const df = createDataFrame([{ id: 1, name: 'a,b', score: 1.5 }, { id: 2, name: 'c', score: 2.5 }])"],
    ["const top = df.agg(d => ({ names: F.max_by(d.name, d.score, 2), parts: F.percentile(d.score, [0, 1]) }))"],
    ["(await top.first())?.names?.map(name => name.length)", "[ 1, 3 ]"],
    ["df.select(d => F.percentile(d.score, ['0.5']))", "1:39 TS2322 Type 'string' is not assignable to type 'number'."],
  ],
  "windows over time, and PySpark's forms of arguments": [
    ["const df = createDataFrame([{ id: 1, at: new Date(0) }, { id: 2, at: new Date(90_000) }])"],
    ["const w = df.groupBy(d => ({ w: F.window(d.at, '1 minute') })).count()"],
    ["(await w.orderBy('w').collect()).map(row => row.w.end.getTime())", "[ 60000, 120000 ]"],
    [
      "w.select(d => d.w.strat).columns",
      "1:19 TS2551 Property 'strat' does not exist: the fields of w are start, end. Did you mean 'start'?",
    ],
    ["await df.sample(true, 0, -1).unionByName(df, true).foreach(row => console.log(row.id.toFixed(1)))", "1.0\n2.0"],
    [
      "df.show(2, 'no')",
      "1:12 TS2345 Argument of type '\"no\"' is not assignable to parameter of type 'number | boolean | undefined'.",
    ],
  ],
  mapInBatches: [
    ["const df = createDataFrame([{ id: 1 }, { id: 2 }])\nconst { schema, types } = await import('quern')"],
    [
      "const m = df.mapInBatches(batch => [{ n: batch.numRows }], schema({ n: types.int }));\n(await m.collect()).map(row => row.n)",
      "[ 2 ]",
    ],
    ["m.select('id')", "1:10 TS2769 Argument of type '\"id\"' is not assignable to parameter of type '\"n\"'."],
    ["let rows = 0\nawait df.foreachBatch(async batch => { rows += batch.numRows })\nrows", "2"],
  ],
  "promises in conditions": [
    ["const f = createDataFrame([{ id: 1 }]); const has = async (n: number) => n > 1"],
    [
      "if (f.isEmpty()) console.log('empty')",
      '1:5 A Promise is always true: "if" does not see what it promises. Is an await missing?',
    ],
    [
      "f.isEmpty() && console.log('empty')",
      '1:1 A Promise is always true: "&&" does not see what it promises. Is an await missing?',
    ],
    [
      "const any = !f.isEmpty()",
      '1:14 A Promise is always true: "!" does not see what it promises. Is an await missing?',
    ],
    [
      "while (f.isEmpty()) {}",
      '1:8 A Promise is always true: "while" does not see what it promises. Is an await missing?',
    ],
    [
      "const word = has(1) ? 'a' : 'b'",
      '1:14 A Promise is always true: "?:" does not see what it promises. Is an await missing?',
    ],
    [
      "if (1 < 2 && has(1)) console.log('has')",
      '1:14 A Promise is always true: "if" does not see what it promises. Is an await missing?',
    ],
    [
      "const first = await (f.first() ?? 1)",
      '1:22 A Promise is always true: "??" does not see what it promises. Is an await missing?',
    ],
    ["if (!(await f.isEmpty()) && (await has(2))) console.log('has')", "has"],
  ],
  "promises in the place of what they give": [
    ["const f = createDataFrame([{ id: 1 }])"],
    ["f.collect()[0].id", "1:1 TS7053 Property '0' does not exist on type 'Promise<…>'. Is an await missing?"],
    ["(await f.collect())[0].id", "1"],
    [
      "if (f.count() === 1) console.log(1)",
      "1:5 TS2367 …'Promise<number>' and '1' have no overlap. Is an await missing?",
    ],
  ],
  "promises that may be there": [
    ["const known = new Map<string, Promise<number>>(); let loading: Promise<number>"],
    ["if (!loading) loading = Promise.resolve(2)\nawait loading", "2"],
    [
      "if (known.get('a')) console.log('known')\nconst maybe = (): Promise<number> | undefined => undefined\nawait (maybe() ?? 3)",
      "3",
    ],
    ["const any: any = () => Promise.resolve(1)\nif (any()) console.log(4)", "4"],
  ],
});

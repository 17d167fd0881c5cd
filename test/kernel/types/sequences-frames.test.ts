import { sequences } from "../../helpers/cell-sequences.ts";

sequences("frames that are reassigned, passed on and collected", {
  "rows that were collected": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const rows = await df.collect()"],
    ["rows[0].name.toUpperCase()", "'A'"],
    [
      "rows[0].nmae",
      "1:9 TS2339 Property 'nmae' does not exist on type '{ id: number; name: string; day: Date; score: number; tags: (string | null)[]; at: { lat: number; lon: number; }; }'.",
    ],
    ["rows[0].day.getTime()", "0"],
    [
      "type Row1 = Awaited<ReturnType<typeof df.collect>>[number]; const day = (row: Row1) => row.day; rows.map(day)[0].getTime()",
      "0",
    ],
    [
      "const wrong = (row: Row1) => row.dya",
      "1:34 TS2339 Property 'dya' does not exist on type '{ id: number; name: string; day: Date; score: number; tags: (string | null)[]; at: { lat: number; lon: number; }; }'.",
    ],
    ["rows[0].at.lat + rows[0].tags.length", "2"],
    ["for (const row of rows) console.log(row.id.toFixed(1))", "1.0"],
    ["(await df.first()).id.length", "1:23 TS2339 Property 'length' does not exist on type 'number'."],
  ],
  "a frame reassigned to another schema in one cell": [
    [
      "let d = createDataFrame([{ a: 1 }]); d = d.withColumn('b', x => x.a.plus(1)); d = d.select('b'); d.columns()",
      "[ 'b' ]",
    ],
    ["d.select('b').columns()", "[ 'b' ]"],
    ["d.select('a')", "1:10 TS2769 Argument of type '\"a\"' is not assignable to parameter of type '\"b\"'."],
  ],
  "a frame reassigned in the cell that knows it wrong": [
    [
      "let d = createDataFrame([{ a: 1 }]); d = d.withColumn('b', x => x.a.plus(1)); d.select('c')",
      '1:88 TS2769 Argument of type \'"c"\' is not assignable to parameter of type \'"a" | "b"\'.',
    ],
    ["d", "1:1 TS2304 Cannot find name 'd'. It is declared in cell [1], which ended in an error."],
  ],
  "a frame reassigned across cells": [
    ["let d = createDataFrame([{ a: 1 }])"],
    [
      "d = d.withColumn('b', x => x.a.plus(1))",
      "┌──────┬──────┐\n│    a │    b │\n│ long │ long │\n├──────┼──────┤\n│    1 │    2 │\n└──────┴──────┘\n1 row · 2 columns",
    ],
    ["d.select('b').columns()", "[ 'b' ]"],
    ["d = d.select('b')", "┌──────┐\n│    b │\n│ long │\n├──────┤\n│    2 │\n└──────┘\n1 row · 1 column"],
    ["d.select('a')", "1:10 TS2769 Argument of type '\"a\"' is not assignable to parameter of type '\"b\"'."],
    ["d = d.withColumn('c', x => x.b.plus(1)); d.select('c').columns()", "[ 'c' ]"],
    ["d.columns()", "[ 'b', 'c' ]"],
  ],
  "a cell that reassigns a frame is run again": [
    ["let d = createDataFrame([{ a: 1 }])"],
    [
      "d = d.withColumn('b', x => x.a.plus(1))",
      "┌──────┬──────┐\n│    a │    b │\n│ long │ long │\n├──────┼──────┤\n│    1 │    2 │\n└──────┴──────┘\n1 row · 2 columns",
    ],
    [
      "d = d.withColumn('b', x => x.a.plus(1))",
      "┌──────┬──────┐\n│    a │    b │\n│ long │ long │\n├──────┼──────┤\n│    1 │    2 │\n└──────┴──────┘\n1 row · 2 columns",
    ],
    ["d = d.select('b')", "┌──────┐\n│    b │\n│ long │\n├──────┤\n│    2 │\n└──────┘\n1 row · 1 column"],
    ["d = d.withColumn('b', x => x.a.plus(1))", "1:30 TS2339 Property 'a' does not exist: the columns are b."],
    ["let d = createDataFrame([{ a: 1 }])"],
    [
      "d = d.withColumn('b', x => x.a.plus(1))",
      "┌──────┬──────┐\n│    a │    b │\n│ long │ long │\n├──────┼──────┤\n│    1 │    2 │\n└──────┴──────┘\n1 row · 2 columns",
    ],
  ],
  "a frame reassigned in a loop": [
    ["let d = createDataFrame([{ a: 1 }])"],
    ["for (const name of ['b', 'c']) d = d.withColumn(name, x => x.a.plus(1))"],
    ["d.columns()", "[ 'a', 'b', 'c' ]"],
    ["d.select('c').columns()", "[ 'c' ]"],
    [
      "d.select('e')",
      '1:10 TS2769 Argument of type \'"e"\' is not assignable to parameter of type \'"a" | "b" | "c"\'.',
    ],
  ],
  "a frame reassigned in a loop of the same cell": [
    [
      `let d = createDataFrame([{ a: 1 }]); for (const n of [1, 2]) d = d.withColumn(\`c\${n}\`, x => x.a.plus(n)); d.columns()`,
      "[ 'a', 'c1', 'c2' ]",
    ],
    ["d.select('c2').columns()", "[ 'c2' ]"],
  ],
  "a frame reassigned in a branch": [
    ["let d = createDataFrame([{ a: 1 }])"],
    ["if (Math.random() >= 0) d = d.withColumn('b', x => x.a.plus(1))"],
    ["d.select('b').columns()", "[ 'b' ]"],
    ["if (Math.random() > 2) { d = d.select('b') }\nd.select('a').columns()", "[ 'a' ]"],
  ],
  "a frame reassigned in a function": [
    ["let d = createDataFrame([{ a: 1 }])"],
    ["function widen() { d = d.withColumn('b', x => x.a.plus(1)); return d }"],
    ["widen().columns()", "[ 'a', 'b' ]"],
    ["d.select('b').columns()", "[ 'b' ]"],
    ["[1].forEach(() => { d = d.withColumn('c', x => x.b) }); d.columns()", "[ 'a', 'b', 'c' ]"],
  ],
  "a frame is the argument of a function": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const clean = (frame: typeof df) => frame.filter(d => d.id.gt(0))"],
    ["clean(df).select('name').columns()", "[ 'name' ]"],
    [
      "clean(df).select('nmae')",
      '1:18 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "score" | "tags"\'. Did you mean "name"?',
    ],
    [
      "clean(createDataFrame([{ a: 1 }]))",
      "1:7 TS2345 Argument of type 'DataFrame<{ a: Double | Long; }>' is not assignable to parameter of type 'DataFrame<…>'.\n  Type '{ a: Double | Long; }' is missing the following properties from type '{ id: Long; name: String; day: Timestamp; score: Double; tags: Array<String | null>; at: Struct<{ lat: Long; lon: Long; }>; }': \"id\", \"name\", \"day\", \"score\", and 2 more.",
    ],
  ],
  "a generic function over frames": [
    ["import type { DataFrame } from 'quern'\nconst same = <S>(frame: DataFrame<S>) => frame.limit(1)"],
    ["same(createDataFrame([{ a: 1 }])).select('a').columns()", "[ 'a' ]"],
    [
      "same(createDataFrame([{ a: 1 }])).select('b')",
      "1:42 TS2769 Argument of type '\"b\"' is not assignable to parameter of type '\"a\"'.",
    ],
  ],
  "frames in an array": [
    ["const list = [createDataFrame([{ a: 1 }]), createDataFrame([{ a: 2 }])]"],
    ["list[0].select('a').columns()", "[ 'a' ]"],
    ["list[0].select('b')", "1:16 TS2769 Argument of type '\"b\"' is not assignable to parameter of type '\"a\"'."],
    ["(await list[1].collect())[0].a", "2"],
  ],
  "frames in an object": [
    ["const all = { left: createDataFrame([{ a: 1 }]), right: createDataFrame([{ b: 1 }]) }"],
    ["all.left.select('a').columns()", "[ 'a' ]"],
    ["all.right.select('a')", "1:18 TS2769 Argument of type '\"a\"' is not assignable to parameter of type '\"b\"'."],
    ["const { left, right } = all"],
    ["right.select('b').columns()", "[ 'b' ]"],
    ["right.select('c')", "1:14 TS2769 Argument of type '\"c\"' is not assignable to parameter of type '\"b\"'."],
  ],
  "a let holds a frame, then something else": [
    ["let v: any = createDataFrame([{ a: 1 }])"],
    ["v.select('b')", "1:10 TS2769 Argument of type '\"b\"' is not assignable to parameter of type '\"a\"'."],
    ["v = 5", "5"],
    ["v.toFixed(1)", "'5.0'"],
  ],
  "a frame of 300 columns": [
    [`const wide = createDataFrame([Object.fromEntries(Array.from({ length: 300 }, (_, i) => [\`c\${i}\`, i]))])`],
    ["(await wide.columns()).length", "300"],
    ["wide.select('c299', 'c0').columns()", "[ 'c299', 'c0' ]"],
    [
      "wide.select('c300')",
      '1:13 TS2769 Argument of type \'"c300"\' is not assignable to parameter of type \'"c0" | "c1" | "c10" | "c100" | "c101" | "c102" | "c103" | "c104" | "c105" | "c106" | "c107" | "c108" | "c109" | "c11" | "c110" | "c111" | "c112" | "c113" | "c114" | "c115" | "c116" | ... 278 more ... | "c99"\'. Did you mean "c100"?',
    ],
    ["wide.filter(w => w.c150.gt(1)).withColumn('x', w => w.c1.plus(w.c2)).select('x').columns()", "[ 'x' ]"],
    [
      "wide.filter(w => w.d150.gt(1))",
      "1:20 TS2339 Property 'd150' does not exist: the columns are c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, …, c299. Did you mean 'c150'?",
    ],
  ],
  "a chain of 40 steps": [
    ["let d = range(3).withColumn('c0', x => x.id)"],
    [`for (let i = 1; i <= 40; i++) d = d.withColumn(\`c\${i}\`, lit(i))`],
    ["d.select('c40').columns()", "[ 'c40' ]"],
    [
      `d${Array.from({ length: 40 }, (_, n) => `.withColumn('n${n}', x => x.id.plus(${n}))`).join("")}.select('n39').columns()`,
      "[ 'n39' ]",
    ],
  ],
  "names of columns that are no names of JavaScript": [
    ["const odd = createDataFrame([{ 'my col': 1, 'größe': 2, 'a.b': 3, '1st': 4 }])"],
    ["odd.select(o => ({ a: o['my col'], b: o.größe })).columns()", "[ 'a', 'b' ]"],
    ["odd.select('my col', '1st').columns()", "[ 'my col', '1st' ]"],
    [
      "odd.select('my cal')",
      '1:12 TS2769 Argument of type \'"my cal"\' is not assignable to parameter of type \'"1st" | "a.b" | "größe" | "my col"\'. Did you mean "my col"?',
    ],
    [
      "odd.filter(o => o['grösse'].gt(1))",
      '1:17 TS7053 Property \'grösse\' does not exist: the columns are "my col", größe, "a.b", "1st". Did you mean \'größe\'?',
    ],
  ],
  "names like methods of objects": [
    ["const c = createDataFrame([{ count: 1, select: 2, constructor: 3, then: 4 }])"],
    ["c.filter(x => x.count.gt(0)).select('select').columns()", "[ 'select' ]"],
  ],
  "range and its column": [
    ["const r = range(5)"],
    ["r.select(x => ({ y: x.id.plus(1) })).columns()", "[ 'y' ]"],
    ["r.select('ID')", "1:10 TS2769 Argument of type '\"ID\"' is not assignable to parameter of type '\"id\"'."],
    ["r.filter(x => x.idd.gt(1))", "1:17 TS2339 Property 'idd' does not exist: the columns are id. Did you mean 'id'?"],
  ],
  "col and F are not checked": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.select(col('anything'))",
      'AnalysisError: Column "anything" is not in the frame. Columns: id, name, day, score, tags, at.',
    ],
    ["df.filter(col('id').gt(0)).count()", "1"],
    ["df.select(F.upper(col('name')).alias('u')).columns()", "[ 'u' ]"],
    [
      "df.select(d => ({ u: F.upper(d.nam) }))",
      "1:32 TS2551 Property 'nam' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'name'?",
    ],
    ["df.filter('id > 0').count()", "1"],
    ["df.filter('idd > 0')", 'AnalysisError: There is no column "idd" here. Did you mean "id"?'],
  ],
  "a frame is no list": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.map(x => x)",
      "1:4 TS2339 Property 'map' does not exist on type 'DataFrame<…>'. collect() gives the rows as an array: (await df.collect()).map(…).",
    ],
    [
      "df.length",
      "1:4 TS2339 Property 'length' does not exist on type 'DataFrame<…>'. count() gives the number of rows: await df.count().",
    ],
    [
      "df[0]",
      "1:1 TS7053 Property '0' does not exist on type 'DataFrame<…>'. collect() gives the rows as an array: (await df.collect())[0].",
    ],
    [
      "df.head(5)",
      "┌────────┬────────┬────────────┬────────┬─────────┬────────────────────┐\n│     id │ name   │ day        │  score │ tags    │ at                 │\n│ number │ string │ Date       │ number │ array   │ Object             │\n├────────┼────────┼────────────┼────────┼─────────┼────────────────────┤\n│      1 │ a      │ 1970-01-01 │    1.5 │ [ 'x' ] │ { lat: 1, lon: 2 } │\n└────────┴────────┴────────────┴────────┴─────────┴────────────────────┘\n1 row · 6 columns",
    ],
  ],
  "the habits of pandas and SQL": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.show()",
      '┌──────┬────────┬─────────────────────┬────────┬───────────────┬──────────────────────────────┐\n│   id │ name   │ day                 │  score │ tags          │ at                           │\n│ long │ string │ timestamp UTC       │ double │ array<string> │ struct<lat: long, lon: long> │\n├──────┼────────┼─────────────────────┼────────┼───────────────┼──────────────────────────────┤\n│    1 │ a      │ 1970-01-01 00:00:00 │    1.5 │ ["x"]         │ {lat: 1, lon: 2}             │\n└──────┴────────┴─────────────────────┴────────┴───────────────┴──────────────────────────────┘\n1 row · 6 columns',
    ],
    [
      "df['name']",
      "1:1 TS7053 Property 'name' does not exist on type 'DataFrame<…>'. It is a column: f => f.name, \"name\" or col(\"name\").",
    ],
    [
      "df.groupby('name')",
      "1:4 TS2551 Property 'groupby' does not exist on type 'DataFrame<…>'. Did you mean 'groupBy'?",
    ],
    ["df.select(*)", "SyntaxError: Unexpected token"],
  ],
  "an object as rows, with null": [
    ["const n = createDataFrame([{ a: 1, b: null }, { a: null, b: 'x' }])"],
    ["n.select(x => ({ u: F.upper(x.b), p: x.a.plus(1) })).columns()", "[ 'u', 'p' ]"],
    ["(await n.collect())[0].a.toFixed(1)", "'1.0'"],
    ["%check strict"],
    [
      "(await n.collect())[0].a.toFixed(1)",
      "1:1 TS2532 Object is possibly 'undefined'.\n1:1 TS2531 Object is possibly 'null'.",
    ],
  ],
  "frames that patterns assign": [
    ["let a = createDataFrame([{ x: 1 }]); let b = createDataFrame([{ y: 1 }])"],
    [";[a, b] = [b, a]\na.select('y').columns()", "[ 'y' ]"],
    ["b.select('y')", "1:10 TS2769 Argument of type '\"y\"' is not assignable to parameter of type '\"x\"'."],
    [";({ a, n: b } = { a: b, n: a })"],
    ["a.select('x').columns()", "[ 'x' ]"],
    ["let c = createDataFrame([{ z: 1 }]); [c = b, ...[]] = [a]; c.select('x').columns()", "[ 'x' ]"],
    ["let d = createDataFrame([{ z: 1 }]); for (d of [a]) console.log(await d.select('x').columns())", "[ 'x' ]"],
  ],
});

import { sequences } from "../../helpers/cell-sequences.ts";

sequences("columns that the check knows", {
  "a misspelt column in a callback": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.filter(d => d.nmae.eq('a'))",
      "1:18 TS2339 Property 'nmae' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'name'?",
    ],
    [
      "df.filter(d => d.name.eq('a')).select(d => ({ s: d.scroe }))",
      "1:52 TS2551 Property 'scroe' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'score'?",
    ],
    ["await df.filter(d => d.name.eq('a')).count()", "1"],
  ],
  "a misspelt column in a string": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.select('id', 'nmae')",
      '1:17 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "score" | "tags"\'. Did you mean "name"?',
    ],
    [
      "df.drop('scroe')",
      '1:9 TS2769 Argument of type \'"scroe"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "score" | "tags"\'. Did you mean "score"?',
    ],
    [
      "df.groupBy('dya').count()",
      '1:12 TS2769 Argument of type \'"dya"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "score" | "tags"\'. Did you mean "day"?',
    ],
    [
      "df.orderBy('scor')",
      '1:12 TS2769 Argument of type \'"scor"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "score" | "tags"\'. Did you mean "score"?',
    ],
    ["df.dropDuplicates(['nme'])", '1:20 TS2769 …Did you mean "name"?'],
    ["df.dropDuplicates('nme')", '1:19 TS2769 …Did you mean "name"?'],
    [
      "df.withColumnRenamed('nam', 'n')",
      '1:22 TS2769 Argument of type \'"nam"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "score" | "tags"\'. Did you mean "name"?',
    ],
    ["df.select('id', 'name').columns()", "[ 'id', 'name' ]"],
  ],
  "what a column holds is checked": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.filter(d => d.id.eq('one'))",
      "1:24 TS2345 Argument of type 'string' is not assignable to parameter of type 'Column<Numeric | null, any> | NumericValue'.",
    ],
    [
      "df.filter(d => d.name.gt(5))",
      "1:26 TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Column<String | Time | Temporal | null, any>'.",
    ],
    [
      "df.select(d => ({ x: d.name.plus(1) }))",
      "EngineError: [CAST_INVALID_INPUT] The value 'a' is no bigint; use tryCast to get NULL.",
    ],
    ["df.select(d => ({ x: d.id.plus(1), y: F.upper(d.name) })).columns()", "[ 'x', 'y' ]"],
  ],
  "a condition that is no condition": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.filter(d => d.id)",
      "1:16 TS2769 Type 'Column<Long, \"id\">' is not assignable to type 'Condition'.\n  Type 'Long' is not assignable to type 'Boolean'.",
    ],
    [
      "df.filter(d => d.id.plus(1))",
      "1:16 TS2769 Type 'Column<Long, string>' is not assignable to type 'Condition'.\n  Type 'Long' is not assignable to type 'Boolean'.",
    ],
    [
      "df.filter(d => d.id === 1)",
      "1:16 TS2367 This comparison appears to be unintentional because the types 'Column<Long, \"id\">' and 'number' have no overlap. A Column has methods in place of operators: .eq(), .ne(), .gt(), .ge(), .lt(), .le(), .and(), .or(), .isNull(), .isin(), .plus(), .minus(), .times(), .div().",
    ],
    [
      "df.filter(d => d.id > 1)",
      "1:16 TS2365 Operator '>' cannot be applied to types 'Column<Long, \"id\">' and 'number'. A Column has methods in place of operators: .eq(), .ne(), .gt(), .ge(), .lt(), .le(), .and(), .or(), .isNull(), .isin(), .plus(), .minus(), .times(), .div().",
    ],
  ],
  "&& over columns": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.filter(d => d.id.eq(1) && d.name.eq('a'))",
      '1:16 A Column is always true: "&&" would silently drop the condition. Use .and().',
    ],
    ["await df.filter(d => d.id.eq(1).and(d.name.eq('a'))).count()", "1"],
  ],
  "|| over columns": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.filter(d => d.id.eq(1) || d.name.eq('a'))",
      '1:16 A Column is always true: "||" would silently drop the condition. Use .or().',
    ],
  ],
  "! over a column": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["df.filter(d => !d.id.eq(1))", '1:17 A Column is always true: "!" would silently drop the condition. Use .not().'],
  ],
  "?? over a column": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.select(d => ({ n: d.name ?? 'none' }))",
      '1:22 A Column is always true: "??" would silently drop the condition. Use coalesce().',
    ],
  ],
  "?: over a column": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.select(d => ({ n: d.id.eq(1) ? 'one' : 'more' }))",
      '1:22 A Column is always true: "?:" would silently drop the condition. Use when().otherwise().',
    ],
  ],
  "if and while over a column": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "if (col('id').eq(1) && df) 1",
      '1:5 A Column is always true: "&&" would silently drop the condition. Use .and().',
    ],
    [
      "const c = col('id').eq(1); if (c) 1",
      '1:32 A Column is always true: "if" would silently drop the condition. Use when().otherwise(), or count the rows of a filter.',
    ],
    [
      "while (col('id').gt(1)) break",
      '1:8 A Column is always true: "while" would silently drop the condition. Use when().otherwise(), or count the rows of a filter.',
    ],
    [
      "if (1 < 2 && col('id').eq(1)) 1",
      '1:14 A Column is always true: "if" would silently drop the condition. Use when().otherwise(), or count the rows of a filter.',
    ],
    ["%check off\nif (1 < 2 && col('id').eq(1)) 1", 'AnalysisError: "if" does not work on a Column…'],
  ],
  "columns after withColumn": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const more = df.withColumn('twice', d => d.score.times(2))"],
    ["more.select(m => ({ t: round(m.twice, 1) })).columns()", "[ 't' ]"],
    [
      "more.select(m => ({ t: m.twize }))",
      "1:26 TS2551 Property 'twize' does not exist: the columns are id, name, day, score, tags, at, twice. Did you mean 'twice'?",
    ],
    [
      "df.select(d => ({ t: d.twice }))",
      "1:24 TS2339 Property 'twice' does not exist: the columns are id, name, day, score, tags, at.",
    ],
  ],
  "a column that is replaced has its new type": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const r = df.withColumn('id', d => d.id.cast('string'))"],
    ["r.select(x => ({ u: F.upper(x.id) })).columns()", "[ 'u' ]"],
    [
      "r.filter(x => x.id.gt(1))",
      "1:23 TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Column<String | Time | Temporal | null, any>'.",
    ],
  ],
  "columns after select and alias": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const s = df.select(d => ({ key: d.id, label: F.upper(d.name) }))"],
    ["s.select(x => ({ l: F.length(x.label) })).columns()", "[ 'l' ]"],
    [
      "s.select('name')",
      '1:10 TS2769 Argument of type \'"name"\' is not assignable to parameter of type \'"key" | "label"\'.',
    ],
    ["df.select(d => [d.id, d.name.alias('n')]).select('n', 'id').columns()", "[ 'n', 'id' ]"],
    [
      "df.select(d => [d.id, d.name.alias('n')]).select('name')",
      '1:50 TS2769 Argument of type \'"name"\' is not assignable to parameter of type \'"id" | "n"\'.',
    ],
  ],
  "columns after drop and rename": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const r = df.drop('tags', 'at').withColumnRenamed('name', 'title')"],
    ["r.columns()", "[ 'id', 'title', 'day', 'score' ]"],
    [
      "r.select(x => ({ a: x.name }))",
      "1:23 TS2339 Property 'name' does not exist: the columns are id, title, day, score.",
    ],
    [
      "r.select(x => ({ a: x.tags }))",
      "1:23 TS2339 Property 'tags' does not exist: the columns are id, title, day, score.",
    ],
    ["r.select(x => ({ a: x.title })).columns()", "[ 'a' ]"],
  ],
  "columns after groupBy and agg": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const g = df.groupBy('name').agg(d => ({ best: max(d.score), n: count() }))"],
    ["g.columns()", "[ 'name', 'best', 'n' ]"],
    ["g.filter(x => x.n.gt(1)).select('best').columns()", "[ 'best' ]"],
    [
      "g.select('score')",
      '1:10 TS2769 Argument of type \'"score"\' is not assignable to parameter of type \'"best" | "n" | "name"\'.',
    ],
    [
      "df.groupBy(d => ({ month: month(d.day) })).agg(d => ({ n: count() })).select('month', 'm')",
      '1:87 TS2769 Argument of type \'"m"\' is not assignable to parameter of type \'"month" | "n"\'.',
    ],
  ],
  "agg by names of columns": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.groupBy('name').agg(d => ({ t: sum(d.scor) }))",
      "1:41 TS2551 Property 'scor' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'score'?",
    ],
    ["df.groupBy('name').sum('score').columns()", "[ 'name', 'sum(score)' ]"],
    [
      "df.groupBy('name').sum('scor')",
      '1:24 TS2345 Argument of type \'"scor"\' is not assignable to parameter of type \'"id" | "score"\'. Did you mean "score"?',
    ],
    [
      "df.groupBy('name').agg({ scoer: 'max' })",
      "1:26 TS2769 Property 'scoer' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'score'?",
    ],
    ["df.agg({ score: 'count_distinct' }).select('count(DISTINCT score)').columns()", "[ 'count(DISTINCT score)' ]"],
    ["df.agg({ score: 'Max' }).select('max(score)').columns()", "[ 'max(score)' ]"],
    [
      "df.agg({ score: ['min', 'max'] })",
      '1:10 TS2769 agg takes the names of aggregates by columns, agg({ delay: "max" }), or columns by their names, agg((f) => ({ most: max(f.delay) })).',
    ],
    [
      "df.agg({ 'scoer': 'max' })",
      "1:10 TS2769 Property 'scoer' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'score'?",
    ],
    [
      "df.agg(d => ({ m: avg(d.name) }))",
      "1:23 TS2345 Argument of type 'Column<String, \"name\">' is not assignable to parameter of type 'In<Measure>'.\n  Type 'Column<String, \"name\">' is not assignable to type 'Column<Measure | null, any>'.",
    ],
  ],
  "columns after an inner join by name": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const o = createDataFrame([{ id: 1, price: 2.5 }])"],
    ["const j = df.join(o, 'id')"],
    ["j.select('price', 'name', 'id').columns()", "[ 'price', 'name', 'id' ]"],
    [
      "j.select('prize')",
      '1:10 TS2769 Argument of type \'"prize"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "price" | "score" | "tags"\'. Did you mean "price"?',
    ],
    ["df.join(o, 'name')", "1:12 TS2769 Argument of type '\"name\"' is not assignable to parameter of type '\"id\"'."],
    ["j.select(x => ({ t: x.price.times(x.score) })).columns()", "[ 't' ]"],
  ],
  "a join whose columns clash": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const o = createDataFrame([{ id: 1, name: 'z' }])"],
    [
      "df.join(o, 'id').select('name')",
      '1:9 TS2769 Both sides of the join have name. Pass { suffix: "_right" } to rename the right side\'s, or drop or rename them before the join.',
    ],
    ["df.join(o.withColumnRenamed('name', 'other'), 'id').select('other', 'name').columns()", "[ 'other', 'name' ]"],
  ],
  "a join by a condition": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const o = createDataFrame([{ key: 1, price: 2.5 }])"],
    ["const j = df.join(o, (l, r) => l.id.eq(r.key))"],
    ["j.select('price', 'key').columns()", "[ 'price', 'key' ]"],
    [
      "df.join(o, (l, r) => l.id.eq(r.kee))",
      "1:32 TS2339 Property 'kee' does not exist: the columns are key, price. Did you mean 'key'?",
    ],
  ],
  "columns of the other side of an outer join may be null": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const o = createDataFrame([{ id: 1, price: 2.5 }])"],
    ["const row = await df.join(o, 'id', 'left').first()"],
    ["row.price.toFixed(1)", "'2.5'"],
    ["%check strict"],
    ["row!.price.toFixed(1)", "1:1 TS2531 Object is possibly 'null'."],
    ["%check error"],
    [
      "df.join(o, 'id', 'semi').select('price')",
      '1:33 TS2769 Argument of type \'"price"\' is not assignable to parameter of type \'"at" | "day" | "id" | "name" | "score" | "tags"\'.',
    ],
  ],
  "a kind of join that there is not": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    [
      "df.join(df.select('id'), 'id', 'lefft')",
      '1:32 TS2769 Argument of type \'"lefft"\' is not assignable to parameter of type \'"anti" | "cross" | "full" | "full_outer" | "fullouter" | "inner" | "left" | "left_anti" | "left_outer" | "left_semi" | "leftanti" | "leftouter" | "leftsemi" | "outer" | "right" | "right_outer" | "rightouter" | "semi" | undefined\'. Did you mean "left"?',
    ],
  ],
  union: [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const a = df.select('id', 'name'); const b = df.select('id', 'name')"],
    ["a.union(b).select('name').columns()", "[ 'name' ]"],
    [
      "a.union(b).select('day')",
      '1:19 TS2769 Argument of type \'"day"\' is not assignable to parameter of type \'"id" | "name"\'.',
    ],
    [
      "a.union(df.select('id'))",
      "AnalysisError: union matches columns by position, but the frames have 2 and 1: (id, name) and (id). Select the same columns on both sides first.",
    ],
  ],
  "window functions": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const w = Window.partitionBy('name').orderBy('day')"],
    ["const r = df.withColumn('n', row_number().over(w))"],
    ["r.filter(x => x.n.eq(1)).count()", "1"],
    [
      "df.withColumn('p', d => lag(d.scor).over(w))",
      "1:31 TS2551 Property 'scor' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'score'?",
    ],
    ["df.withColumn('p', d => lag(d.score).over(w)).select('p', 'id').columns()", "[ 'p', 'id' ]"],
  ],
  cast: [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["df.select(d => ({ x: d.id.cast('string') })).filter(x => x.x.like('1%')).columns()", "[ 'x' ]"],
    [
      "df.select(d => ({ x: d.id.cast('strin') }))",
      '1:32 TS2345 Argument of type \'"strin"\' is not assignable to parameter of type \'"bigint" | "binary" | "boolean" | "byte" | "date" | "decimal" | "double" | "float" | "int" | "integer" | "interval" | "long" | "real" | "short" | "smallint" | "string" | "time" | ... 4 more ... | "variant"\'. Did you mean "string"?',
    ],
    ["df.select(d => ({ x: d.name.cast('int').plus(1) })).columns()", "[ 'x' ]"],
  ],
  "when and otherwise": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["const s = df.select(d => ({ size: when(d.score.gt(1), 'big').otherwise('small') }))"],
    ["s.filter(x => x.size.eq('big')).columns()", "[ 'size' ]"],
    [
      "s.filter(x => x.size.gt(5))",
      "1:25 TS2345 Argument of type 'number' is not assignable to parameter of type 'string | Column<String | Time | Temporal | null, any>'.",
    ],
  ],
  "nested fields": [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["df.select(d => ({ lat: d.at.lat })).columns()", "[ 'lat' ]"],
    [
      "df.select(d => ({ lat: d.at.latt }))",
      "1:29 TS2551 Property 'latt' does not exist: the fields of at are lat, lon. Did you mean 'lat'?",
    ],
    ["df.filter(d => d.at.lat.gt(0)).count()", "1"],
    [
      "df.filter(d => d.at.lon.startsWith('x'))",
      "┌──────┬────────┬───────────────┬────────┬───────────────┬──────────────────────────────┐\n│   id │ name   │ day           │  score │ tags          │ at                           │\n│ long │ string │ timestamp UTC │ double │ array<string> │ struct<lat: long, lon: long> │\n├──────┼────────┼───────────────┼────────┼───────────────┼──────────────────────────────┤\n└──────┴────────┴───────────────┴────────┴───────────────┴──────────────────────────────┘\n0 rows · 6 columns",
    ],
  ],
  arrays: [
    [
      "const df = createDataFrame([{ id: 1, name: 'a', day: new Date(0), score: 1.5, tags: ['x'], at: { lat: 1, lon: 2 } }])",
    ],
    ["df.select(d => ({ t: F.size(d.tags) })).filter(x => x.t.gt(0)).columns()", "[ 't' ]"],
    ["df.filter(d => F.array_contains(d.tags, 'x')).count()", "1"],
    ["(await df.select(d => ({ t: F.transform(d.tags, (x, i) => F.concat(x, i)) })).collect())[0].t", "[ 'x0' ]"],
    [
      "df.select(d => ({ t: F.transform(d.tags, x => d.nmae) }))",
      "1:49 TS2339 Property 'nmae' does not exist: the columns are id, name, day, score, tags, at. Did you mean 'name'?",
    ],
    [
      "(await df.select(d => ({ at: d.at.withField('alt', 3).dropFields('lat') })).collect())[0].at.alt.toFixed(1)",
      "'3.0'",
    ],
  ],
});

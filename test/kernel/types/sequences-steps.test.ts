import { sequences } from "../../helpers/cell-sequences.ts";

sequences("steps of frames, and what they give", {
  withColumns: [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["const w = df.withColumns(d => ({ twice: d.score.times(2), label: concat(d.name, lit('!')) }))"],
    ["w.select('twice', 'label', 'id').columns()", "[ 'twice', 'label', 'id' ]"],
    [
      "w.select('tvice')",
      '1:10 TS2769 Argument of type \'"tvice"\' is not assignable to parameter of type \'"id" | "label" | "name" | "score" | "twice"\'. Did you mean "twice"?',
    ],
    [
      "df.withColumns(d => ({ a: d.scor }))",
      "1:29 TS2551 Property 'scor' does not exist: the columns are id, name, score. Did you mean 'score'?",
    ],
  ],
  withColumnsRenamed: [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["df.withColumnsRenamed({ id: 'key', name: 'title' }).columns()", "[ 'key', 'title', 'score' ]"],
    [
      "df.withColumnsRenamed({ id: 'key' }).select('id')",
      '1:45 TS2769 Argument of type \'"id"\' is not assignable to parameter of type \'"key" | "name" | "score"\'.',
    ],
    [
      "df.withColumnsRenamed({ idd: 'key' })",
      "1:25 TS2353 Object literal may only specify known properties, and 'idd' does not exist in type '{ readonly id?: string | undefined; readonly name?: string | undefined; readonly score?: string | undefined; }'.",
    ],
  ],
  "steps that keep all columns": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [
      "df.distinct().limit(1).offset(0).orderBy(d => d.score.desc()).dropDuplicates(['id']).select('name').columns()",
      "[ 'name' ]",
    ],
    [
      "df.distinct().limit(1).orderBy(d => d.scores.desc())",
      "1:39 TS2551 Property 'scores' does not exist: the columns are id, name, score. Did you mean 'score'?",
    ],
    [
      "df.limit(1).select('nam')",
      '1:20 TS2769 Argument of type \'"nam"\' is not assignable to parameter of type \'"id" | "name" | "score"\'. Did you mean "name"?',
    ],
    ["df.limit('1')", "1:10 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
  ],
  "parts of the rows, and what is said of how they are handled": [
    ["const df = createDataFrame([{ id: 1, name: 'a' }, { id: 2, name: 'b' }])"],
    ["const [most, rest] = df.randomSplit([3, 1], 7)"],
    ["most.select('nam')", '…Did you mean "name"?'],
    ["df.repartition(2, 'nam')", "…TS2769 Argument of type '\"nam\"' is not assignable…"],
    ["broadcast(df).hint('merge').coalesce(1).select('name').columns()", "[ 'name' ]"],
    ["df.freqItems(['name']).select('name_freqItems').columns()", "[ 'name_freqItems' ]"],
    ["df.join(df, 'id', { suffix: '_b' }).select('name_b').columns()", "[ 'name_b' ]"],
    ["df.to(spark.range(1)).columns()", "…not assignable…"],
    ["df.select(df.colRegex(/^na/)).columns()", "[ 'name' ]"],
  ],
  "columns that one expression gives": [
    ["const df = createDataFrame([{ id: 1, tags: ['a', 'b'] }])"],
    ["const t = df.select(d => [d.id, F.posexplode(d.tags).alias('n', 'tag')])"],
    ["t.select('tag', 'n').columns()", "[ 'tag', 'n' ]"],
    ["t.select('pos')", "…TS2769 Argument of type '\"pos\"' is not assignable…"],
    ["df.withColumn('n', d => F.posexplode(d.tags))", "…not assignable…"],
    ["df.select('*', F.explode('tags').alias('tag')).select('tag', 'id').columns()", "[ 'tag', 'id' ]"],
    ["(await df.toJSON().collect()).map(row => row.value)", '[ \'{"id":1,"tags":["a","b"]}\' ]'],
  ],
  "an alias tells the sides of a join apart": [
    ["const df = createDataFrame([{ id: 1, boss: 1 }])"],
    ["const j = df.alias('a').join(df.alias('b'), col('a.boss').eq(col('b.id')))"],
    ["j.select('b.id', 'id').columns()", "[ 'b.id', 'id' ]"],
    ["j.select('b.idd')", '…Did you mean "b.id"?'],
    ["j.select(col('a.id')).select('id').columns()", "[ 'id' ]"],
    ["df.alias('a').filter('id > 0').select('idd')", '…Did you mean "id"?'],
  ],
  "asofJoin, lateralJoin and frames as columns": [
    ["const t = createDataFrame([{ id: 1, time: 5 }])"],
    ["const q = createDataFrame([{ key: 1, at: 4, price: 2.5 }])"],
    ["const j = t.asofJoin(q, (a, b) => a.time.ge(b.at), { how: 'left' })"],
    ["j.select('pricee')", '…Did you mean "price"?'],
    ["t.asofJoin(q, (a, b) => a.time.ge(b.pric))", "…Did you mean 'price'?"],
    ["t.asofJoin(t, (a, b) => a.time.ge(b.time))", "…Both sides of the join have time, id. Pass { suffix…"],
    ["const m = t.lateralJoin(q.filter(x => x.key.eq(col('id').outer())))"],
    ["m.select('price', 'id').columns()", "[ 'price', 'id' ]"],
    ["m.select('prise')", '…Did you mean "price"?'],
    [
      "t.withColumn('top', q.agg(x => ({ top: max(x.price) })).scalar()).filter(x => x.topp.gt(1))",
      "…Did you mean 'top'?",
    ],
    ["t.filter(q.filter(x => x.key.eq(col('id').outer())).exists()).count()", "1"],
  ],
  "selectExpr and SQL conditions are of any columns": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["df.selectExpr('id + 1 as next').select('next').columns()", "[ 'next' ]"],
    ["df.where('id > 1').select('name').count()", "1"],
    [
      "df.where('id > 1').select('nme')",
      '1:27 TS2769 Argument of type \'"nme"\' is not assignable to parameter of type \'"id" | "name" | "score"\'. Did you mean "name"?',
    ],
    ["df.select(expr('id * 2').alias('d')).columns()", "[ 'd' ]"],
  ],
  "a left join: what may be null": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["const o = createDataFrame([{ id: 1, price: 2.5 }])"],
    ["const j = df.join(o, 'id', 'left')"],
    ["j.filter(x => x.price.isNull()).count()", "1"],
    ["%check strict"],
    ["(await j.collect()).map(r => r.price.toFixed(1))", "1:30 TS18047 'r.price' is possibly 'null'."],
    ["(await j.collect()).map(r => r.score.toFixed(1))", "[ '1.5', '2.5' ]"],
  ],
  "a right and a full join": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["const o = createDataFrame([{ id: 1, price: 2.5 }])"],
    ["df.join(o, 'id', 'right').select('price', 'name').count()", "1"],
    ["df.join(o, 'id', 'full').select('price', 'name').count()", "2"],
    [
      "df.join(o, 'id', 'full').select('prices')",
      '1:33 TS2769 Argument of type \'"prices"\' is not assignable to parameter of type \'"id" | "name" | "price" | "score"\'. Did you mean "price"?',
    ],
  ],
  "semi and anti joins have the left columns": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["const o = createDataFrame([{ id: 1, price: 2.5 }])"],
    ["df.join(o, 'id', 'anti').select('name').count()", "1"],
    [
      "df.join(o, 'id', 'anti').select('price')",
      '1:33 TS2769 Argument of type \'"price"\' is not assignable to parameter of type \'"id" | "name" | "score"\'.',
    ],
    ["df.join(o, 'id', 'semi').count()", "1"],
  ],
  "a join with a suffix": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["const other = createDataFrame([{ id: 1, name: 'z' }])"],
    ["df.join(other, 'id', 'inner', { suffix: '_right' }).columns()", "[ 'id', 'name', 'score', 'name_right' ]"],
    [
      "df.join(other, 'id', 'inner', { suffix: '_right' }).select('name_rigth')",
      '1:60 TS2769 Argument of type \'"name_rigth"\' is not assignable to parameter of type \'"id" | "name" | "name_right" | "score"\'. Did you mean "name_right"?',
    ],
    [
      "df.join(other, 'id')",
      '1:9 TS2769 Both sides of the join have name. Pass { suffix: "_right" } to rename the right side\'s, or drop or rename them before the join.',
    ],
  ],
  "a join by several names": [
    ["const a = createDataFrame([{ k: 1, day: 2, x: 1 }]); const b = createDataFrame([{ k: 1, day: 2, y: 1 }])"],
    ["a.join(b, ['k', 'day']).columns()", "[ 'k', 'day', 'x', 'y' ]"],
    [
      "a.join(b, ['k', 'dya'])",
      '1:17 TS2769 Type \'"dya"\' is not assignable to type \'"day" | "k"\'. Did you mean "day"?',
    ],
    [
      "a.join(b, ['k', 'day']).select('z')",
      '1:32 TS2769 Argument of type \'"z"\' is not assignable to parameter of type \'"day" | "k" | "x" | "y"\'.',
    ],
  ],
  "a frame joined with itself": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["df.join(df.select(d => ({ id: d.id, best: d.score })), 'id').select('best', 'name').count()", "2"],
    ["df.join(df.groupBy('id').agg(d => ({ m: max(d.score) })), 'id').columns()", "[ 'id', 'name', 'score', 'm' ]"],
  ],
  "aggregates of a whole frame": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["df.agg(d => ({ n: count(), best: max(d.score), who: min(d.name) })).columns()", "[ 'n', 'best', 'who' ]"],
    ["(await df.agg(d => ({ best: max(d.score) })).first()).best.toFixed(1)", "'2.5'"],
    [
      "(await df.agg(d => ({ best: max(d.score) })).first()).worst",
      "1:55 TS2339 Property 'worst' does not exist on type '{ best: number | null; }'.",
    ],
    ["df.agg(max('score'), count()).count()", "1"],
  ],
  "what functions give": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [
      "df.select(d => ({ r: round(d.score, 1), c: concat(d.name, d.name), l: lit('x') })).filter(x => x.c.startsWith('a')).count()",
      "1",
    ],
    [
      "df.select(d => ({ r: round(d.name) }))",
      "1:28 TS2345 Argument of type 'Column<String, \"name\">' is not assignable to parameter of type 'N'.\n  Type 'Column<String, \"name\">' is not assignable to type 'Column<Numeric | null, any>'.",
    ],
    [
      "df.select(d => ({ y: year(d.score) }))",
      "1:27 TS2345 Argument of type 'Column<Double, \"score\">' is not assignable to parameter of type 'Time'.\n  Type 'Column<Double, \"score\">' is not assignable to type 'Column<String | Temporal | null, any>'.",
    ],
    ["df.select(d => ({ c: coalesce(d.name, lit('-')) })).columns()", "[ 'c' ]"],
  ],
  "between, isin and like": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["df.filter(d => d.id.between(1, 2).and(d.name.isin('a', 'b'))).count()", "2"],
    ["df.filter(d => d.id.isin(df.filter('score > 2').select('id'))).count()", "1"],
    ["df.drop(col('name')).orderBy('id', { ascending: false }).agg({ id: 'max' }).columns()", "[ 'max(id)' ]"],
    [
      "df.filter(d => d.id.between('a', 'b'))",
      "1:29 TS2345 Argument of type 'string' is not assignable to parameter of type 'Column<Numeric | null, any> | NumericValue'.",
    ],
    [
      "df.filter(d => d.name.isin(1))",
      "1:28 TS2769 Argument of type '[1]' is not assignable to parameter of type 'readonly (string | Column<String | Time | Temporal | null, any>)[] | readonly [readonly (string | Column<String | Time | Temporal | null, any>)[]]'.\n  Type '[1]' is not assignable to type 'readonly [readonly (string | Column<String | Time | Temporal | null, any>)[]]'.\n  Type 'number' is not assignable to type 'readonly (string | Column<String | Time | Temporal | null, any>)[]'.",
    ],
    [
      "df.filter(d => d.name.like(5))",
      "1:28 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'.",
    ],
  ],
  sorting: [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["df.orderBy(d => [d.score.desc(), d.id]).columns()", "[ 'id', 'name', 'score' ]"],
    ["df.orderBy('id', 'score').columns()", "[ 'id', 'name', 'score' ]"],
    [
      "df.sort(d => d.scor)",
      "1:16 TS2551 Property 'scor' does not exist: the columns are id, name, score. Did you mean 'score'?",
    ],
    [
      "df.orderBy(d => d.id.descending())",
      "1:22 TS2339 Property 'descending' does not exist on type 'Column<Long, \"id\">'.",
    ],
  ],
  "actions and what they give": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["(await df.count()).toFixed(0)", "'2'"],
    ["(await df.first()).name.length", "1"],
    ["(await df.take(1))[0].score.toFixed(1)", "'1.5'"],
    [
      "df.count().toFixed(0)",
      "1:12 TS2339 Property 'toFixed' does not exist on type 'Promise<number>'. Is an await missing?",
    ],
    ["await df.isEmpty()", "false"],
  ],
  "a step on a promise": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [
      "df.collect().map(r => r.id)",
      "1:14 TS2339 Property 'map' does not exist on type 'Promise<{ id: number; name: string; score: number; }[]>'. Is an await missing?",
    ],
    ["(await df.collect()).map(r => r.id)", "[ 1, 2 ]"],
  ],
  "a callback that forgets to return": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [
      "df.select(d => { ({ a: d.id }) })",
      "1:11 TS2769 The callback gives nothing where a Column is wanted. Within braces it needs a return.",
    ],
    [
      "df.filter(d => { d.id.gt(1) })",
      "1:11 TS2769 Argument of type '(d: Columns<…>) => void' is not assignable to parameter of type '(f: Columns<…>) => Condition'.\n  Type 'void' is not assignable to type 'Condition'.",
    ],
  ],
  "a frame in a template and in console.log": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [`\`\${df}\`.length > 0`, "true"],
    ["console.log(df)", "DataFrame[id: bigint, name: string, score: double]"],
  ],
  "columns as variables": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    ["const big = col('score').gt(2)"],
    ["df.filter(big).count()", "1"],
    ["const name = (d: { name: ReturnType<typeof col> }) => d.name; df.select(name).columns()", "[ 'name' ]"],
    ["const names = ['id', 'name'] as const; df.select(...names).columns()", "[ 'id', 'name' ]"],
    [
      "const wrong = ['id', 'nme'] as const; df.select(...wrong)",
      '1:49 TS2769 Argument of type \'"nme"\' is not assignable to parameter of type \'"id" | "name" | "score"\'.',
    ],
    ["const any: string[] = ['id']; df.select(...any).columns()", "[ 'id' ]"],
  ],
  "a chain over several lines: the place of the error": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [
      "df\n  .filter(d => d.id.gt(0))\n  .withColumn('x', d => d.id.plus(1))\n  .select(\n    'x',\n    'nmae',\n  )",
      '6:5 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"id" | "name" | "score" | "x"\'. Did you mean "name"?',
    ],
  ],
  "several wrong columns in one cell": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [
      "df.filter(d => d.idd.gt(1))\ndf.select('nam')\ndf.select(d => ({ a: d.scor }))",
      "1:18 TS2339 Property 'idd' does not exist: the columns are id, name, score. Did you mean 'id'?\n2:11 TS2769 Argument of type '\"nam\"' is not assignable to parameter of type '\"id\" | \"name\" | \"score\"'. Did you mean \"name\"?\n3:24 TS2551 Property 'scor' does not exist: the columns are id, name, score. Did you mean 'score'?",
    ],
  ],
  "callbacks beside names": [
    ["const df = createDataFrame([{ id: 1, name: 'a', score: 1.5 }, { id: 2, name: 'b', score: 2.5 }])"],
    [
      "const some = df.select('name', f => f.id.plus(1).alias('next'), f => ({ s: f.score })); some.columns()",
      "[ 'name', 'next', 's' ]",
    ],
    [
      "df.select('name', f => f.id.plus(1).alias('next')).select('nxt')",
      `1:59 TS2769 Argument of type '"nxt"' is not assignable to parameter of type '"name" | "next"'. Did you mean "next"?`,
    ],
    ["df.select('*', f => f.id.plus(1).alias('next')).select('score', 'next').columns()", "[ 'score', 'next' ]"],
    [
      "df.select('name', f => f.scor)",
      "1:26 TS2551 Property 'scor' does not exist: the columns are id, name, score. Did you mean 'score'?",
    ],
    [
      "df.select('nmae', f => f.score)",
      `1:11 TS2769 Argument of type '"nmae"' is not assignable to parameter of type '"id" | "name" | "score"'. Did you mean "name"?`,
    ],
    ["df.orderBy(f => f.score.desc(), 'name', f => f.id).first()", "{ id: 2, name: 'b', score: 2.5 }"],
    [
      "df.orderBy('name', f => f.scor.desc())",
      "1:27 TS2551 Property 'scor' does not exist: the columns are id, name, score. Did you mean 'score'?",
    ],
    [
      "const sums = df.groupBy('name', f => ({ big: f.score.gt(2) })).agg(count('*').alias('n'), f => sum(f.score).alias('total'))",
    ],
    ["sums.columns()", "[ 'name', 'big', 'n', 'total' ]"],
    [
      "df.groupBy('name').agg(f => sum(f.score).alias('total'), f => ({ top: max(f.id) })).select('totl')",
      `1:92 TS2769 Argument of type '"totl"' is not assignable to parameter of type '"name" | "top" | "total"'. Did you mean "total"?`,
    ],
    [
      "df.groupBy('name').agg(f => sum(f.scor), f => max(f.id))",
      "1:35 TS2551 Property 'scor' does not exist: the columns are id, name, score. Did you mean 'score'?",
    ],
  ],
});

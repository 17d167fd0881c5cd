import { sequences } from "../../helpers/cell-sequences.ts";

sequences(
  "columns of files, SQL and views before the cell runs",
  {
    "the columns of a CSV file are known before the cell runs": [
      [
        "read.csv('people.csv').select('nmae')",
        '1:31 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"born" | "id" | "name"\'. Did you mean "name"?',
      ],
      ["read.csv('people.csv').select('name', 'born').columns()", "[ 'name', 'born' ]"],
      [
        "read.csv('people.csv').filter(p => p.naem.eq('Ada'))",
        "1:38 TS2339 Property 'naem' does not exist: the columns are id, name, born. Did you mean 'name'?",
      ],
    ],
    "options are read, too": [
      ["read.option('sep', ';').csv('semi.csv').select('b').columns()", "[ 'b' ]"],
      [
        "read.option('sep', ';').csv('semi.csv').select('c')",
        '1:48 TS2769 Argument of type \'"c"\' is not assignable to parameter of type \'"a" | "b"\'.',
      ],
      ["read.options({ sep: ';' }).csv('semi.csv').select('a').columns()", "[ 'a' ]"],
      ["read.csv('semi.csv').select('a')", "┌─────┐\n│   a │\n│ int │\n├─────┤\n│   1 │\n└─────┘\n1 row · 1 column"],
    ],
    "a schema that is given": [
      ["read.schema('id LONG, who STRING').csv('people.csv').select('who').columns()", "[ 'who' ]"],
      [
        "read.schema('id LONG, who STRING').csv('people.csv').select('name')",
        '1:61 TS2769 Argument of type \'"name"\' is not assignable to parameter of type \'"id" | "who"\'.',
      ],
    ],
    "JSON lines and their nested columns": [
      ["read.json('rows.json').select(r => ({ x: r.deep.x.plus(1) })).columns()", "[ 'x' ]"],
      [
        "read.json('rows.json').select(r => ({ x: r.deep.y }))",
        "1:49 TS2339 Property 'y' does not exist: the fields of deep are x, list.",
      ],
      ["(await read.json('rows.json').first()).deep.list.length", "2"],
    ],
    "spark.read is the same": [
      [
        "spark.read.csv('people.csv').select('nam')",
        '1:37 TS2769 Argument of type \'"nam"\' is not assignable to parameter of type \'"born" | "id" | "name"\'. Did you mean "name"?',
      ],
      ["spark.read.csv('people.csv').select('name').count()", "2"],
    ],
    "a format by its name": [
      [
        "read.format('CSV').option('sep', ';').load('semi.csv').select('c')",
        '1:63 TS2769 Argument of type \'"c"\' is not assignable to parameter of type \'"a" | "b"\'.',
      ],
      ["spark.read.format('json').load(['rows.json']).select(r => ({ x: r.deep.x.plus(1) })).columns()", "[ 'x' ]"],
      [
        "spark.read.format('json').load(['rows.json']).select(r => ({ x: r.deep.y }))",
        "1:72 TS2339 Property 'y' does not exist: the fields of deep are x, list.",
      ],
      ["read.format('text').load('semi.csv').select('value').count()", "2"],
    ],
    "data whose columns are named beside it": [
      [
        "createDataFrame([[1, 'a'], [2, null]], ['id', 'name']).select('nmae')",
        '1:63 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"id" | "name"\'. Did you mean "name"?',
      ],
      [
        "createDataFrame([[1, 'a'], [2, null]], ['id', 'name']).select(r => ({ x: r.name.at }))",
        "1:81 TS2339 Property 'at' does not exist on type 'Column<String | null, \"name\">'.",
      ],
      ["createDataFrame([[1, 'a']], ['id', 'name']).select(r => ({ x: r.id.plus(1) })).columns()", "[ 'x' ]"],
      [
        "spark.createDataFrame([[1, 'a']], 'id LONG, name STRING').select('nmae')",
        '1:66 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"id" | "name"\'. Did you mean "name"?',
      ],
      [
        "void await createDataFrame([{ v: 1 }]).write.mode('overwrite').csv('made.csv'); createDataFrame([], 'id LONG').select('ID_')",
        '1:119 TS2769 Argument of type \'"ID_"\' is not assignable to parameter of type \'"id"\'. Did you mean "id"?',
      ],
      ["createDataFrame([[1, 'a']], 'id LONG, name STRING').select('name').columns()", "[ 'name' ]"],
      [
        "const pairs = [[1, 'a'], [2, 'b']]; createDataFrame(pairs, ['id', 'name']).select(r => ({ x: r.id.plus(1) })).columns()",
        "[ 'x' ]",
      ],
    ],
    "names of readers that are parameters": [
      ["const make = (spark: any) => spark.createDataFrame([[1]], 'n INT').columns()"],
      ["make(spark)", "[ 'n' ]"],
      ["[{ csv: (path: string) => path }].map((read: any) => read.csv('people.csv'))", "[ 'people.csv' ]"],
      [
        "try { throw { csv: (path: string) => path } } catch (read: any) { console.log(read.csv('people.csv')) }",
        "people.csv",
      ],
    ],
    "data of several kinds": [
      ["createDataFrame([[{ a: 1 }], [{ a: 2, b: 'x' }]], ['o']).select(f => ({ b: f.o.b })).columns()", "[ 'b' ]"],
      ["const mixed: { p: string | number }[] = [{ p: 'a' }]"],
      ["createDataFrame(mixed).select(f => ({ p: F.upper(f.p) })).columns()", "[ 'p' ]"],
    ],
    "several files and a pattern": [
      [
        "read.csv('people.csv', 'people.csv').select('nam')",
        '1:45 TS2769 Argument of type \'"nam"\' is not assignable to parameter of type \'"born" | "id" | "name"\'. Did you mean "name"?',
      ],
      [
        "read.csv(['people.csv', 'people.csv']).select('nam')",
        '1:47 TS2769 Argument of type \'"nam"\' is not assignable to parameter of type \'"born" | "id" | "name"\'. Did you mean "name"?',
      ],
      ["read.csv('sub/*.csv').select('q').columns()", "[ 'q' ]"],
      [
        "read.csv('sub/*.csv').select('r')",
        '1:30 TS2769 Argument of type \'"r"\' is not assignable to parameter of type \'"p" | "q"\'.',
      ],
    ],
    "a file that is not there is an error of the run": [
      ["read.csv('nothing.csv').select('a')", 'AnalysisError: No such file or folder: "nothing.csv".'],
    ],
    "a path that is not literal: untyped until the cell ran": [
      ["const path = 'people.csv'; const p = read.csv(path)"],
      ["p.select('name').columns()", "[ 'name' ]"],
      [
        "p.select('nmae')",
        '1:10 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"born" | "id" | "name"\'. Did you mean "name"?',
      ],
      ["read.csv(path).select('name').columns()", "[ 'name' ]"],
    ],
    "a path in a template": [
      [`const stem = 'people'; read.csv(\`\${stem}.csv\`).select('name').columns()`, "[ 'name' ]"],
      [
        "read.csv(`people.csv`).select('nmae')",
        '1:31 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"born" | "id" | "name"\'. Did you mean "name"?',
      ],
    ],
    "a variable of the file is typed from there on": [
      ["const people = read.csv('people.csv')"],
      ["people.filter(p => p.id.gt(1)).select('name').count()", "1"],
      [
        "people.filter(p => p.id.gt('x'))",
        "1:28 TS2345 Argument of type 'string' is not assignable to parameter of type 'Column<Numeric | null, any> | NumericValue'.",
      ],
      ["(await people.first()).born.getFullYear()", "1815"],
    ],
    "a file that the same cell writes is untyped": [
      [
        "await createDataFrame([{ v: 1 }]).write.mode('overwrite').csv('fresh.csv'); await read.csv('fresh.csv').select('v').count()",
        "1",
      ],
      ["read.csv('fresh.csv').select('v').columns()", "[ 'v' ]"],
      [
        "read.csv('fresh.csv').select('w')",
        "1:30 TS2769 Argument of type '\"w\"' is not assignable to parameter of type '\"v\"'.",
      ],
    ],
    "a file that is written anew has its new columns in the next cell": [
      ["void await createDataFrame([{ one: 1 }]).write.mode('overwrite').parquet('again.parquet')"],
      ["read.parquet('again.parquet').select('one').columns()", "[ 'one' ]"],
      ["void await createDataFrame([{ two: 2 }]).write.mode('overwrite').parquet('again.parquet')"],
      ["read.parquet('again.parquet').select('two').columns()", "[ 'two' ]"],
      [
        "read.parquet('again.parquet').select('one')",
        "1:38 TS2769 Argument of type '\"one\"' is not assignable to parameter of type '\"two\"'.",
      ],
    ],
    "a file of Node's that changes": [
      ["const { writeFileSync } = await import('node:fs'); writeFileSync('own.csv', 'a,b\\n1,2\\n')"],
      ["read.csv('own.csv').select('b').columns()", "[ 'b' ]"],
      ["writeFileSync('own.csv', 'a,long_name\\n1,2\\n')"],
      ["read.csv('own.csv').select('long_name').columns()", "[ 'long_name' ]"],
      [
        "read.csv('own.csv').select('b')",
        '1:28 TS2769 Argument of type \'"b"\' is not assignable to parameter of type \'"a" | "long_name"\'.',
      ],
    ],
    "the columns of SQL text": [
      ["sql('select 1 as one, \\'a\\' as word').select('one').columns()", "[ 'one' ]"],
      [
        "sql('select 1 as one').select('two')",
        "1:31 TS2769 Argument of type '\"two\"' is not assignable to parameter of type '\"one\"'.",
      ],
      ["sql`select 1 as one`.filter(r => r.one.gt(0)).count()", "1"],
      [
        "sql`select 1 as one`.filter(r => r.won.gt(0))",
        "1:36 TS2339 Property 'won' does not exist: the columns are one.",
      ],
    ],
    "SQL over a file": [
      ["sql(\"select name, id + 1 as next from 'people.csv'\").select('next').columns()", "[ 'next' ]"],
      [
        "sql(\"select name from 'people.csv'\").select('id')",
        "1:45 TS2769 Argument of type '\"id\"' is not assignable to parameter of type '\"name\"'.",
      ],
    ],
    "SQL over a view": [
      ["createDataFrame([{ a: 1 }]).createOrReplaceTempView('numbers')"],
      ["table('numbers').select('a').columns()", "[ 'a' ]"],
      [
        "table('numbers').select('b')",
        "1:25 TS2769 Argument of type '\"b\"' is not assignable to parameter of type '\"a\"'.",
      ],
      ["sql('select a * 2 as twice from numbers').select('twice').count()", "1"],
      [
        "sql('select a * 2 as twice from numbers').select('a')",
        "1:50 TS2769 Argument of type '\"a\"' is not assignable to parameter of type '\"twice\"'.",
      ],
    ],
    "a view that is replaced": [
      ["createDataFrame([{ a: 1 }]).createOrReplaceTempView('changing')"],
      ["table('changing').select('a').columns()", "[ 'a' ]"],
      ["createDataFrame([{ b: 1 }]).createOrReplaceTempView('changing')"],
      ["table('changing').select('b').columns()", "[ 'b' ]"],
      [
        "table('changing').select('a')",
        "1:26 TS2769 Argument of type '\"a\"' is not assignable to parameter of type '\"b\"'.",
      ],
    ],
    "a view that the same cell makes is untyped": [
      ["createDataFrame([{ a: 1 }]).createOrReplaceTempView('here'); await table('here').select('a').count()", "1"],
      [
        "createDataFrame([{ z: 1 }]).createOrReplaceTempView('here'); await sql('select z from here').select('z').count()",
        "1",
      ],
    ],
    "a frame's name is a table in SQL": [
      ["const squares = range(4).select(r => ({ n: r.id, square: r.id.times(r.id) }))"],
      ["sql('select square from squares').select('square').count()", "4"],
      [
        "sql('select square from squares').select('n')",
        "1:42 TS2769 Argument of type '\"n\"' is not assignable to parameter of type '\"square\"'.",
      ],
      [`sql\`select n from \${squares} where n > 1\`.count()`, "2"],
    ],
    "SQL that is wrong is an error of the run": [
      ["sql('select nothing from nowhere').select('a')", 'AnalysisError: There is no table or view "nowhere".'],
      ["sql('selec 1')", 'AnalysisError: SQL: Syntax error at or near "selec" in line 1: selec 1'],
    ],
    "SQL with a value": [
      [`const least = 1; sql\`select range as n from range(3) where range > \${least}\`.select('n').count()`, "1"],
    ],
    "%%sql gives a frame": [
      [
        "%%sql\nselect 1 as one, 'a' as word",
        "┌─────┬────────┐\n│ one │ word   │\n│ int │ string │\n├─────┼────────┤\n│   1 │ a      │\n└─────┴────────┘\n1 row · 2 columns",
      ],
      [
        "%%sql --save saved\nselect 42 as answer",
        "┌────────┐\n│ answer │\n│    int │\n├────────┤\n│     42 │\n└────────┘\n1 row · 1 column",
      ],
      ["saved.select('answer').columns()", "[ 'answer' ]"],
      [
        "saved.select('answr')",
        '1:14 TS2769 Argument of type \'"answr"\' is not assignable to parameter of type \'"answer"\'. Did you mean "answer"?',
      ],
      ["(await saved.first()).answer", "42"],
    ],
    "%%sql over a frame": [
      ["const f = createDataFrame([{ a: 1 }, { a: 2 }])"],
      [
        "%%sql --save big\nselect a + 1 as b from f where a > 1",
        "┌──────┐\n│    b │\n│ long │\n├──────┤\n│    3 │\n└──────┘\n1 row · 1 column",
      ],
      ["big.select('b').count()", "1"],
      ["big.select('a')", "1:12 TS2769 Argument of type '\"a\"' is not assignable to parameter of type '\"b\"'."],
    ],
    "a shadowed read is not looked up": [
      ["const read = { csv: (path: string) => ({ select: (name: string) => name }) }"],
      ["read.csv('people.csv').select('anything')", "'anything'"],
    ],
    "a file that is cached": [
      ["const c = read.csv('people.csv').cache()"],
      ["await c.count()", "2"],
      ["c.select('name').columns()", "[ 'name' ]"],
      [
        "c.select('nmae')",
        '1:10 TS2769 Argument of type \'"nmae"\' is not assignable to parameter of type \'"born" | "id" | "name"\'. Did you mean "name"?',
      ],
    ],
    "type arguments of one's own": [
      ["import type { Sql } from 'quern'"],
      [
        "read.csv<{ a: Sql.Long }>('people.csv').select('b')",
        "1:48 TS2769 Argument of type '\"b\"' is not assignable to parameter of type '\"a\"'.",
      ],
      ["read.csv<{ name: Sql.String }>('people.csv').select('name').columns()", "[ 'name' ]"],
    ],
  },
  {
    "people.csv": "id,name,born\n1,Ada,1815-12-10\n2,Alan,1912-06-23\n",
    "semi.csv": "a;b\n1;x\n",
    "rows.json": '{"k": 1, "deep": {"x": 1.5, "list": [1, 2]}}\n{"k": 2, "deep": {"x": 2.5, "list": []}}\n',
    "sub/parts.csv": "p,q\n1,2\n",
  },
);

import { sequences } from "../../helpers/cell-sequences.ts";

const made = "const made = createDataFrame([{ a: 1 }]); void await made.write.mode('overwrite').parquet('p1')";
const table1 = "sql`create or replace table tb as select 1 as a`";
const wrongA = "TS2769 Argument of type '\"wrong\"' is not assignable to parameter of type '\"a\"'.";

sequences(
  "what a cell reads behind what may have changed it",
  {
    "a table that the same cell makes with SQL": [
      [table1],
      ["sql`create or replace table tb as select 2 as b`; table('tb').select('b').columns()", "[ 'b' ]"],
      ["spark.sql('create or replace table tb as select 2 as c'); table('tb').select('c').columns()", "[ 'c' ]"],
      ["sql('alter table tb rename column c to d'); sql('select * from tb').select('d').columns()", "[ 'd' ]"],
      [
        "table('tb').select('c')",
        "1:20 TS2769 Argument of type '\"c\"' is not assignable to parameter of type '\"d\"'.",
      ],
    ],
    "a frame of a table that is made anew below it": [
      [table1],
      ["const t = table('tb'); sql('create or replace table tb as select 2 as b'); t.select('b').columns()", "[ 'b' ]"],
    ],
    "SQL text that is not literal": [
      [table1],
      ["const text = 'create or replace table tb as select 2 as b'"],
      ["sql(text); table('tb').select('b').columns()", "[ 'b' ]"],
    ],
    "a command for the shell, and another folder": [
      ["read.csv('one.csv').select('wrong')", `1:28 ${wrongA}`],
      ["!printf 'b\\n1\\n' > one.csv\nread.csv('one.csv').select('b').columns()", "[ 'b' ]"],
      ["%cd sub\nread.csv('one.csv').select('c').columns()", "…[ 'c' ]"],
      ["process.chdir('..'); read.csv('one.csv').select('b').columns()", "[ 'b' ]"],
      ["%check error\nread.csv('one.csv').select('wrong')", "2:28 TS2769 …"],
    ],
    "a function of an earlier cell may write": [
      [made],
      ["const wr = () => createDataFrame([{ b: 1 }]).write.mode('overwrite').parquet('p1')"],
      ["void await wr(); read.parquet('p1').select('b').columns()", "[ 'b' ]"],
      ["const wr2 = { go: () => made.write.mode('overwrite').parquet('p1') }"],
      ["void await wr2.go(); read.parquet('p1').select('a').columns()", "[ 'a' ]"],
      ["const writing = wr()"],
      ["void await writing; read.parquet('p1').select('b').columns()", "[ 'b' ]"],
      [
        "for (const f of [made]) { await f.write.mode('overwrite').parquet('p1') }\nread.parquet('p1').select('a').columns()",
        "[ 'a' ]",
      ],
      ["await Promise.all([1].map(wr)); read.parquet('p1').select('b').columns()", "[ 'b' ]"],
    ],
    "a function of the cell that writes": [
      [made],
      [
        "await save(); const names = read.parquet('p1').select('b').columns()\nasync function save() { await createDataFrame([{ b: 1 }]).write.mode('overwrite').parquet('p' + '1') }",
      ],
    ],
    "in a loop, what stands below is run before": [
      [made],
      [
        "for (const name of ['a', 'b']) {\n  console.log(await read.parquet('./p1').columns());\n  if (name === 'b') await read.parquet('p1').select('b').count();\n  await createDataFrame([{ b: 1 }]).write.mode('overwrite').parquet('p' + '1');\n}",
        "[ 'a' ]\n[ 'b' ]",
      ],
    ],
    "a path that is not literal": [
      [made],
      [
        "void await createDataFrame([{ b: 1 }]).write.mode('overwrite').parquet(process.cwd() + '/p1'); read.parquet('p1').select('b').columns()",
        "[ 'b' ]",
      ],
    ],
    "a module that is imported for what it does": [
      ["import './setup.ts'; read.csv('setup.csv').select('b').columns()", "[ 'b' ]"],
    ],
    "what leaves all as it is": [
      [made],
      ["const f = made.withColumn('b', lit(2))"],
      [
        "console.log(await f.filter(r => r.b.isNotNull()).count()); read.csv('sub/one.csv').select('wrong')",
        "1:91 TS2769 Argument of type '\"wrong\"' is not assignable to parameter of type '\"c\"'.",
      ],
      [
        "const rows = await f.collect(); const bs = rows.map(r => r.b.toFixed(1)); read.csv('sub/one.csv').select('wrong')",
        "1:106 TS2769 …",
      ],
      [
        "const all = <S>(d: DataFrame<S>) => d.dropna().limit(3);\nlet g = all(read.csv('sub/one.csv')); g = g.dropDuplicates();\nfor (const n of [1, 2]) console.log(String(n));\nread.csv('sub/one.csv').select('wrong')",
        "4:32 TS2769 …",
      ],
      [
        "import { join } from 'node:path';\nconst w = Window.partitionBy('a');\nsql('select 1 as a').select('wrong')",
        `3:29 ${wrongA}`,
      ],
      ["await read.csv('sub/one.csv').select('wrong').write.mode('overwrite').parquet('p2')", "1:38 TS2769 …"],
    ],
  },
  {
    "one.csv": "a\n1\n",
    "sub/one.csv": "c\n1\n",
    "setup.csv": "a\n1\n",
    "setup.ts": "import { writeFileSync } from 'node:fs';\nwriteFileSync('setup.csv', 'b\\n1\\n');\n",
  },
);

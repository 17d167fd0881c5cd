import { sequences } from "../../helpers/cell-sequences.ts";

const cars = "const cars = createDataFrame([{ make: 'ford', power: 130, built: 1970, weight: 3504.5 }])";

sequences("what is said to who comes from elsewhere", {
  "functions name frames, columns and rows by their types": [
    [cars],
    ["function strong(df: DataFrame, min: number): DataFrame { return df.filter(f => f.power.gt(min)) }"],
    ["await strong(cars, 100).count()", "1"],
    ["const kept = strong(cars, 200)\nawait kept.count()", "0"],
    ["kept.select('pwer')", '1:13 TS2769 …Did you mean "power"?'],
    [
      "const half = (c: Column): Column => c.div(2)\nconst rows: Row[] = await cars.select(f => ({ h: half(f.power) })).collect()\nrows[0].h",
      "65",
    ],
    ["cars instanceof DataFrame", '1:17 TS2693 …As a value: import { DataFrame } from "quern".'],
    ["import { DataFrame } from 'quern'\ncars instanceof DataFrame", "true"],
    [
      "type Row = { a: number }\nconst own: Row = { a: 1 }\nown.b",
      "3:5 TS2339 Property 'b' does not exist on type 'Row'.",
    ],
  ],
  "a function over columns that is not preloaded": [
    [cars],
    ["cars.select(f => ({ m: upper(f.make) }))", "1:24 TS2304 Cannot find name 'upper'. Quern's is `F.upper`."],
    ["(await cars.select(f => ({ m: F.upper(f.make) })).collect())[0].m", "'FORD'"],
  ],
  "a name of a cell that was stopped, or failed": [
    ["const total = 1\ntotal.toUpperCase()", "2:7 TS2339 …"],
    ["total + 1", "1:1 TS2304 Cannot find name 'total'. It is declared in cell [1], which ended in an error."],
    ["throw new Error('no'); const later = 1", "Error: no"],
    ["const total = 2\ntotal", "2"],
    ["total + 1", "3"],
    ["interface Car { make: string }\nconst n: number = 'a'", "2:7 TS2322 …"],
    [
      "const c: Car = { make: 'x' }",
      "1:10 TS2304 Cannot find name 'Car'. It is declared in cell [6], which ended in an error.",
    ],
  ],
  "operators and functions of JavaScript over a column": [
    [cars],
    [
      "cars.withColumn('x', f => f.power * 2)",
      "1:27 TS2362 A Column is no number. A Column has methods in place of operators: …",
    ],
    [
      "cars.filter(f => f.power.gt(1) & f.built.gt(2))",
      "1:18 TS2362 A Column is no number. …\n1:34 TS2363 A Column is no number. …",
    ],
    ["cars.filter(f => f.make !== null)", "1:18 TS2769 …'Condition'. A Column has methods in place of operators: …"],
    ["cars.withColumn('x', f => Math.round(f.power))", "1:38 TS2345 …"],
    [
      "cars.withColumn('x', f => 'p' + String(f.power))",
      "1:22 TS2345 The callback gives a string where a Column is wanted. …",
    ],
  ],
  "callbacks that give no column": [
    [cars],
    ["cars.select(f => 5)", "1:13 TS2769 The callback gives 5 where a Column is wanted. …"],
    ["cars.orderBy(f => true)", "1:14 TS2769 The callback gives a boolean where a Column is wanted. …"],
    ["cars.groupBy(f => 'make')", '1:14 TS2769 The callback gives "make" where a Column is wanted. …'],
    [
      "cars.withColumns({ next: f => f.built.plus(1) })",
      "1:20 TS2322 …The callback stands around the object: f => ({ … }).",
    ],
  ],
  "methods that a column has elsewhere": [
    [cars],
    ["cars.select(f => f.make.as('m'))", "1:25 TS2339 …It is .alias()."],
    ["cars.select(f => f.power.multiply(2))", "1:26 TS2339 …It is .times()."],
    ["cars.select(f => f.make.upper())", "1:25 TS2339 …It is a function: F.upper(column)."],
    ["cars.select(f => f.make.toUpperCase())", "1:25 TS2339 …It is a function: F.upper(column)."],
    ["cars.select(f => f.make.nothing())", "1:25 TS2339 Property 'nothing' does not exist on type …"],
  ],
  "methods that a frame has elsewhere": [
    [cars],
    ["cars.rename({ make: 'brand' })", "1:6 TS2339 …It is withColumnRenamed() or withColumnsRenamed()."],
    ["cars.iterrows()", "1:6 TS2339 …Rows come one after the other: for await (const row of df.stream())."],
    ["cars.value_counts('make')", "1:6 TS2339 …Rows are counted by groupBy().count()."],
    ["cars.toArray()", "1:6 TS2339 …collect() gives the rows as an array: (await df.collect())."],
    ["for (const car of cars.collect()) console.log(car)", "1:19 TS2488 …Is an await missing?"],
  ],
  "options of a reader behind the path": [
    [
      "read.csv('cars.csv', { header: false })",
      '1:24 TS2353 csv takes paths alone. Options stand before it: option("header", …).csv(…).',
    ],
  ],
  "SQL types": [
    [cars],
    ["import type { Double } from 'quern'", '1:15 TS2305 …It is Sql.Double: import type { Sql } from "quern".'],
    [
      "function total(df: DataFrame<{ power: number }>) {}\ntotal(cars)",
      '2:7 TS2345 …A frame\'s columns have SQL types: import type { Sql } from "quern", and { amount: Sql.Double | null }.',
    ],
    [
      "import type { Sql } from 'quern'\nfunction total(df: DataFrame<{ power: Sql.Long }>) { return df.select('power') }\ntotal(cars).columns()",
      "[ 'power' ]",
    ],
  ],
  "a name that is assigned and not declared": [
    ["mine = 3", "1:1 TS2552 Cannot find name 'mine'. To declare it: let mine = …"],
    ["let mine; mine = 3; mine", "3"],
  ],
  "what Quern has to be imported": [
    [
      "const s = schema({ id: types.int() })",
      "1:11 TS2304 Cannot find name 'schema'. Import it: import { schema } from \"quern\".\n1:24 TS2304 Cannot find name 'types'. Import it: import { types } from \"quern\".",
    ],
    ["import { schema } from 'quern'\ntypeof schema", "'function'"],
  ],
  "a column by a name that is known when it runs, a field, a channel of a chart": [
    [cars],
    ["const names: string[] = ['power', 'built']"],
    ["let kept = cars\nfor (const name of names) kept = kept.filter(f => f[name].gt(1))\nawait kept.count()", "1"],
    [
      "cars.filter(f => f['pwer'].gt(1))",
      "1:20 TS2551 …the columns are make, power, built, weight. Did you mean 'power'?",
    ],
    ["let name = 'power'; cars[name]", "1:21 TS7053 …"],
    ["const trips = createDataFrame([{ to: { city: 'OSL', at: { lat: 1, lon: 2 } } }])"],
    [
      "trips.filter(t => t.to.citty.eq('OSL'))",
      "1:24 TS2551 Property 'citty' does not exist: the fields of to are city, at. Did you mean 'city'?",
    ],
    [
      "trips.filter(t => t.to.at.latt.gt(1))",
      "1:27 TS2551 Property 'latt' does not exist: the fields of at are lat, lon. Did you mean 'lat'?",
    ],
    ["cars.plot.bar({ x: 'mke', y: 'power' })", "1:17 TS2820 …'Channel<…> | undefined'. Did you mean …make…?"],
  ],
  "an await that is missing": [
    [cars],
    [
      "const n = cars.count()\nn + 1",
      "2:1 TS2365 Operator '+' cannot be applied to types 'Promise<number>' and '1'. Is an await missing?",
    ],
    [
      "cars.collect().map(r => r.make)",
      "1:16 TS2339 Property 'map' does not exist on type 'Promise<…>'. Is an await missing?",
    ],
  ],
  "a column as a property of its frame, a frame as a list": [
    [cars],
    [
      "cars.power",
      "1:6 TS2339 Property 'power' does not exist on type 'DataFrame<…>'. It is a column: f => f.power, \"power\" or col(\"power\").",
    ],
    [
      "cars.shape",
      "1:6 TS2339 …count() gives the number of rows, columns() the names of the columns; both are awaited.",
    ],
    ["for await (const row of cars) {}", "1:25 TS2504 …for await (const row of df.stream())."],
    ["const seen = []\nfor await (const row of cars.stream()) seen.push(row.make)\nseen", "[ 'ford' ]"],
  ],
  "a name of Quern's that is the user's now": [
    [cars],
    ["let avg = (x: number) => x\nclass count {}\nconst read = 5"],
    ["cars.select(c => avg(c.power))", "1:22 TS2345 …`avg` is yours since cell [2]; Quern's is `F.avg`."],
    ["count()", "1:1 TS2348 …`count` is yours since cell [2]; Quern's is `F.count`."],
    ["read.csv('x')", "1:6 TS2339 …`read` is yours since cell [2]; Quern's is `spark.read`."],
  ],
  "the wrong one of several names": [
    [cars],
    ['cars.select("*", "powr")', '1:18 TS2769 Argument of type \'"powr"\' is …Did you mean "power"?'],
    ['cars.orderBy(["make", "powr"])', '1:23 TS2769 Argument of type \'"powr"\' is …Did you mean "power"?'],
    ['cars.select("wei")', '1:13 TS2769 …Did you mean "weight"?'],
  ],
  "a join whose condition is none": [
    [cars],
    ["const other = createDataFrame([{ make: 'ford', power: 1 }])"],
    ["cars.join(other, cars.power.eq(1))", "1:23 TS2339 Property 'power' does not exist on …"],
  ],
});

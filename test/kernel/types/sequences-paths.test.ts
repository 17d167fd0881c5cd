import { sequences } from "../../helpers/cell-sequences.ts";

sequences("what names say beyond columns", {
  "paths into structs": [
    ["const df = createDataFrame([{ id: 1, at: { lat: 1, town: 'Ulm' } }])"],
    ["const towns = df.select('id', 'at.town')"],
    [
      "towns.select('twon')",
      `1:14 TS2769 Argument of type '"twon"' is not assignable to parameter of type '"id" | "town"'. Did you mean "town"?`,
    ],
    ["(await towns.first())?.town.toUpperCase()", "'ULM'"],
    ["(await df.select('at.*').first())?.lat.toFixed(1)", "'1.0'"],
    ["df.groupBy('at.town').count().orderBy('town').columns()", "[ 'town', 'count' ]"],
    ["df.orderBy('at.town').select('`id`').columns()", "[ 'id' ]"],
    ["df.select('at.towns')", 'AnalysisError: "at" has no field "towns". Fields: lat, town. Did you mean "town"?'],
  ],
  "a column called then": [
    ["const df = createDataFrame([{ then: 1 }])"],
    ["(await df.select(f => f.then).first())?.then.toFixed(1)", "'1.0'"],
    ["df.select(f => f.then.plus(1).alias('next')).columns()", "[ 'next' ]"],
  ],
  "aggregates without names": [
    ["const df = createDataFrame([{ kind: 'a', price: 1, n: 2 }])"],
    ["const sums = df.groupBy('kind').sum()"],
    ["(await sums.first())?.['sum(price)'].toFixed(1)", "'1.0'"],
    [
      "sums.select('sum(kind)')",
      `1:13 TS2769 Argument of type '"sum(kind)"' is not assignable to parameter of type '"kind" | "sum(n)" | "sum(price)"'. Did you mean "sum(n)"?`,
    ],
  ],
  "lists of names that only the run knows": [
    ["const f = createDataFrame([{ delay: 1, origin: 'SFO' }]); const cols = ['delay', 'origin']"],
    ["f.select(cols).columns()", "[ 'delay', 'origin' ]"],
    ["f.select([...cols.slice(1), 'delay']).columns()", "[ 'origin', 'delay' ]"],
    ["f.drop(cols.slice(1)).columns()", "[ 'delay' ]"],
    ["f.groupBy(cols).count().columns()", "[ 'delay', 'origin', 'count' ]"],
    ["f.rollup(cols).count().count()", "3"],
    ["f.cube(cols).count().count()", "4"],
    ["f.orderBy(cols).select('delay').count()", "1"],
    ["f.sort(cols).columns()", "[ 'delay', 'origin' ]"],
    ["f.dropDuplicates(cols).count()", "1"],
    ["f.drop_duplicates(cols).count()", "1"],
    ["const own = ['delay']; f.select(cols).drop(own).columns()", "[ 'origin' ]"],
    ["f.orderBy(cols).select('dely')", '1:24 TS2769 … Did you mean "delay"?'],
    ["f.groupBy(['dely'])", '1:12 TS2769 … Did you mean "delay"?'],
    ["f.drop([1])", "1:9 TS2769 …"],
  ],
});

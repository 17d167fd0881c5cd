/** Functions over the columns of frames, and the types that they give. */
export const functions: readonly (readonly [code: string, type: string])[] = [
  [
    "s.select((f) => ({ v: F.from_json(f.origin, 'id BIGINT NOT NULL, `a b` DECIMAL(10, 2), tags ARRAY<STRING>') }))",
    'DataFrame<{ v: Sql.Struct<{ "a b": Sql.Decimal | null; id: Sql.Long | null; tags: Sql.Array<Sql.String | null> | null; }> | null; }>',
  ],
  [
    "s.select((f) => ({ x: F.explode(F.from_json(f.origin, 'array<struct<a:int,m:map<string,date>>>')) }))",
    "DataFrame<{ x: Sql.Struct<{ a: Sql.Int | null; m: Sql.Map<Sql.String, Sql.Date | null> | null; }> | null; }>",
  ],
  [
    "f.select((f) => ({ x: F.sequence(F.to_date(f.date), F.last_day(f.date), { months: 1 }), y: F.sequence(f.date, f.date, { hours: 12, minutes: 30 }), z: F.sequence(f.date, f.date, Temporal.Duration.from({ days: 2 })) }))",
    "DataFrame<{ x: Sql.Array<Sql.Date> | null; y: Sql.Array<Sql.Timestamp> | null; z: Sql.Array<Sql.Timestamp> | null; }>",
  ],
  [
    "s.select((f) => ({ x: F.ceil(f.distance), y: F.ceil(f.distance, 1), z: F.floor(f.delay, -1), w: F.split(f.origin, ',', 2), v: F.split(f.origin, ',', f.delay), u: F.array_join(F.split(f.origin, ','), '-', 'none') }))",
    "DataFrame<{ x: Sql.Long; y: Sql.Decimal; z: Sql.Decimal | null; w: Sql.Array<Sql.String>; v: Sql.Array<Sql.String> | null; u: Sql.String; }>",
  ],
  [
    "s.groupBy('origin').agg((f) => ({ x: F.percentile(f.delay, [0.1, 0.9], f.distance), y: F.percentile(f.delay, 0.5), z: F.percentile_approx(f.delay, [0.5], 100), w: F.max_by(f.origin, f.delay, 2), v: F.min_by(f.origin, f.delay) }))",
    "DataFrame<{ x: Sql.Array<Sql.Double> | null; y: Sql.Double | null; z: Sql.Array<Sql.Short> | null; w: Sql.Array<Sql.String> | null; v: Sql.String | null; origin: Sql.String; }>",
  ],
  [
    "p.select((f) => ({ x: F.transform(f.items, (item, i) => item.id.plus(i)) }))",
    "DataFrame<{ x: Sql.Array<Sql.Long | null>; }>",
  ],
  [
    "p.select((f) => ({ x: F.filter(f.items, (item) => item.name.startsWith('a')) }))",
    "DataFrame<{ x: Sql.Array<Sql.Struct<{ id: Sql.Long; name: Sql.String | null; }>>; }>",
  ],
  [
    "f.select((f) => ({ x: F.exists(f.tags, (tag) => tag.contains('x')), y: F.transform(f.tags, (tag) => F.length(tag)) }))",
    "DataFrame<{ x: Sql.Boolean | null; y: Sql.Array<Sql.Int | null> | null; }>",
  ],
  [
    "p.select((f) => ({ x: F.aggregate(f.items, 0n, (sum, item) => sum.plus(item.id)) }))",
    "DataFrame<{ x: Sql.Long | null; }>",
  ],
  [
    "p.select((f) => ({ x: F.aggregate(f.items, 0n, (sum, item) => sum.plus(item.id), (sum) => sum.div(2)) }))",
    "DataFrame<{ x: Sql.Double | null; }>",
  ],
  [
    "p.select((f) => ({ x: F.map_filter(f.counts, (key, count) => key.eq('a').and(count.gt(1))), y: F.transform_values(f.counts, (_key, count) => count.cast('string')) }))",
    "DataFrame<{ x: Sql.Map<Sql.String, Sql.Long>; y: Sql.Map<Sql.String, Sql.String | null>; }>",
  ],
  [
    "f.select((f) => ({ x: F.array_distinct(f.tags), y: F.array_append(f.tags, 'x'), z: F.array_max(f.tags), n: F.array_position(f.tags, 'x') }))",
    "DataFrame<{ x: Sql.Array<Sql.String> | null; y: Sql.Array<Sql.String> | null; z: Sql.String | null; n: Sql.Long | null; }>",
  ],
  [
    "s.select((f) => ({ x: F.sequence(f.distance, 10), y: F.array_repeat(f.origin, 2), m: F.create_map(f.origin, f.delay) }))",
    "DataFrame<{ x: Sql.Array<Sql.Int> | null; y: Sql.Array<Sql.String> | null; m: Sql.Map<Sql.String, Sql.Short | null>; }>",
  ],
  [
    "s.select((f) => ({ x: F.try_divide(f.delay, f.distance), y: F.pmod(f.distance, 3), z: F.shiftleft(f.distance, 1), w: F.bround(f.delay) }))",
    "DataFrame<{ x: Sql.Double | null; y: Sql.Int; z: Sql.Int | null; w: Sql.Short | null; }>",
  ],
  [
    "f.select((f) => ({ x: F.date_part('year', f.date), y: F.date_part('second', f.date), z: F.months_between(f.date, f.date), t: F.make_timestamp_ntz(2024, 1, 1, 0, 0, 0) }))",
    "DataFrame<{ x: Sql.Int | null; y: Sql.Decimal | null; z: Sql.Double | null; t: Sql.TimestampNtz | null; }>",
  ],
  [
    "f.select((f) => ({ x: F.make_time(10, 30, 0), y: F.current_time(3), z: lit(Temporal.PlainTime.from('10:00')), w: F.time_diff('hour', F.current_time(), '10:00'), h: F.hour(F.current_time()), c: lit('10:00').cast('TIME(3)') }))",
    "DataFrame<{ x: Sql.Time | null; y: Sql.Time; z: Sql.Time; w: Sql.Long | null; h: Sql.Int; c: Sql.Time; }>",
  ],
  [
    "f.select((f) => ({ x: f.date.minus(f.date), y: F.make_dt_interval(1), z: F.make_ym_interval(1).times(2), w: F.current_timestamp().plus(Temporal.Duration.from({ days: 1 })), v: f.date.plus(F.make_ym_interval(1)), c: lit(1).cast('INTERVAL DAY TO HOUR') }))",
    "DataFrame<{ x: Sql.DayTimeInterval | null; y: Sql.DayTimeInterval | null; z: Sql.YearMonthInterval | null; w: Sql.Timestamp; v: Sql.Timestamp | null; c: Sql.DayTimeInterval; }>",
  ],
  [
    "f.select((f) => ({ x: F.make_timestamp(F.to_date(f.date), F.current_time()), y: F.try_add(F.to_date(f.date), F.make_ym_interval(1)), z: F.try_subtract(f.date, f.date), w: F.try_multiply(F.make_dt_interval(1), 2), v: F.try_divide(2, 1) }))",
    "DataFrame<{ x: Sql.Timestamp | null; y: any; z: Sql.DayTimeInterval | null; w: Sql.DayTimeInterval | null; v: Sql.Double | null; }>",
  ],
  [
    "s.groupBy('origin').agg(() => ({ x: F.median(F.make_dt_interval(1)), y: F.percentile(F.make_ym_interval(1), [0.5]), z: F.median(F.lit(1)), w: F.try_sum(F.make_ym_interval(1)) }))",
    "DataFrame<{ x: Sql.DayTimeInterval | null; y: Sql.Array<Sql.YearMonthInterval> | null; z: Sql.Double | null; w: Sql.YearMonthInterval | null; origin: Sql.String; }>",
  ],
  [
    "f.select((f) => ({ x: F.make_interval(1), y: F.make_interval(1).times(2).plus(F.make_interval(1)), z: f.date.plus(F.make_interval(0, 1)), w: F.current_timestamp().minus(F.try_make_interval(1)), c: lit('1 day').cast('interval') }))",
    "DataFrame<{ x: Sql.CalendarInterval | null; y: Sql.CalendarInterval | null; z: Sql.Timestamp | null; w: Sql.Timestamp | null; c: Sql.CalendarInterval; }>",
  ],
  [
    "s.select((f) => ({ v: F.parse_json(f.origin), c: f.distance.cast('variant'), g: F.variant_get(F.try_parse_json('origin'), '$.a'), n: F.try_variant_get(F.parse_json(f.origin), '$.b[0]', 'array<int>'), i: F.parse_json(f.origin).cast('int'), s: F.schema_of_variant(F.parse_json(f.origin)), w: F.coalesce(F.try_parse_json('origin'), F.parse_json(f.origin)), l: F.array(F.parse_json(f.origin)) }))",
    "DataFrame<{ v: Sql.Variant; c: Sql.Variant; g: Sql.Variant | null; n: Sql.Array<Sql.Int | null> | null; i: Sql.Int | null; s: Sql.String; w: Sql.Variant; l: Sql.Array<Sql.Variant>; }>",
  ],
  ["await s.select((f) => ({ v: F.parse_json(f.origin) })).first()", "{ v: VariantValue; } | null"],
  [
    "s.groupBy('origin').agg(() => ({ x: F.sum(F.make_dt_interval(1)), y: F.avg(F.make_ym_interval(1)), z: F.max(F.make_ym_interval(1)) }))",
    "DataFrame<{ x: Sql.DayTimeInterval | null; y: Sql.YearMonthInterval | null; z: Sql.YearMonthInterval | null; origin: Sql.String; }>",
  ],
  [
    "s.select((f) => ({ x: F.split_part(f.origin, '-', 1), y: F.left(f.origin, 2), z: F.levenshtein(f.origin, f.origin), w: F.regexp_extract_all(f.origin, 'a') }))",
    "DataFrame<{ x: Sql.String | null; y: Sql.String | null; z: Sql.Int; w: Sql.Array<Sql.String> | null; }>",
  ],
  [
    "s.groupBy('origin').agg((f) => ({ x: F.bit_or(f.distance), y: F.mode(f.delay), z: F.try_sum(f.delay), w: F.listagg(f.origin, ',') }))",
    "DataFrame<{ x: Sql.Int | null; y: Sql.Short | null; z: Sql.Long | null; w: Sql.String | null; origin: Sql.String; }>",
  ],
  [
    "f.select((f) => ({ x: f.address.withField('zip', f.distance), y: f.address.dropFields('cast') }))",
    "DataFrame<{ x: Sql.Struct<{ cast: Sql.Int; city: Sql.String | null; zip: Sql.Int; }> | null; y: Sql.Struct<{ city: Sql.String | null; }> | null; }>",
  ],
  [
    "s.select((f) => ({ x: f.distance.bitwiseAND(1), y: F.nvl2(f.delay, f.origin, lit('x')), z: F.zeroifnull(f.delay), w: F.from_json(f.origin, 'array<int>') }))",
    "DataFrame<{ x: Sql.Int; y: Sql.String; z: Sql.Int; w: Sql.Array<Sql.Int | null> | null; }>",
  ],
  [
    "f.select((f) => ({ x: F.concat(f.tags, f.tags), y: F.reverse(f.tags), z: F.concat(f.origin, f.delay), w: F.reverse(f.origin), u: F.concat('origin', 'delay') }))",
    "DataFrame<{ x: Sql.Array<Sql.String> | null; y: Sql.Array<Sql.String> | null; z: Sql.String | null; w: Sql.String; u: Sql.String | null; }>",
  ],
  [
    "f.groupBy(F.window('date', '1 hour'), 'origin').count()",
    "DataFrame<{ count: Sql.Long; origin: Sql.String; window: Sql.Struct<{ start: any; end: any; }>; }>",
  ],
  [
    "f.select((f) => ({ from: F.window(f.date, '1 day', '1 hour').start, last: F.window_time(F.window(f.date, '1 day')) }))",
    "DataFrame<{ from: Sql.Timestamp | null; last: Sql.Timestamp | null; }>",
  ],
  [
    "f.groupBy((f) => ({ visit: F.session_window(f.date, '30 minutes') })).agg((f) => ({ n: F.count() })).withColumn('end', (f) => f.visit.end)",
    "DataFrame<{ visit: Sql.Struct<{ start: Sql.Timestamp | null; end: Sql.Timestamp | null; }>; n: Sql.Long; end: Sql.Timestamp | null; }>",
  ],
];

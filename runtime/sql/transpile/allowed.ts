/**
 * What texts may use, by the library's names: each was seen to give the same rows on both engines, by queries of
 * test/runtime/sql/transpile, as it is or by a rule of to-spark-*.ts. All else is refused: the library
 * passes on what it does not know, and a new version of it, or of an engine, may know other things.
 */
const QUERIES = words(`
  select.distinct select.from select.joins select.joins.on select.joins.using select.joins.kind=Inner select.joins.kind=Left
  select.joins.kind=Right select.joins.kind=Full select.joins.kind=Cross select.joins.kind=Implicit select.joins.kind=Semi
  select.joins.kind=Anti select.joins.kind=Natural select.where_clause select.group_by select.group_by.all select.having
  select.qualify select.order_by select.order_by.expressions.desc select.order_by.expressions.nulls_first select.limit
  select.offset select.fetch select.fetch.count select.fetch.direction select.fetch.rows select.windows select.windows.name
  select.windows.spec select.windows.spec.partition_by select.windows.spec.order_by select.windows.spec.order_by.desc
  select.windows.spec.order_by.nulls_first select.with select.with.ctes select.with.ctes.alias select.with.ctes.columns
  select.with.recursive select.post_select_comments
  union.all union.order_by union.order_by.expressions.desc union.order_by.expressions.nulls_first union.limit union.with
  union.with.ctes union.with.ctes.alias intersect intersect.order_by except except.order_by
  intersect.order_by.expressions.desc intersect.order_by.expressions.nulls_first except.order_by.expressions.desc
  except.order_by.expressions.nulls_first
  subquery.alias subquery.alias_keyword subquery.column_aliases subquery.lateral table.alias values star.table star.except
  column.table alias.alias exists in.query in.not
  create_view.query create_view.or_replace create_view.temporary drop_view.if_exists
`);

const CONDITIONS = words(`
  eq neq lt lte gt gte and or not is_null.not is_true.not is_false.not between null_safe_eq null_safe_neq
  boolean null case paren literal.literal_type=number literal.literal_type=string literal.literal_type=date like.escape
  add sub mul neg
`);

const AGGREGATES = words(`
  count.star count.distinct count.filter sum.distinct sum.filter avg.distinct avg.filter min.filter max.filter
  stddev stddev_pop stddev_samp variance var_pop var_samp logical_and logical_or count_if any_value
  window_function window_function.over window_function.over.partition_by window_function.over.order_by
  window_function.over.order_by.desc window_function.over.order_by.nulls_first window_function.over.frame
  window_function.over.frame.kind=Rows window_function.over.frame.kind=Range window_function.over.frame.start
  window_function.over.frame.end window_function.over.frame.start=UnboundedPreceding
  window_function.over.frame.start=CurrentRow window_function.over.frame.end=CurrentRow
  window_function.over.frame.end=UnboundedFollowing window_function.over.frame.start.Preceding
  window_function.over.frame.start.Following window_function.over.frame.end.Preceding
  window_function.over.frame.end.Following window_function.over.window_name
  row_number rank dense_rank percent_rank cume_dist n_tile n_tile.num_buckets lag.default lag.offset lead.default
  lead.offset first_value last_value nth_value nth_value.offset
`);

const FUNCTIONS = words(`
  upper lower length ltrim rtrim trim.position=Both starts_with ends_with contains
  year month day hour minute coalesce if_func if_func.condition if_func.true_value if_func.false_value abs ceil floor
  sqrt exp
`);

const CALLS = `nullif/2 replace/3 repeat/2 lpad/3 rpad/3 ltrim/1 rtrim/1 sign/1 md5/1 translate/3 rollup/1 rollup/2 cube/1 cube/2`;

const TO_SPARK = words(`
  cast.to cast.to.data_type=boolean cast.to.data_type=tiny_int cast.to.data_type=small_int cast.to.data_type=int
  cast.to.data_type=big_int cast.to.data_type=float cast.to.data_type=real cast.to.data_type=double
  cast.to.data_type=decimal cast.to.data_type=var_char cast.to.data_type=text cast.to.data_type=string
  cast.to.data_type=date cast.to.data_type=timestamp cast.to.timezone cast.to.precision cast.to.scale
  cast.to.integer_spelling cast.to.real_spelling literal.literal_type=timestamp
  lag.ignore_nulls lead.ignore_nulls first_value.ignore_nulls last_value.ignore_nulls
  bitwise_and_agg bitwise_or_agg bitwise_xor_agg bitwise_and bitwise_or bitwise_not bitwise_left_shift bitwise_right_shift
  div mod mod_func power log.base ln radians degrees sin cos tan atan2 pi second last_day
  array_func map_func.keys map_func.values map_func.with_map_keyword map_keys map_values lambda.parameters lambda.body
  subscript.index dot.field json_extract_scalar.path trim.characters trim.position_explicit trim.sql_standard_syntax
  str_position str_position.substr substring.start substring.length substring.from_for_syntax string_agg.separator
  string_agg.order_by string_agg.order_by.desc string_agg.order_by.nulls_first string_agg.filter
  regexp_extract.pattern regexp_extract.group regexp_replace.pattern regexp_replace.replacement regexp_replace.flags
  split.delimiter interval.unit interval.unit.type=simple interval.unit.unit=Year interval.unit.unit=Quarter
  interval.unit.unit=Month interval.unit.unit=Week interval.unit.unit=Day interval.unit.unit=Hour
  interval.unit.unit=Minute interval.unit.unit=Second
  extract.field=Year extract.field=Quarter extract.field=Month extract.field=Week extract.field=Day extract.field=Hour
  extract.field=Minute extract.field=DayOfWeek extract.field=DayOfYear log i_like.escape
`);

const TO_SPARK_CALLS = `round/1 log10/1 log2/1 make_date/3 to_timestamp/1 now/0 current_date/0 current_timestamp/0
  covar_pop/2 covar_samp/2 grouping/1 grouping_id/1 grouping_id/2`;

/** What nodes hold as their operands and names. */
const OPERANDS: ReadonlySet<string> = new Set(
  "this left right expression expressions name args alias value high low operand whens else_ table escape default offset".split(
    " ",
  ),
);

const ALLOWED: ReadonlySet<string> = new Set(
  [QUERIES, CONDITIONS, AGGREGATES, FUNCTIONS, TO_SPARK, calls(CALLS), calls(TO_SPARK_CALLS)].flat(),
);

export function isAllowed(feature: string): boolean {
  if (ALLOWED.has(feature)) return true;
  const last = feature.slice(feature.lastIndexOf(".") + 1);
  return feature.includes(".") && OPERANDS.has(last);
}

/** "select.from" names "select" too. */
function words(text: string): string[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((word) => [word.replace(/\..*/, ""), word]);
}

function calls(text: string): string[] {
  return text
    .trim()
    .split(/\s+/)
    .map((name) => `function ${name}`);
}

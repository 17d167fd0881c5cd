/** Functions that pass values on, or ask whether there are some: they take VARIANTs, and what has some inside. */
export const takesVariants: ReadonlySet<string> = new Set(
  `coalesce ifnull nvl nvl2 isnull isnotnull isNull isNotNull typeof count first last any_value collect_list array_agg first_value last_value nth_value
  lag lead min_by max_by array struct named_struct create_map map_from_arrays map_from_entries map_values map_keys map_entries map_concat map_contains_key
  element_at try_element_at getItem get array_append array_prepend array_insert array_compact array_repeat array_size size cardinality concat reverse slice
  flatten arrays_zip explode explode_outer posexplode posexplode_outer inline inline_outer stack transform filter exists forall aggregate reduce
  zip_with map_filter map_zip_with transform_keys transform_values withField dropFields to_json rowToJson orError
  is_variant_null is_valid_variant to_variant_object variant_get try_variant_get schema_of_variant schema_of_variant_agg shapeOfVariant toJsonAround`.split(
    /\s+/,
  ),
);

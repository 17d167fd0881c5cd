import type { Unconverted } from "./dialect.ts";

/**
 * A FLOAT or DOUBLE as Java writes it, which is how Spark casts it to text: 1.0E20, 1.0E-5, 1.23456789E7, NaN. DuckDB
 * finds the same shortest digits but sets the exponent at other sizes: from Spark's sizes on, the value is formatted
 * again with as many digits as DuckDB's own text has.
 */
export function doubleAsText(value: Unconverted): string {
  const { kind } = value.expression;
  if (kind === "column" || kind === "literal") return javaText(value.text);
  // The value is named, so that a long expression is written and computed once.
  return `list_transform([${value.text}], lambda x: ${javaText("x")})[1]`;
}

function javaText(x: string): string {
  const text = `CAST(${x} AS VARCHAR)`;
  const digits = `trim(regexp_replace(split_part(${text}, 'e', 1), '[-.]', '', 'g'), '0')`;
  const scientific = `format('{:.' || greatest(1, length(${digits}) - 1) || 'E}', ${x})`;
  const plain = `replace(replace(${text}, 'inf', 'Infinity'), 'nan', 'NaN')`;
  const isScientific = `(${x}) <> 0 AND isfinite(${x}) AND (abs(${x}) >= 1e7 OR abs(${x}) < 1e-3)`;
  return `CASE WHEN ${isScientific} THEN regexp_replace(${scientific}, 'E[+]?(-?)0*([0-9])', 'E\\1\\2') ELSE ${plain} END`;
}

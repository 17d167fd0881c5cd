import { AnalysisError } from "../../errors.ts";
import { builtInOutsideOfSql, builtIns } from "../../plan/udf/udf.ts";
import type { Template, Templates } from "../dialect.ts";
import { asResult, raise } from "./parts.ts";

/** What DuckDB cannot compute with Spark's meaning, and why: words that follow "because". */
export const sparkOnly: { readonly [name: string]: string } = {
  aes_decrypt: "DuckDB does not encrypt values",
  aes_encrypt: "DuckDB does not encrypt values",
  current_path: "it is the search path of a Spark session",
  from_xml: "DuckDB reads no XML",
  histogram_numeric: "DuckDB has no histograms of this kind",
  input_file_name: "DuckDB tells the file of a row only where it is asked for when reading",
  input_file_block_length: "DuckDB's files have no blocks of Hadoop's",
  input_file_block_start: "DuckDB's files have no blocks of Hadoop's",
  java_method: "it runs a method of Java's",
  reflect: "it runs a method of Java's",
  schema_of_xml: "DuckDB reads no XML",
  sentences: "DuckDB cannot tell sentences",
  spark_partition_id: "DuckDB has no partitions",
  to_xml: "DuckDB writes no XML",
  try_aes_decrypt: "DuckDB does not encrypt values",
  try_reflect: "it runs a method of Java's",
  xpath: "DuckDB reads no XML",
  xpath_boolean: "DuckDB reads no XML",
  xpath_double: "DuckDB reads no XML",
  xpath_float: "DuckDB reads no XML",
  xpath_int: "DuckDB reads no XML",
  xpath_long: "DuckDB reads no XML",
  xpath_number: "DuckDB reads no XML",
  xpath_short: "DuckDB reads no XML",
  xpath_string: "DuckDB reads no XML",
  version: "it is Spark's version",
};

export const sparkOnlyError = (name: string, reason: string): AnalysisError =>
  new AnalysisError(
    "SPARK_ONLY",
    `${name} works on Spark only here, because ${reason}. Run the frame there: await use("sc://…").`,
  );

const refuse =
  (reason: string): Template =>
  (_, call) => {
    throw sparkOnlyError(call.name, reason);
  };

/** They stand in SQL only where nothing but SQL is run. */
export const builtInTemplates: Templates = Object.fromEntries(
  [...builtIns].map((name) => [name, (_, call) => asResult(raise(builtInOutsideOfSql(name)), call)]),
);

/** They fail before anything runs. */
export const sparkOnlyTemplates: Templates = Object.fromEntries(
  Object.entries(sparkOnly).map(([name, reason]) => [name, refuse(reason)]),
);

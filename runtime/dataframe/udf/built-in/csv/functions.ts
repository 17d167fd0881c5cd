import { AnalysisError } from "../../../../errors.ts";
import type { Expression } from "../../../../plan/expressions.ts";
import { namedType } from "../../../../plan/functions/json.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { type BuiltInFunction, inError, literalText, orError, withError } from "../built-in.ts";
import { corruptField } from "../json/reading.ts";
import { TextOptions } from "../text-options.ts";
import { lineReader } from "./read.ts";
import { schemaOf } from "./schema-of.ts";

type StructType = Extract<SqlType, { kind: "struct" }>;
type FromCsv = {
  readonly type: StructType;
  readonly options: TextOptions["pairs"];
  readonly failsFast: boolean;
};

const fromCsv: BuiltInFunction<FromCsv> = {
  plan: ({ args: [line, ddl, map] }) => {
    const type = namedType(literalText(ddl) ?? "") as StructType;
    const options = TextOptions.of("from_csv", map);
    const failsFast = options.mode() === "FAILFAST";
    const corrupt = corruptField(type, options);
    if (type.fields.some((field) => field.name === corrupt && field.type.kind !== "string"))
      throw new AnalysisError(
        "INVALID_CORRUPT_RECORD_TYPE",
        `from_csv: the field "${corrupt}" for lines that are bad is a STRING.`,
      );
    // What is wrong with types and options is told before there are rows.
    lineReader(type, corrupt, options, "UTC");
    const hasZone =
      type.fields.some((field) => field.type.kind === "timestamp") && options.text("timeZone") === undefined;
    const zone: Expression[] = hasZone ? [{ kind: "call", name: "current_timezone", args: [] }] : [];
    return {
      args: [line as Expression, ...zone],
      type: failsFast ? withError(type) : type,
      strict: true,
      parameters: { type, options: options.pairs, failsFast },
      ...(failsFast && { within: orError }),
    };
  },
  compute: ({ type, options, failsFast }) => {
    const given = new TextOptions("from_csv", options);
    const corrupt = corruptField(type, given);
    const readers = new Map<string, ReturnType<typeof lineReader>>();
    return (line: string, zone = "UTC") => {
      const read = readers.get(zone) ?? lineReader(type, corrupt, given, zone);
      readers.set(zone, read);
      const { value, isBad } = read(line);
      if (!failsFast) return value;
      if (!isBad) return { value, error: null };
      const error = `[MALFORMED_RECORD_IN_PARSING] from_csv: '${inError(line)}' has not the values of its columns. The mode PERMISSIVE makes null of what is missing or of another type.`;
      return { value: null, error };
    };
  },
};

/** Functions over text that is CSV. */
export const csvFunctions: { readonly [name: string]: BuiltInFunction<any> } = {
  from_csv: fromCsv,
  schema_of_csv: schemaOf,
};

import { inspect } from "node:util";
import { AnalysisError } from "../../errors.ts";
import { typeName } from "../../plan/type-names.ts";
import { type Column, isColumn } from "../column.ts";
import { literal } from "../literal.ts";
import type { OptionValue } from "../options.ts";
import { SchemaBuilder } from "../schema-builder.ts";
import { fnOf, text } from "./call.ts";

/** Spark's options for JSON, CSV and XML, by its names: `{ mode: "FAILFAST", timestampFormat: "dd/MM/yyyy" }`. */
export type TextOptions = { readonly [name: string]: OptionValue };

/** A type as from_json takes it. */
export const ddl = (type: unknown) =>
  text(type instanceof SchemaBuilder ? typeName({ kind: "struct", fields: type.fields }) : (type as string));

/** A map of texts, as SQL has options. */
export function optionsMap(name: string, options: TextOptions | undefined): Column<any> | undefined {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== "object" || Array.isArray(options) || isColumn(options))
    throw new AnalysisError(
      "OPTION",
      `${name} takes options as an object, { mode: "FAILFAST" }, not ${inspect(options, { depth: 0 })}`,
    );
  const texts = Object.entries(options).flatMap(([key, value]) => [key, value === null ? "" : String(value)]);
  return texts.length === 0 ? undefined : fnOf("create_map", ...texts.map(literal));
}

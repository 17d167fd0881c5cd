import type { SqlType } from "../../../../plan/types.ts";
import type { TextOptions } from "../text-options.ts";
import { textTimes } from "../time/text-times.ts";
import { jsonReader } from "./from-json.ts";
import { leniencyOf } from "./options.ts";

/** Reads texts for a type by options; a field for bad records, if the type has one, holds the text of those. */
export function readerFor(
  type: SqlType,
  options: TextOptions,
  sessionZone: string,
): (json: string) => { readonly value: unknown; readonly isBad: boolean } {
  const leniency = leniencyOf(options);
  const reading = { times: textTimes(options, sessionZone, true), nonNumericNumbers: leniency.nonNumericNumbers };
  const corrupt = corruptField(type, options);
  if (type.kind !== "struct" || corrupt === undefined) return jsonReader(type, reading, leniency);
  const read = jsonReader({ ...type, fields: type.fields.filter(({ name }) => name !== corrupt) }, reading, leniency);
  return (json) => {
    const { value, isBad } = read(json);
    return { value: value && { ...value, [corrupt]: isBad ? json : null }, isBad };
  };
}

/** The field of a struct that holds the texts of bad records. */
export function corruptField(type: SqlType, options: TextOptions): string | undefined {
  const name = options.text("columnNameOfCorruptRecord") ?? "_corrupt_record";
  return type.kind === "struct" ? type.fields.find((field) => field.name === name)?.name : undefined;
}

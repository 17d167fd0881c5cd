import { types } from "node:util";
import { knownColumns } from "../../dataframe/known-columns.ts";
import { formatCount } from "../../display/html.ts";
import { bytesText } from "../../display/units.ts";
import { DataFrame } from "../../index.ts";
import { kindOfFunction } from "../complete.ts";
import { descriptor, liveName, prototypes } from "../live-value.ts";
import { declaredNames } from "../names.ts";
import { showList } from "./list.ts";
import type { MagicCall } from "./magic.ts";

/** `%who`, or `%who type`: what cells have declared. No code of the user's is run, getters included. */
export async function showVariables({ argument }: MagicCall): Promise<void> {
  const wanted = argument.toLowerCase();
  const rows = declaredNames()
    .map((name) => ({ name, live: liveName(name) }))
    .flatMap(({ name, live }) => (live === undefined ? [] : [[name, typeOf(live.value), sizeOf(live.value)]]))
    .filter(([, type = ""]) => type.toLowerCase().startsWith(wanted))
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  if (rows.length > 0) await showList(rows, ["name", "type", "size"]);
  else console.log(wanted === "" ? "There are no variables." : `There are no variables of type ${argument}.`);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return kindOfFunction(value);
  if (typeof value !== "object") return typeof value;
  if (types.isProxy(value)) return "Proxy";
  if (types.isModuleNamespaceObject(value)) return "module";
  for (const holder of prototypes(value)) {
    const made = descriptor(holder, "constructor")?.value;
    const name = typeof made === "function" ? descriptor(made, "name")?.value : undefined;
    if (typeof name === "string" && name !== "") return name;
  }
  return "object";
}

function sizeOf(value: unknown): string {
  if (typeof value === "string") return counted(value.length, "character");
  if (typeof value !== "object" || value === null || types.isProxy(value)) return "";
  // Of a frame the rows are not known without computing them.
  if (value instanceof DataFrame) return shortened(knownColumns(value.plan) ?? "");
  if (Array.isArray(value)) return counted(value.length, "item");
  if (types.isMap(value) || types.isSet(value)) return counted(value.size, "item");
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return bytesText(value.byteLength);
  if (types.isDate(value) || types.isRegExp(value) || types.isPromise(value)) return "";
  const rows = arrowRows(value);
  return rows === undefined ? counted(Object.keys(value).length, "property", "properties") : counted(rows, "row");
}

/** A table of Arrow's counts its rows when it is made. */
function arrowRows(value: object): number | undefined {
  const batches: unknown = descriptor(value, "batches")?.value;
  if (!Array.isArray(batches)) return undefined;
  const lengths = batches.map((batch) => Number(descriptor(Object(batch), "data")?.value?.length));
  return lengths.every(Number.isSafeInteger) ? lengths.reduce((sum, length) => sum + length, 0) : undefined;
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

const longest = 60;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

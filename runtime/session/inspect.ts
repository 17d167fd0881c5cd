import { types } from "node:util";
import { kindOfFunction } from "./complete.ts";
import { framePreview } from "./frame-preview.ts";
import { descriptor, follow, type Live, liveMember, pathBefore, prototypes } from "./live-value.ts";
import type { MimeBundle } from "./protocol.ts";
import { sourceOf } from "./source-of.ts";

/** What is known of the value under the cursor, without running code of the user's; its source too, if that is wanted. */
export function inspectName(code: string, cursorUtf16: number, wantsSource = false): MimeBundle | undefined {
  const isKey = pathBefore(code, cursorUtf16)?.quote !== undefined;
  const rest = (isKey ? /^[^"'\n]*/ : /^[\p{ID_Continue}$]*/u).exec(code.slice(cursorUtf16))?.[0] ?? "";
  const found = pathBefore(code, cursorUtf16 + rest.length);
  if (found === undefined || found.prefix === "") return undefined;
  const path = [...found.path, found.prefix];
  const live = follow(path);
  if (live === undefined) return undefined;
  const source = wantsSource ? sourceOf(path, live.value) : undefined;
  const text = `${written(path)}: ${describe(live)}${source === undefined ? "" : `\n\n${source}`}`;
  return { "text/plain": text, "text/markdown": `\`\`\`typescript\n${text}\n\`\`\`` };
}

/** As it is written in a cell. */
const written = ([root = "", ...members]: readonly string[]): string =>
  root +
  members
    .map((name) => (isName.test(name) ? `.${name}` : `[${isIndex.test(name) ? name : JSON.stringify(name)}]`))
    .join("");
const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const isIndex = /^\d+$/;

function describe({ value }: NonNullable<Live>): string {
  if (types.isProxy(value)) return "Proxy";
  const frame = framePreview(value);
  if (frame !== undefined) return frame;
  if (typeof value === "function") return functionText(value);
  if (typeof value !== "object" || value === null) return primitiveText(value);
  if (Array.isArray(value)) return `Array(${value.length})`;
  if (types.isMap(value)) return `Map(${mapSize.call(value)})`;
  if (types.isDate(value)) return `Date = ${dateText(value)}`;
  if (types.isNativeError(value)) return errorText(value);
  if (types.isSet(value)) return `Set(${setSize.call(value)})`;
  const fields = Object.keys(value).slice(0, fieldsShown);
  const more = Object.keys(value).length > fieldsShown ? ", …" : "";
  return `${constructorName(value)} { ${fields.join(", ")}${more} }`;
}

function dateText(value: Date): string {
  const time = Date.prototype.getTime.call(value);
  return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
}

function errorText(value: Error): string {
  const message = liveMember(value, "message")?.value;
  return `${constructorName(value)}${typeof message === "string" && message !== "" ? ` = ${JSON.stringify(message)}` : ""}`;
}

const fieldsShown = 20;
/** Those of a class of the user's would run its code. */
const sizeOf = (made: object) => Object.getOwnPropertyDescriptor(made, "size")?.get as () => number;
const [mapSize, setSize] = [sizeOf(Map.prototype), sizeOf(Set.prototype)];

function primitiveText(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return `${value === null ? "null" : typeof value} = ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
}

/** Its head, as it is written. */
// biome-ignore lint/complexity/noBannedTypes: any function will do.
function functionText(value: Function): string {
  const source = Function.prototype.toString.call(value);
  const name = descriptor(value, "name")?.value;
  if (kindOfFunction(value) === "class") return `class ${typeof name === "string" ? name : ""}`.trim();
  const head = /^[^{]*?\)(?=\s*(\{|=>))/s.exec(source)?.[0];
  if (head === undefined) return `function ${String(name ?? "")}`;
  // Types were blanked out, and the name of a cell's function taken off.
  const tidy = head.replace(/\s+/g, " ").replace(/ (?=[,)])/g, "");
  return tidy.replace(/^((?:async )?function\*?) ?(?=\()/, `$1 ${String(name ?? "")}`);
}

function constructorName(value: object): string {
  for (const holder of prototypes(value)) {
    const made = descriptor(holder, "constructor")?.value;
    const name = typeof made === "function" ? descriptor(made, "name")?.value : undefined;
    if (typeof name === "string" && name !== "") return name;
  }
  return "object";
}

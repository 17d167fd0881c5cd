import { writeMember } from "./enumeration.ts";
import { quoted } from "./error.ts";
import { fromJson } from "./from-json.ts";
import { parseJson } from "./json.ts";
import { membersOf, type Shape, shapeText } from "./shape.ts";
import { writeDate, writeTemporal } from "./time.ts";
import type { Written } from "./written.ts";

/** The text of `--param name=text` as TypeScript writes its value, read and checked by the shape. */
export function fromText(shape: Shape, text: string, name: string): Written {
  switch (shape.kind) {
    case "string":
      return { code: JSON.stringify(text) };
    case "number":
      return fromNumber(text);
    case "bigint":
      return /^\s*[+-]?\d+n?\s*$/.test(text)
        ? { code: `${BigInt(text.trim().replace(/^\+|n$/g, ""))}n` }
        : isNot(text, "a whole number");
    case "boolean":
      return /^(true|false)$/.test(text.trim()) ? { code: text.trim() } : isNot(text, "true or false");
    case "null":
    case "undefined":
      return text.trim() === shape.kind ? { code: shape.kind } : isNot(text, shape.kind);
    case "literal":
      return fromLiteral(shape, text);
    case "union":
      return fromUnion(shape, text, name);
    case "date":
      return writeDate(text.trim());
    case "temporal":
      return writeTemporal(shape.name, text.trim());
    case "enum":
      return writeMember(shape.name, shape.members, text.trim());
    case "unknowable":
      return fromJson(shape, text, "a value of it");
    default:
      return fromJsonText(shape, text, name);
  }
}

const isNot = (text: string, what: string): Written => ({ wrong: `${quoted(text)} is not ${what}` });

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const otherBase = /^0(x[\da-f]+|o[0-7]+|b[01]+)$/i;

/** As TypeScript writes numbers, `_` between digits included; leading zeros say nothing (`date +%m` prints them). */
function fromNumber(given: string): Written {
  const text = given.trim().replace(/(?<=[\da-f])_(?=[\da-f])/gi, "");
  if (!decimal.test(text) && !otherBase.test(text)) return isNot(given, "a finite number");
  const value = Number(text);
  if (!Number.isFinite(value)) return isNot(given, "a finite number");
  const isWhole = /^[+-]?\d+$/.test(text) || otherBase.test(text);
  if (isWhole && BigInt(text.replace(/^[+-]/, "")) !== BigInt(Math.abs(value))) {
    return { wrong: `number cannot hold ${quoted(given)} exactly (bigint can)` };
  }
  return { code: Object.is(value, -0) ? "-0" : String(value) };
}

function fromLiteral({ value }: Shape & { kind: "literal" }, text: string): Written {
  const shape: Shape = { kind: "literal", value };
  if (typeof value === "string")
    return text === value ? { code: JSON.stringify(value) } : isNot(text, shapeText(shape));
  const kind = typeof value as "number" | "boolean" | "bigint";
  const written = fromText({ kind }, text, "");
  return "code" in written && written.code === shapeText(shape) ? written : isNot(text, shapeText(shape));
}

/** A text can be read as anything, so `string` is asked last, and takes what only resembles a number. */
function fromUnion(shape: Shape & { kind: "union" }, text: string, name: string): Written {
  const members = membersOf(shape);
  const takesText = members.some(({ kind }) => kind === "string");
  const wrongs: string[] = [];
  for (const member of members) {
    if (member.kind === "string") continue;
    if (takesText && member.kind === "number" && !("value" in parseJson(text))) continue;
    const written = fromText(member, text, name);
    if ("code" in written) return written;
    if (member.kind !== "literal" && member.kind !== "null" && member.kind !== "undefined") wrongs.push(written.wrong);
  }
  const holder = takesText && isHolding(text) && members.find(({ kind }) => /^(array|tuple|object)$/.test(kind));
  if (holder) return fromText(holder, text, name);
  if (takesText) return { code: JSON.stringify(text) };
  const [only, ...more] = wrongs;
  const values = members.filter(({ kind }) => kind === "literal");
  if (only !== undefined && more.length === 0 && values.length === 0) return { wrong: only };
  return isNot(text, `one of ${members.map((member) => shapeText(member)).join(", ")}`);
}

/** Who writes a list or an object does not mean its text, where a list or an object could be given. */
function isHolding(text: string): boolean {
  const json = parseJson(text);
  return "value" in json && typeof json.value === "object" && json.value !== null;
}

function fromJsonText(shape: Shape, text: string, name: string): Written {
  const json = parseJson(text);
  if ("value" in json) return fromJson(shape, json.value, name);
  return { wrong: `${quoted(text)} is not JSON (${quoted(json.found)} at line ${json.line}, column ${json.column})` };
}

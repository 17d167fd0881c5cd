import { widestOf } from "../numeric.ts";
import type { Functions, Result } from "./entry.ts";
import { INT, STRING, scalar } from "./entry.ts";

const change = scalar("string", STRING);
/** The second argument lists the characters to take off; else spaces. */
const trim = scalar("string string?", STRING);
const pad = scalar("string int string?", STRING);

const concat: Result = (args) => {
  const first = args[0]?.type;
  if (args.some((arg) => arg.type.kind === "array")) {
    const type = args.every((arg) => arg.type.kind === "array") && widestOf(args.map((arg) => arg.type));
    return type ? { type, takes: args.map(() => type) } : "needs texts, or arrays of one type";
  }
  if (first?.kind === "binary" && args.every((arg) => arg.type.kind === "binary")) return first;
  return { type: STRING, takes: args.map(() => STRING) };
};

export const strings: Functions = {
  concat: scalar("series...", concat),
  /** Nulls are left out; NULL only where the separator is. */
  concat_ws: scalar("string string...", ([separator]) => ({ type: STRING, nullable: separator?.nullable ?? true })),
  upper: change,
  lower: change,
  initcap: change,
  reverse: scalar("series", ([x]) => (x?.type.kind === "array" ? x.type : { type: STRING, takes: [STRING] })),
  trim,
  ltrim: trim,
  rtrim: trim,
  length: scalar("text", INT),
  substring: scalar("string int int?", STRING),
  replace: scalar("string string string?", STRING),
  regexp_replace: scalar("string string string", STRING),
  /** The group's text, "" where nothing matches. Without the third argument: group 1. */
  regexp_extract: scalar("string string int!?", STRING),
  /** At a regular expression, not at a text; into so many parts at most, if the number is above 0. */
  split: scalar("string string int?", { kind: "array", element: STRING }),
  lpad: pad,
  rpad: pad,
  instr: scalar("string string", INT),
  repeat: scalar("string int", STRING),
};

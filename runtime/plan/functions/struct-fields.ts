import type { SqlType } from "../types.ts";
import { type Argument, type Functions, type Result, scalar } from "./entry.ts";

const textOf = (arg: Argument | undefined): string =>
  arg?.expression.kind === "literal" ? String(arg.expression.value) : "";

/** A field of this name gets another value, or comes last. */
const withField: Result = ([struct, name, value]) => {
  if (struct?.type.kind !== "struct" || !value) return "needs a struct";
  const given = textOf(name);
  const field = { name: given, type: value.type, nullable: value.nullable };
  const isSame = (candidate: { readonly name: string }) => candidate.name.toLowerCase() === given.toLowerCase();
  const { fields } = struct.type;
  const changed = fields.some(isSame) ? fields.map((own) => (isSame(own) ? field : own)) : [...fields, field];
  return { type: { kind: "struct", fields: changed }, nullable: struct.nullable };
};

/** As in Spark, a name that is not there changes nothing. */
const dropFields: Result = ([struct, ...names]) => {
  if (struct?.type.kind !== "struct") return "needs a struct";
  const dropped = new Set(names.map((name) => textOf(name).toLowerCase()));
  const fields = struct.type.fields.filter((field) => !dropped.has(field.name.toLowerCase()));
  if (fields.length === 0) return "has to leave a field";
  return { type: { kind: "struct", fields } satisfies SqlType, nullable: struct.nullable };
};

/** Methods of Column alone. */
export const structFields: Functions = {
  withField: scalar("any string! any", withField),
  dropFields: scalar("any string! string!...", dropFields),
};

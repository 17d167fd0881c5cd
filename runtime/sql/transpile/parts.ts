import type { Expression } from "../../plan/expressions.ts";
import type { SqlType } from "../../plan/types.ts";
import { Refusal } from "./refusal.ts";
import { spoken } from "./spoken.ts";
import { type Fields, partsOf } from "./tree.ts";

/** Whether a field of the library's tree says anything. */
export const isGiven = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** Says nothing of what is meant. */
const SILENT =
  /comments$|_keyword$|^(span|inferred_type|no_parens|bracket_notation|use_bracket_syntax|quoted|double_colon_syntax|original_name|global|alias_explicit_as|alias_first|explicit_asc|nesting_group|unit_after_size|kind_text|start_side_text|end_side_text)$/;

export const onlyHas = (fields: Fields, ...names: readonly string[]): boolean => others(fields, names).length === 0;

/** Refuses what else a node says: it would be passed over. */
export function checkOnly(kind: string, fields: Fields, ...names: readonly string[]): void {
  const [other] = others(fields, names);
  if (other !== undefined) throw new Refusal(spoken(`${kind}.${other}`));
}

const others = (fields: Fields, names: readonly string[]): string[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    names.includes(name) || SILENT.test(name) || !isGiven(value) ? [] : [name],
  );

/** The kind of a node and its fields, of which there are some for every kind. */
export function nodeParts(node: unknown): readonly [kind: string, fields: Fields] {
  const parts = partsOf(node);
  if (parts === undefined) throw new Refusal("A part of the text");
  return parts;
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });
export const literal = (value: null | boolean, type: SqlType): Expression => ({ kind: "literal", value, type });
export const textLiteral = (value: string): Expression => ({ kind: "literal", value, type: { kind: "string" } });

/** The library keeps some names as texts. */
export const nameIn = (value: unknown): string =>
  typeof value === "string" ? value : String((value as { name?: unknown } | null)?.name ?? "");

/** The names of `a.b.c`; undefined where something else stands before a dot. */
export function namesIn(node: unknown): readonly string[] | undefined {
  const [kind, fields] = partsOf(node) ?? [];
  if (kind === "column") return [fields?.table, fields?.name].filter(isGiven).map(nameIn);
  if (kind !== "dot") return undefined;
  const before = namesIn(fields?.this);
  return before && [...before, nameIn(fields?.field)];
}

/** Where a node begins in the text that the library has read. */
export function startOf(node: unknown): number | undefined {
  const [, fields] = partsOf(node) ?? [];
  const span = (fields?.span ?? (fields?.name as Fields | undefined)?.span) as { start?: number } | null | undefined;
  if (typeof span?.start === "number") return span.start;
  return fields?.this === undefined ? undefined : startOf(fields.this);
}

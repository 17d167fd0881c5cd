import { AnalysisError } from "../../errors.ts";
import { isStar } from "../column-path.ts";
import { column } from "../derived/rule.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";
import { outputName } from "../output-name.ts";
import { findColumn, findField, type Side } from "../scope.ts";
import type { Field, Schema, SqlType } from "../types.ts";
import { operandsFirst } from "../walk.ts";
import { withAliasedNames } from "./aliased-names.ts";
import { mapNamed } from "./map-expressions.ts";
import { mapOperands } from "./substitute.ts";

type Path = Extract<Expression, { kind: "column" }> & { readonly parts: readonly string[] };

/** Rows whose columns the expressions of a node may name. */
export type Rows = { readonly schema: Schema; readonly side?: Side };

const isPath = (part: Expression): part is Path => part.kind === "column" && part.parts !== undefined;

/** The node with what its names mean in their place: columns, the fields of structs, and for a star all of them. */
export function resolvePaths(node: Plan, around: readonly Rows[]): Plan {
  const change = (root: Expression): Expression => resolved(root, around);
  return mapNamed(node, (named) => resolvedColumn(named, change(named.expression), around), change);
}

function resolvedColumn({ isOwnName, ...named }: Named, expression: Expression, around: readonly Rows[]): Named {
  const given = named.expression;
  // A star of select is its rule's.
  if (isStar(given)) return { ...named, expression: given };
  const { name } = named;
  if (isOwnName === undefined) return { ...named, expression };
  return { ...named, name: isPath(given) ? nameOf(given, name, around) : outputName(expression), expression };
}

/** A field is called what its name ends with, a column found by an alias what it is called in the frame. */
function nameOf(path: Path, name: string, around: readonly Rows[]): string {
  const head = headOf(path, around);
  if (head === undefined) return name;
  if (head.rest.length > 0) return head.rest.at(-1) as string;
  if (head.isByAlias) return head.field.name;
  return path.parts.length === 1 ? (path.parts[0] as string) : name;
}

function resolved(root: Expression, around: readonly Rows[]): Expression {
  const done = new Map<Expression, Expression>();
  for (const part of operandsFirst(root)) {
    if (part.kind === "column" && part.position !== undefined) {
      done.set(part, column(nameAt(part.position, around)));
      continue;
    }
    const own = part.kind === "call" && part.args.some(isStar) ? withStars(part, around) : named(part, around);
    done.set(
      part,
      isPath(own) && !isStar(own) ? fieldAt(own, around) : mapOperands(own, (operand) => done.get(operand) ?? operand),
    );
  }
  return done.get(root) ?? root;
}

function nameAt(position: number, [rows]: readonly Rows[]): string {
  const names = rows?.schema.map(({ name }) => name) ?? [];
  const name = names[position - 1];
  if (name !== undefined) return name;
  throw new AnalysisError(
    "POSITION",
    `There is no column ${position}: the frame has ${names.length}, ${names.join(", ")}.`,
  );
}

/** SQL text knows no aliases of frames. */
const named = (part: Expression, around: readonly Rows[]): Expression =>
  part.kind === "sql" ? withAliasedNames(part, (alias, name) => columnBehind(alias, name, around)) : part;

function columnBehind(alias: string, name: string, around: readonly Rows[]): Expression | undefined {
  const rows = visible(around, undefined);
  // A struct of this name goes before the frame.
  if (rows.some(({ schema }) => findField(schema, alias) !== undefined)) return undefined;
  const found = rows.flatMap(({ schema, side }) => {
    const field = strictly(schema, [alias, name]);
    return field === undefined ? [] : [columnOf(field.name, side)];
  });
  return found[0];
}

function withStars(part: Extract<Expression, { kind: "call" }>, around: readonly Rows[]): Expression {
  // Of rows.
  if (part.name === "count" && part.args.every((arg) => isStar(arg) && arg.name === "*")) return { ...part, args: [] };
  const args = part.args.flatMap((arg) =>
    isStar(arg) ? starred(arg, around).map(({ expression }) => expression) : [arg],
  );
  return { ...part, args };
}

/** What a star stands for: all columns, those of the frame with an alias, or the fields of a struct. */
export function starred(star: Expression, around: readonly Rows[]): readonly Named[] {
  const { name, parts = [], side } = star as Path;
  const rows = visible(around, side);
  const all = rows.flatMap(({ schema, side }) => schema.map((field) => ({ field, side })));
  if (parts.length === 1)
    return all.map(({ field, side }) => ({ name: field.name, expression: columnOf(field.name, side) }));
  const path = parts.slice(0, -1);
  const frame = path.length === 1 ? path[0]?.toLowerCase() : undefined;
  const ofFrame = all.filter(({ field }) => frame !== undefined && field.alias?.frame.toLowerCase() === frame);
  if (ofFrame.length > 0)
    return ofFrame.map(({ field, side }) => ({
      name: field.alias?.name ?? field.name,
      expression: columnOf(field.name, side),
    }));
  const head = headOf({ kind: "column", name: name.slice(0, -2), parts: path, ...(side && { side }) }, around);
  const struct = head && typedFields(head);
  if (struct?.type?.kind === "struct")
    return struct.type.fields.map((field) => ({
      name: field.name,
      expression: { kind: "field", input: struct.expression, name: field.name },
    }));
  throw new AnalysisError(
    "COLUMN_NOT_FOUND",
    `"${name}" is of no frame and of no struct: there is no alias "${path.join(".")}", nor a column of this name that is a struct.`,
  );
}

/** What is not found stays a name, of which the analysis says what is wrong. */
function fieldAt(path: Path, around: readonly Rows[]): Expression {
  const head = headOf(path, around);
  if (head !== undefined) return typedFields(head).expression;
  const { parts: _, ...plain } = path;
  return plain;
}

type Head = {
  readonly field: Field;
  readonly side: Side | undefined;
  readonly isByAlias: boolean;
  readonly rest: readonly string[];
};

/** The column that a name begins with, the longest that there is: names may have dots, and be behind an alias. */
function headOf({ name, parts, side }: Path, around: readonly Rows[]): Head | undefined {
  const isQuoted = name.includes("`");
  for (let length = parts.length; length > 0; length--) {
    const rest = parts.slice(length);
    const text = parts.slice(0, length).join(".");
    const fits = visible(around, side).flatMap(({ schema, side }) => {
      const found = isQuoted ? strictly(schema, parts.slice(0, length)) : findColumn(schema, text);
      return found === undefined ? [] : [{ field: found, side, isByAlias: found.isByAlias === true, rest }];
    });
    const [first, second] = fits;
    // On both sides of a join: the analysis says so.
    if (first !== undefined) return second === undefined ? first : { ...first, side: undefined };
  }
  return undefined;
}

/** By the name alone, or by an alias and the name. */
function strictly(schema: Schema, parts: readonly string[]): ReturnType<typeof findColumn> {
  const [first = "", second] = parts;
  if (second === undefined) return findField(schema, first);
  if (parts.length > 2) return undefined;
  const behind = schema.filter(({ alias }) => alias?.frame.toLowerCase() === first.toLowerCase());
  const found = behind.find(({ alias }) => alias?.name.toLowerCase() === second.toLowerCase());
  return found && { ...found, isByAlias: true };
}

const visible = (around: readonly Rows[], side: Side | undefined): readonly Rows[] =>
  around.filter((rows) => (side === undefined ? rows.side !== "outer" : rows.side === side));

const columnOf = (name: string, side: Side | undefined): Expression =>
  side === undefined ? column(name) : { kind: "column", name, side };

/** The parts behind the column, and their type where all are structs. */
function typedFields({ field, side, rest }: Head): { expression: Expression; type: SqlType | undefined } {
  let expression = columnOf(field.name, side);
  let type: SqlType | undefined = field.type;
  for (const part of rest) {
    expression = { kind: "field", input: expression, name: part };
    type = type?.kind === "struct" ? findField(type.fields, part)?.type : undefined;
  }
  return { expression, type };
}

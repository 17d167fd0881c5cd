import type { Expression, VariableDeclaration, VariableDeclarator } from "oxc-parser";
import { boundNames } from "../../../runtime/syntax/declarations.ts";
import { type CodeCell, hasTag, isCode, type Notebook } from "../nbformat.ts";
import { shapeOfType } from "./annotation.ts";
import { ParameterError } from "./error.ts";
import { isConst, shapeOfValue } from "./inference.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { type Shape, shapeText } from "./shape.ts";
import { type Comment, parseCell, type Syntax } from "./syntax.ts";

export type Declared = {
  readonly name: string;
  readonly keyword: "const" | "let" | "var";
  /** The written type. */
  readonly annotation?: string;
  /** The type as it is shown: the written one, else what the initialiser says. */
  readonly type: string;
  readonly shape: Shape;
  /** The initialiser's text. */
  readonly initial?: string;
  /** What the notebook says about it: beside it, else above it. */
  readonly comment?: string;
};

export type ParametersCell = {
  readonly index: number;
  readonly declared: readonly Declared[];
  /** Names that the cell has otherwise, and why they cannot be given. */
  readonly others: ReadonlyMap<string, string>;
};

/** What the cell tagged `parameters` declares. Throws ParameterError where there is no such cell, or two, or a broken one. */
export const declaredParameters = (notebook: Notebook): readonly Declared[] => parametersCell(notebook).declared;

/** The cell tagged `parameters`. Throws ParameterError where there is none, or two, or a broken one. */
export function parametersCell(notebook: Notebook): ParametersCell {
  const { index, cell } = findCell(notebook);
  const syntax = parseCell(cell.source);
  if ("mistake" in syntax) {
    throw new ParameterError(
      `the parameters cell (cell ${index + 1}) does not parse: ${syntax.mistake} (line ${syntax.line}, column ${syntax.column}).`,
    );
  }
  if (syntax.program.body.length === 0) {
    throw new ParameterError(
      `the parameters cell (cell ${index + 1}) is empty: declare the parameters there, as in \`const date: string = "2026-03-17";\`.`,
    );
  }
  return { index, ...readCell(cell.source, syntax, scopeOf(notebook.cells.slice(0, index + 1))) };
}

/** Throws ParameterError where two code cells are tagged `parameters`: nobody can tell which is meant. */
export function refuseTwo(notebook: Notebook): void {
  onlyCell(notebook);
}

const taggedCells = ({ cells }: Notebook) =>
  cells.flatMap((cell, index) => (hasTag(cell, "parameters") ? [{ index, cell }] : []));

function onlyCell(notebook: Notebook): { index: number; cell: CodeCell } | undefined {
  const found = taggedCells(notebook).flatMap(({ index, cell }) => (isCode(cell) ? [{ index, cell }] : []));
  if (found.length > 1) {
    const numbers = found.map(({ index }) => index + 1).join(" and ");
    throw new ParameterError(`cells ${numbers} are both tagged "parameters": keep the tag on one of them.`);
  }
  return found[0];
}

function findCell(notebook: Notebook): { index: number; cell: CodeCell } {
  const only = onlyCell(notebook);
  if (only) return only;
  const tagged = taggedCells(notebook);
  const [other] = tagged;
  throw new ParameterError(
    other
      ? `cell ${other.index + 1}, tagged "parameters", is not a code cell: tag the cell that declares the parameters.`
      : 'the notebook has no cell tagged "parameters": give the tag to the code cell that declares them.',
  );
}

function readCell(source: string, syntax: Extract<Syntax, { program: unknown }>, scope: Scope) {
  const declared = new Map<string, Declared>();
  const others = new Map<string, string>();
  for (const statement of syntax.program.body) {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner?.type === "VariableDeclaration") {
      for (const declarator of inner.declarations) {
        const parameter = read(source, inner, declarator, syntax.comments, scope);
        if (parameter) declared.set(parameter.name, parameter);
        else for (const name of boundNames(declarator.id)) others.set(name, `is declared ${otherwise(inner, name)}`);
      }
    } else if (inner?.type === "ExpressionStatement" && inner.expression.type === "AssignmentExpression") {
      const { left } = inner.expression;
      if (left.type === "Identifier") {
        others.set(left.name, `is assigned without a declaration: write \`let ${left.name} = …\``);
      }
    } else if (inner && "id" in inner && inner.id?.type === "Identifier") {
      others.set(inner.id.name, "is not a variable");
    }
  }
  for (const name of declared.keys()) others.delete(name);
  return { declared: [...declared.values()], others };
}

const otherwise = ({ kind }: VariableDeclaration, name: string): string =>
  kind.endsWith("using") ? `with ${kind}` : `by destructuring: declare it by itself, as in \`let ${name} = …\``;

function read(
  source: string,
  { kind, start, end }: VariableDeclaration,
  { id, init, ...place }: VariableDeclarator,
  comments: readonly Comment[],
  scope: Scope,
): Declared | undefined {
  if (id.type !== "Identifier" || !(kind === "const" || kind === "let" || kind === "var")) return undefined;
  const type = id.typeAnnotation?.typeAnnotation ?? writtenIn(init);
  const annotation = type && source.slice(type.start, type.end);
  const shape = type ? shapeOfType(type, scope) : init ? shapeOfValue(init, scope) : untyped;
  const initial = init && source.slice(init.start, init.end);
  const comment = commentOf(source, { start, end: Math.max(place.end, end) }, place, comments);
  return {
    name: id.name,
    keyword: kind,
    shape,
    type: annotation?.replace(/\s+/g, " ") ?? shapeText(shape),
    ...(annotation !== undefined && { annotation }),
    ...(initial && { initial }),
    ...(comment && { comment }),
  };
}

const untyped: Shape = { kind: "unknowable", because: "it has neither a type nor a value" };

/** The type in `value as Type`. */
function writtenIn(value: Expression | null) {
  if (value?.type !== "TSAsExpression" && value?.type !== "TSTypeAssertion") return undefined;
  return isConst(value) ? undefined : value.typeAnnotation;
}

type Place = { readonly start: number; readonly end: number };

/** The comment at the end of the declaration's line, else the one that ends in the line above it. */
function commentOf(source: string, statement: Place, own: Place, comments: readonly Comment[]): string | undefined {
  const beside = comments.find(
    ({ start }) => start >= own.end && /^[ \t]*[,;]?[ \t]*$/.test(source.slice(own.end, start)),
  );
  if (beside) return plain(beside);
  const lineStart = source.lastIndexOf("\n", own.start - 1) + 1;
  const from = source.slice(lineStart, own.start).trim() === "" ? own.start : statement.start;
  const above = comments.findLast(({ end }) => end <= from && /^[ \t]*\n?[ \t]*$/.test(source.slice(end, from)));
  // What stands behind other code is about that code.
  const isAlone = above && source.slice(source.lastIndexOf("\n", above.start - 1) + 1, above.start).trim() === "";
  return isAlone ? plain(above) : undefined;
}

const plain = ({ value }: Comment): string =>
  value
    .split("\n")
    .map((line) => line.replace(/^\s*\*+/, "").trim())
    .filter((line) => line !== "")
    .join(" ");

import type { Directive, Statement, TSInterfaceDeclaration, TSType } from "oxc-parser";
import { type Cell, isCode } from "../nbformat.ts";
import { enumShape } from "./enumeration.ts";
import type { Shape } from "./shape.ts";
import { parseCell } from "./syntax.ts";

/** What a name of a type means in the parameters cell; `unknowable` completes "since …". */
export type Meaning =
  | { readonly alias: TSType }
  | { readonly interfaces: readonly TSInterfaceDeclaration[] }
  | { readonly shape: Shape }
  | { readonly unknowable: string };

export type Scope = ReadonlyMap<string, Meaning>;

/** The types that the cells declare, from the first to the last; those that do not parse declare none. */
export function scopeOf(cells: readonly Cell[]): Scope {
  const scope = new Map<string, Meaning>();
  for (const cell of cells.filter(isCode)) {
    const syntax = parseCell(cell.source);
    if ("mistake" in syntax) continue;
    // A later cell's interface replaces an earlier cell's; within a cell they are one, as TypeScript has it.
    const own = new Map<string, Meaning>();
    for (const statement of syntax.program.body) declare(statement, own);
    for (const [name, meaning] of own) scope.set(name, meaning);
  }
  return scope;
}

function declare(statement: Directive | Statement, scope: Map<string, Meaning>): void {
  switch (statement.type) {
    case "ExportNamedDeclaration":
      if (statement.declaration) declare(statement.declaration, scope);
      return;
    case "TSTypeAliasDeclaration":
      scope.set(
        statement.id.name,
        statement.typeParameters
          ? { unknowable: `${statement.id.name} is a generic type` }
          : { alias: statement.typeAnnotation },
      );
      return;
    case "TSInterfaceDeclaration": {
      const { name } = statement.id;
      const before = scope.get(name);
      const interfaces = before && "interfaces" in before ? before.interfaces : [];
      scope.set(
        name,
        statement.typeParameters
          ? { unknowable: `${name} is a generic type` }
          : { interfaces: [...interfaces, statement] },
      );
      return;
    }
    case "ClassDeclaration":
      if (statement.id) scope.set(statement.id.name, { unknowable: `${statement.id.name} is a class` });
      return;
    case "TSEnumDeclaration":
      scope.set(
        statement.id.name,
        statement.declare ? { unknowable: `${statement.id.name} is an enum` } : { shape: enumShape(statement) },
      );
      return;
    case "ImportDeclaration":
      for (const { local } of statement.specifiers) {
        scope.set(local.name, {
          unknowable: `${local.name} is imported from ${JSON.stringify(statement.source.value)}`,
        });
      }
      return;
  }
}

import type { BindingPattern, Node, Program, Statement, VariableDeclaration } from "oxc-parser";
import { isFunction, walk } from "./parse.ts";

/** How a name was declared, in the words that completion shows. */
export type NameKind = "const" | "let" | "var" | "function" | "class" | "enum" | "namespace" | "import";

/** The names that a cell leaves behind: those of its top level, and every `var` outside functions. */
export function declaredNames(program: Program): Map<string, NameKind> {
  const names = new Map<string, NameKind>();
  for (const statement of program.body) addStatement(statement, names);
  for (const { declaration } of nestedVars(program)) addPatterns(declaration, names);
  return names;
}

function addStatement(statement: Statement, names: Map<string, NameKind>): void {
  switch (statement.type) {
    case "ExportNamedDeclaration":
      if (statement.declaration) addStatement(statement.declaration, names);
      return;
    case "ExportDefaultDeclaration":
      if (statement.declaration.type === "FunctionDeclaration" || statement.declaration.type === "ClassDeclaration")
        addStatement(statement.declaration, names);
      return;
    case "VariableDeclaration":
      if (!statement.declare) addPatterns(statement, names);
      return;
    case "FunctionDeclaration":
    case "ClassDeclaration":
      if (statement.id && !statement.declare) {
        names.set(statement.id.name, statement.type === "ClassDeclaration" ? "class" : "function");
      }
      return;
    case "TSEnumDeclaration":
      if (!statement.declare && !names.has(statement.id.name)) names.set(statement.id.name, "enum");
      return;
    case "TSModuleDeclaration": {
      const name = firstIdentifier(statement.id);
      if (!statement.declare && name !== undefined && !names.has(name)) names.set(name, "namespace");
      return;
    }
    case "TSImportEqualsDeclaration":
      if (statement.importKind !== "type") names.set(statement.id.name, "import");
      return;
    case "ImportDeclaration":
      if (statement.importKind === "type") return;
      for (const specifier of statement.specifiers) {
        if (specifier.type !== "ImportSpecifier" || specifier.importKind !== "type") {
          names.set(specifier.local.name, "import");
        }
      }
  }
}

/** The names that a cell declares for types alone, or says to exist elsewhere (`declare`). */
export function declaredTypes(program: Program): Set<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner) for (const name of typeNames(inner)) names.add(name);
  }
  return names;
}

function typeNames(statement: Statement): string[] {
  switch (statement.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return [statement.id.name];
    case "VariableDeclaration":
      return statement.declare ? statement.declarations.flatMap(({ id }) => boundNames(id)) : [];
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return statement.declare && statement.id ? [statement.id.name] : [];
    case "TSModuleDeclaration": {
      const name = firstIdentifier(statement.id);
      return statement.declare && name !== undefined ? [name] : [];
    }
    case "TSImportEqualsDeclaration":
      return statement.importKind === "type" ? [statement.id.name] : [];
    case "ImportDeclaration":
      return statement.specifiers
        .filter(
          (one) => statement.importKind === "type" || (one.type === "ImportSpecifier" && one.importKind === "type"),
        )
        .map(({ local }) => local.name);
    default:
      return [];
  }
}

/** `namespace A.B {}` declares A. */
function firstIdentifier(id: Node): string | undefined {
  if (id.type === "Identifier") return id.name;
  return id.type === "TSQualifiedName" ? firstIdentifier(id.left) : undefined;
}

function addPatterns(declaration: VariableDeclaration, names: Map<string, NameKind>): void {
  // A resource of `using` is disposed of at the end of its cell: it stays local.
  if (declaration.kind === "using" || declaration.kind === "await using") return;
  for (const { id } of declaration.declarations) {
    for (const name of boundNames(id)) names.set(name, declaration.kind);
  }
}

/** `a`, `{ a, b: [c = 1, ...d] }`: the names that a pattern binds. */
export function boundNames(pattern: BindingPattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) =>
        element === null ? [] : boundNames(element.type === "RestElement" ? element.argument : element),
      );
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === "RestElement" ? property.argument : property.value),
      );
  }
}

/** `var` declarations in blocks and loops, which belong to the whole cell. */
export function nestedVars(program: Program): { declaration: VariableDeclaration; parent: Node }[] {
  const found: { declaration: VariableDeclaration; parent: Node }[] = [];
  walk(program, (node, parent) => {
    if (isFunction(node) || node.type === "StaticBlock" || node.type === "PropertyDefinition") return false;
    if (node.type === "TSModuleDeclaration") return false;
    if (node.type === "VariableDeclaration" && node.kind === "var" && !node.declare && parent !== program) {
      if (parent.type !== "ExportNamedDeclaration") found.push({ declaration: node, parent });
    }
    return true;
  });
  return found;
}

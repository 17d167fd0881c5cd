import type MagicString from "magic-string";
import type { Class, Function as FunctionNode, Node, Program, Statement, VariableDeclaration } from "oxc-parser";
import { boundNames, type NameKind, nestedVars } from "../syntax/declarations.ts";
import { hoistingPoint } from "../syntax/parse.ts";

/**
 * Turns the declarations of a cell into assignments, so that a later cell can declare the name again by any kind, and
 * a cell that fails leaves the old value. Functions come first in the cell, as they would by hoisting. Names that are
 * not in `names` (the compiler's own helpers) stay local.
 */
export function assignDeclarations(program: Program, names: ReadonlyMap<string, NameKind>, edits: MagicString): void {
  const cell = new Assignments(names, edits, hoistingPoint(program));
  for (const statement of program.body) cell.topLevel(statement);
  for (const { declaration, parent } of nestedVars(program)) cell.nestedVar(declaration, parent);
}

class Assignments {
  readonly #names: ReadonlyMap<string, NameKind>;
  readonly #edits: MagicString;
  readonly #hoistTo: number;
  /** Enums and namespaces merge with what has their name: inside the cell they shall, with an older cell's not. */
  readonly #begun = new Set<string>();

  constructor(names: ReadonlyMap<string, NameKind>, edits: MagicString, hoistTo: number) {
    this.#names = names;
    this.#edits = edits;
    this.#hoistTo = hoistTo;
  }

  topLevel(statement: Statement): void {
    switch (statement.type) {
      case "VariableDeclaration":
        this.#variables(statement);
        return;
      case "FunctionDeclaration":
        this.#function(statement);
        return;
      case "ClassDeclaration":
        this.#class(statement);
        return;
      case "ExportNamedDeclaration":
        if (statement.declaration) {
          this.#edits.remove(statement.start, statement.declaration.start);
          this.topLevel(statement.declaration as Statement);
        } else if (statement.source === null) this.#edits.remove(statement.start, statement.end);
        return;
      case "ExportDefaultDeclaration":
        this.#defaultExport(statement);
        return;
    }
  }

  /** `const a = 1, { b } = c` → `;(a = 1, { b } = c);` */
  #variables(declaration: VariableDeclaration): void {
    const first = declaration.declarations[0];
    if (first === undefined || !this.#areCellNames(declaration)) return;
    this.#edits.overwrite(declaration.start, first.start, `;${this.#beginMerged(declaration)}(`);
    for (const { id, init } of declaration.declarations) {
      if (init !== null) continue;
      // `let x;` is undefined from here on, while `var x;` changes nothing; a mere name does nothing.
      if (declaration.kind === "let") this.#edits.appendLeft(id.end, " = undefined");
      else this.#edits.prependRight(id.start, "typeof ");
    }
    this.#closeList(declaration);
  }

  nestedVar(declaration: VariableDeclaration, parent: Node): void {
    const first = declaration.declarations[0];
    const last = declaration.declarations.at(-1);
    if (first === undefined || last === undefined || !this.#areCellNames(declaration)) return;
    const place = placeOf(declaration, parent);
    if (place === "loop head") {
      this.#edits.remove(declaration.start, first.start);
      return;
    }
    this.#edits.overwrite(declaration.start, first.start, place === "statement list" ? ";(" : "(");
    for (const { id, init } of declaration.declarations) {
      if (init === null) this.#edits.prependRight(id.start, "typeof ");
    }
    if (place === "statement list") this.#closeList(declaration);
    else this.#edits.appendLeft(last.end, ")");
  }

  #closeList(declaration: VariableDeclaration): void {
    const end = declaration.declarations.at(-1)?.end ?? declaration.end;
    this.#edits.appendLeft(end, this.#edits.original[declaration.end - 1] === ";" ? ")" : ");");
  }

  #areCellNames(declaration: VariableDeclaration): boolean {
    if (declaration.kind === "using" || declaration.kind === "await using") return false;
    return declaration.declarations.every(({ id }) => boundNames(id).every((name) => this.#names.has(name)));
  }

  #beginMerged(declaration: VariableDeclaration): string {
    const names = declaration.declarations.flatMap(({ id }) => boundNames(id));
    const fresh = names.filter((name) => {
      const kind = this.#names.get(name);
      const isMerged = (kind === "enum" || kind === "namespace") && !this.#begun.has(name);
      if (isMerged) this.#begun.add(name);
      return isMerged;
    });
    return fresh.map((name) => `${name} = undefined;`).join("");
  }

  /** `function f() {}` → `f = function () {};`, which also names it. */
  #function(declaration: FunctionNode): void {
    if (declaration.id === null || !this.#names.has(declaration.id.name)) return;
    this.#edits.appendRight(declaration.start, `;${declaration.id.name} = `);
    this.#edits.remove(declaration.id.start, declaration.id.end);
    this.#edits.appendLeft(declaration.end, ";");
    if (declaration.start > this.#hoistTo) this.#edits.move(declaration.start, declaration.end, this.#hoistTo);
  }

  /** The class keeps its own name inside, so that a static block can use it. */
  #class(declaration: Class): void {
    if (declaration.id === null || !this.#names.has(declaration.id.name)) return;
    this.#edits.appendRight(declaration.start, `;${declaration.id.name} = `);
    this.#edits.appendLeft(declaration.end, ";");
  }

  #defaultExport(statement: Extract<Statement, { type: "ExportDefaultDeclaration" }>): void {
    const { declaration } = statement;
    const isNamed = "id" in declaration && declaration.id !== null && declaration.type.endsWith("Declaration");
    if (isNamed) {
      this.#edits.remove(statement.start, declaration.start);
      this.topLevel(declaration as Statement);
      return;
    }
    this.#edits.overwrite(statement.start, declaration.start, ";(");
    this.#edits.appendLeft(declaration.end, ");");
  }
}

/** `for (var …)`, `{ var … }`, or the bare body of `if`, `else`, a loop or a label. */
function placeOf(declaration: VariableDeclaration, parent: Node): "loop head" | "statement list" | "body" {
  switch (parent.type) {
    case "ForStatement":
      return parent.init === declaration ? "loop head" : "body";
    case "ForInStatement":
    case "ForOfStatement":
      return parent.left === declaration ? "loop head" : "body";
    case "BlockStatement":
    case "SwitchCase":
      return "statement list";
    default:
      return "body";
  }
}

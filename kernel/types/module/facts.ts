import type { Node, Program } from "oxc-parser";
import { declaredNames, declaredTypes, type NameKind } from "../../../runtime/syntax/declarations.ts";
import { importsIn } from "../../../runtime/syntax/imported.ts";
import type { Magic } from "../../../runtime/syntax/magics.ts";
import { parse, walk } from "../../../runtime/syntax/parse.ts";
import { couldBeColumn, testedBy } from "../../../runtime/syntax/tested.ts";
import { type Change, changesIn, changesOfMagics } from "./changes.ts";
import { literalSources, type SourceCall } from "./literal-sources.ts";
import { namesIn, rootOf } from "./origins.ts";

/** What the module of a cell is made from. Offsets are UTF-16, into the cell's text. */
export type CellFacts = {
  readonly values: ReadonlyMap<string, NameKind>;
  readonly types: ReadonlySet<string>;
  /** Names that stand anywhere in the cell, whatever they mean there. */
  readonly mentioned: ReadonlySet<string>;
  readonly assigned: ReadonlySet<string>;
  /** Those which are assigned elsewhere than in statements of the cell's top level, one after the other. */
  readonly assignedWithin: ReadonlySet<string>;
  /** Names that the cell itself exports. */
  readonly exported: ReadonlySet<string>;
  /** Declarations `let x = …` without a type, of a name that is assigned again: the first name that `…` begins with. */
  readonly reassigned: readonly {
    readonly name: string;
    readonly nameEnd: number;
    readonly root: string | undefined;
    /** All assignments are statements beside the declaration, and not in a loop, a branch or a function below it. */
    readonly isStraight: boolean;
  }[];
  readonly sources: readonly SourceCall[];
  /** What may make those behind it others than they were before the cell. */
  readonly changes: readonly Change[];
  /** All that cells declared is gone behind it. */
  readonly resets: boolean;
  /** The modules that it imports, as it names them. */
  readonly imports: readonly string[];
  /** What is tested for being true, and could be a Column or a Promise. */
  readonly tested: readonly {
    readonly start: number;
    readonly end: number;
    readonly operator: string;
    readonly isCall: boolean;
  }[];
};

/** Throws CellSyntaxError where the cell is no TypeScript. `magics` are those that stood in it. */
export function factsOf(code: string, magics: readonly Magic[] = []): CellFacts {
  const program = parse(code, "ts");
  const mentioned = new Set<string>();
  const assigned = new Set<string>();
  const tested: CellFacts["tested"][number][] = [];
  const lets: (Omit<CellFacts["reassigned"][number], "isStraight"> & { readonly parent: Node })[] = [];
  /** The blocks whose statements assign a name; undefined for an assignment within an expression. */
  const places = new Map<string, Set<Node | undefined>>();
  const seeTested = (node: Node) => {
    for (const [expression, operator] of testedBy(node)) {
      const { type, start, end } = expression;
      if (couldBeColumn(expression)) tested.push({ start, end, operator, isCall: type === "CallExpression" });
    }
  };
  walk(program, (node, parent, key) => {
    if (node.type === "Identifier") mentioned.add(node.name);
    const target = assignedName(node);
    if (target !== undefined) assigned.add(target);
    for (const name of assignedByPattern(node)) {
      assigned.add(name);
      places.set(name, (places.get(name) ?? new Set()).add(undefined));
    }
    const statement = node.type === "ExpressionStatement" ? assignedName(node.expression) : undefined;
    if (statement !== undefined) places.set(statement, (places.get(statement) ?? new Set()).add(parent));
    else if (target !== undefined && parent.type !== "ExpressionStatement")
      places.set(target, (places.get(target) ?? new Set()).add(undefined));
    if (node.type === "VariableDeclaration" && key !== "init" && key !== "left" && !node.declare) {
      const [only, ...others] = node.declarations;
      const isPlain = only?.id.type === "Identifier" && !only.id.typeAnnotation && only.init && others.length === 0;
      if (isPlain && only.id.type === "Identifier" && (node.kind === "let" || node.kind === "var")) {
        const root = only.init ? rootOf(only.init) : undefined;
        lets.push({ name: only.id.name, nameEnd: only.id.end, root, parent });
      }
    }
    seeTested(node);
    return parent !== node;
  });
  const isOnlyIn = (block: Node, name: string): boolean =>
    [...(places.get(name) ?? [])].every((place) => place === block);
  const sources = literalSources(program);
  return {
    values: declaredNames(program),
    types: declaredTypes(program),
    mentioned,
    assigned,
    exported: exportedNames(program),
    assignedWithin: new Set([...assigned].filter((name) => !isOnlyIn(program, name))),
    reassigned: lets
      .filter(({ name }) => assigned.has(name))
      .map(({ parent, ...rest }) => ({ ...rest, isStraight: isOnlyIn(parent, rest.name) })),
    sources,
    resets: magics.some(({ name }) => name === "reset"),
    changes: sources.length === 0 ? [] : [...changesOfMagics(magics), ...changesIn(program)],
    imports: importsIn(program),
    tested,
  };
}

/** Of `x = …`, `x += …`, `x++`. */
function assignedName(node: Node): string | undefined {
  const target =
    node.type === "AssignmentExpression" ? node.left : node.type === "UpdateExpression" ? node.argument : undefined;
  return target?.type === "Identifier" ? target.name : undefined;
}

/** Of `[a, { b }] = …` and `for (a of …)`. */
function assignedByPattern(node: Node): string[] {
  const isLoop = node.type === "ForOfStatement" || node.type === "ForInStatement";
  if (isLoop && node.left.type !== "VariableDeclaration") return namesIn(node.left);
  return node.type === "AssignmentExpression" && /Pattern$/.test(node.left.type) ? namesIn(node.left) : [];
}

function exportedNames(program: Program): Set<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const { exported } of statement.specifiers) if (exported.type === "Identifier") names.add(exported.name);
    if (statement.declaration) {
      const alone = { ...program, body: [statement.declaration] } as Program;
      for (const name of declaredNames(alone).keys()) names.add(name);
      for (const name of declaredTypes(alone)) names.add(name);
    }
  }
  return names;
}

import type MagicString from "magic-string";
import type { Node, Program } from "oxc-parser";
import { walk } from "../syntax/parse.ts";

/**
 * Every name of a cell's top level is a property of the global object, so that later cells see it. That must not
 * happen to names that packages look up there: a user's `const URL = "…"` must not become the `URL` of a package, and
 * a user's `document` must not make it believe that it runs in a browser. Such a name is kept under another one, which
 * looks the same (an invisible character is added), and every identifier of that name in a cell is rewritten; since
 * all are, parameters and inner declarations included, scopes stay as they were.
 */
const invisible = "\u200c";

export const hiddenName = (name: string): string => name + invisible;
export const visibleText = (text: string): string => text.replaceAll(invisible, "");

/** What Node defines; read before a name of Quern's or of the user's is added. */
const nodeGlobals = new Set(Object.getOwnPropertyNames(globalThis));

/** What packages test for, to find out where they run. */
const environmentNames = new Set(
  "window document self location importScripts WorkerGlobalScope Deno Bun define module exports".split(" "),
);

/** Names that cells have and packages must not see, since a module has no `require`. */
export const cellOnlyNames = new Set(["require", "__dirname", "__filename"]);

export const isNodeGlobal = (name: string): boolean => nodeGlobals.has(name);

export const mustHide = (name: string): boolean =>
  nodeGlobals.has(name) || environmentNames.has(name) || cellOnlyNames.has(name);

export function renameHidden(program: Program, names: ReadonlySet<string>, edits: MagicString): void {
  if (names.size === 0) return;
  walk(program, (node, parent, key) => {
    if (node.type !== "Identifier" || !names.has(node.name) || isPropertyName(parent, key)) return;
    if (parent.type === "Property" && parent.shorthand) {
      if (key === "value") edits.appendRight(node.start, `${node.name}: `);
    } else if (parent.type === "AssignmentPattern" && key === "left" && isShorthandDefault(program, parent)) {
      edits.appendRight(node.start, `${node.name}: `);
    }
    // Last of all edits, and so next to the name.
    edits.prependLeft(node.end, invisible);
  });
}

function isPropertyName(parent: Node, key: string): boolean {
  switch (parent.type) {
    case "MemberExpression":
      return key === "property" && !parent.computed;
    case "Property":
      return key === "key" && !parent.computed;
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
      return key === "key" && !parent.computed;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return key === "label";
    case "MetaProperty":
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportSpecifier":
    case "ImportAttribute":
      return true;
    default:
      return false;
  }
}

/** `{ URL = 1 }`: the pattern is the value of a shorthand property. */
function isShorthandDefault(program: Program, pattern: Node): boolean {
  let found = false;
  walk(program, (node) => {
    if (node.type === "Property" && node.shorthand && node.value === pattern) found = true;
    return !found;
  });
  return found;
}

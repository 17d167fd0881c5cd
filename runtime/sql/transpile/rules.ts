import type { Library } from "./library.ts";
import { Refusal } from "./refusal.ts";
import { type Fields, type Node, written } from "./tree.ts";

export type Rule = (fields: Fields, node: Node, library: Library) => unknown;

/** Rules by the kind of a node, or "function name". */
export type Rules = { readonly [kind: string]: Rule };

/** A call with the same arguments, as SQL text over `_0`, `_1` … */
export const as =
  (text: string): Rule =>
  (fields, _, library) =>
    written(library, text, fields.args as unknown[]);

/** The same for a node with named parts. */
export const partsAs =
  (text: string, ...parts: readonly string[]): Rule =>
  (fields, _, library) =>
    written(
      library,
      text,
      parts.map((part) => fields[part]),
    );

/** A node with some of its fields changed. */
export const changed = (kind: string, fields: Fields, change: Fields): Node => ({ [kind]: { ...fields, ...change } });

export function refuse(what: string): never {
  throw new Refusal(what);
}

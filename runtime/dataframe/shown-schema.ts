import { inspect } from "node:util";
import { typeName } from "../plan/type-names.ts";
import type { Schema } from "../plan/types.ts";
import { schemaTree } from "./schema-tree.ts";

/** A schema for a user's eyes: still an array of fields, that is shown as Spark prints it. */
export function shownSchema(schema: Schema): Schema {
  const text = (_depth: number, { breakLength }: { readonly breakLength?: number }) =>
    breakLength === Number.POSITIVE_INFINITY
      ? schema.map(({ name, type }) => `${name}: ${typeName(type)}`).join(", ")
      : schemaTree(schema);
  // Not enumerable: as data it is nothing but its fields.
  return Object.defineProperties([...schema], {
    [inspect.custom]: { value: text },
    [Symbol.for("Jupyter.display")]: { value: () => ({ "text/plain": schemaTree(schema) }) },
  });
}

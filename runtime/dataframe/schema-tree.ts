import { typeName } from "../plan/type-names.ts";
import type { Field, Schema, SqlType } from "../plan/types.ts";

/** A schema as Spark prints it; as many levels as `depth` says, where it is not 0. */
export const schemaTree = (schema: Schema, depth = 0): string =>
  ["root", ...schema.flatMap((field) => fieldLines(field, ""))].filter((line) => !isBelow(line, depth)).join("\n");

/** Each level stands behind another bar. */
const isBelow = (line: string, depth: number): boolean =>
  depth > 0 && ((/^[ |]* \|--/.exec(line)?.[0] ?? "").match(/\|/g) ?? []).length > depth;

function fieldLines({ name, type, nullable }: Field, indent: string): string[] {
  return [`${indent} |-- ${name}: ${shortName(type)} (nullable = ${nullable})`, ...innerLines(type, `${indent} |   `)];
}

function innerLines(type: SqlType, indent: string): string[] {
  switch (type.kind) {
    case "struct":
      return type.fields.flatMap((field) => fieldLines(field, indent));
    case "array":
      return [
        `${indent} |-- element: ${shortName(type.element)} (containsNull = true)`,
        ...innerLines(type.element, `${indent} |   `),
      ];
    case "map":
      return [
        `${indent} |-- key: ${shortName(type.key)}`,
        ...innerLines(type.key, `${indent} |   `),
        `${indent} |-- value: ${shortName(type.value)} (valueContainsNull = true)`,
        ...innerLines(type.value, `${indent} |   `),
      ];
    default:
      return [];
  }
}

// Spark's tree has other words for numbers than its DDL.
const treeNames: { readonly [kind: string]: string } = { byte: "byte", short: "short", int: "integer", long: "long" };

function shortName(type: SqlType): string {
  if (type.kind === "array" || type.kind === "map" || type.kind === "struct") return type.kind;
  return treeNames[type.kind] ?? typeName(type);
}

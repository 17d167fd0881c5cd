import type { TSEnumDeclaration } from "oxc-parser";
import { propertyKey, type Shape } from "./shape.ts";
import type { Written } from "./written.ts";

/** Each member by its name; the value is undefined where it is computed. */
type Members = ReadonlyMap<string, string | number | undefined>;

export function enumShape({ id, body }: TSEnumDeclaration): Shape {
  const members = new Map<string, string | number | undefined>();
  let next: number | undefined = 0;
  for (const { id: name, initializer } of body.members) {
    if (name.type !== "Identifier" && name.type !== "Literal") continue;
    const value: string | number | undefined = initializer === null ? next : literalOf(initializer);
    members.set(name.type === "Identifier" ? name.name : name.value, value);
    next = typeof value === "number" ? value + 1 : undefined;
  }
  return { kind: "enum", name: id.name, members };
}

function literalOf(value: NonNullable<TSEnumDeclaration["body"]["members"][number]["initializer"]>) {
  const isNegative = value.type === "UnaryExpression" && value.operator === "-";
  const literal = isNegative ? value.argument : value;
  const plain = literal.type === "Literal" ? literal.value : undefined;
  if (typeof plain === "number") return isNegative ? -plain : plain;
  return typeof plain === "string" && !isNegative ? plain : undefined;
}

/** A member by its name or its value, as TypeScript writes it; `at` names the value in messages. */
export function writeMember(name: string, members: Members, given: unknown, at = ""): Written {
  const byValue = [...members].find(([, value]) => value !== undefined && String(value) === String(given));
  const found = typeof given === "string" && members.has(given) ? given : byValue?.[0];
  if (found !== undefined) {
    return { code: propertyKey(found) === found ? `${name}.${found}` : `${name}[${JSON.stringify(found)}]` };
  }
  const shown = JSON.stringify(given)?.slice(0, 60);
  return {
    wrong: `${at && `${at} is `}${shown}${at ? "," : " is"} not a member of ${name}: ${[...members.keys()].join(", ")}`,
  };
}

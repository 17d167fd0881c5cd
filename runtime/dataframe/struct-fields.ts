import { AnalysisError } from "../errors.ts";
import type { Expression } from "../plan/expressions.ts";

const text = (value: string): Expression => ({ kind: "literal", value, type: { kind: "string" } });
const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });
const fieldOf = (input: Expression, name: string): Expression => ({ kind: "field", input, name });

/** The struct with this value in a field, which may lie in structs in it. */
export function withField(struct: Expression, path: string, value: Expression): Expression {
  const { first, rest } = split("withField", path);
  const inner = rest === undefined ? value : withField(fieldOf(struct, first), rest, value);
  return call("withField", struct, text(first), inner);
}

/** The struct without these fields, which may lie in structs in it. */
export function dropFields(struct: Expression, paths: readonly string[]): Expression {
  const own = paths.map((path) => split("dropFields", path));
  const names = own.filter(({ rest }) => rest === undefined).map(({ first }) => text(first));
  let result = names.length === 0 ? struct : call("dropFields", struct, ...names);
  for (const { first, rest } of own)
    if (rest !== undefined) result = call("withField", result, text(first), dropFields(fieldOf(result, first), [rest]));
  return result;
}

/** The parts of a path: dots separate names, and one in backticks may have dots itself. */
function split(method: string, path: string): { first: string; rest: string | undefined } {
  const found = typeof path === "string" ? /^(?:`((?:[^`]|``)+)`|([^.`]+))(?:\.(.+))?$/s.exec(path) : null;
  if (found === null)
    throw new AnalysisError(
      "NAME",
      `${method} takes names of fields, such as "city" or "address.city", not ${JSON.stringify(path)}`,
    );
  return { first: found[1]?.replaceAll("``", "`") ?? (found[2] as string), rest: found[3] };
}

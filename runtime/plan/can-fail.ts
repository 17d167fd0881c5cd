import type { Expression } from "./expressions.ts";
import type { Plan } from "./nodes.ts";
import { expressionsOf, operandsFirst } from "./walk.ts";

/** Whether a step computes what can fail with a value: a cast, an overflow, text of the user's own. */
export const canFail = (node: Plan): boolean =>
  expressionsOf(node).some((root) => operandsFirst(root).some(expressionCanFail));

const expressionCanFail = (part: Expression): boolean =>
  part.kind === "sql" ||
  part.kind === "udf" ||
  part.kind === "cast" ||
  (part.kind === "call" && !HARMLESS.has(part.name));

const HARMLESS: ReadonlySet<string> = new Set(
  "eq ne lt le gt ge eqNullSafe isin between and or not isNull isNotNull isNaN count".split(" "),
);

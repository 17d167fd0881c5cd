/** A step of a path such as `$.a[0]['b c'][*]`. */
export type Step =
  | { readonly kind: "name"; readonly name: string }
  /** It leads nowhere, in Spark. */
  | { readonly kind: "any name" }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "any index" };

/** Undefined for what is no path. */
export function parsePath(text: string): readonly Step[] | undefined {
  if (!text.startsWith("$")) return undefined;
  const steps: Step[] = [];
  let rest = text.slice(1);
  while (!/^[ \t\n\v\f\r]*$/.test(rest)) {
    const match = STEP.exec(rest);
    if (match === null) return undefined;
    const [whole, anyName, dotted, bracketed, anyIndex, index] = match;
    if (anyName !== undefined) steps.push({ kind: "any name" });
    else if (anyIndex !== undefined) steps.push({ kind: "any index" });
    else if (index !== undefined) steps.push({ kind: "index", index: Number(index) });
    else steps.push({ kind: "name", name: (dotted ?? bracketed) as string });
    rest = rest.slice(whole.length);
  }
  return steps;
}

// Where spaces may stand, and belong to no name, is as Spark's parser combinators have it.
const S = "[ \\t\\n\\v\\f\\r]*";
const STEP = new RegExp(
  `^(?:${S}(\\.\\*|\\['\\*'\\])|\\.${S}([^.[ \\t\\n\\v\\f\\r][^.[]*)|${S}\\['${S}([^'? \\t\\n\\v\\f\\r][^'?]*)'\\]|\\[(\\*)\\]|\\[${S}(\\d+)\\])`,
);

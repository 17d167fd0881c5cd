import { Refusal } from "../refusal.ts";

/**
 * `GROUP BY a, b GROUPING SETS ((a), (b))` is not `GROUP BY a, b, GROUPING SETS ((a), (b))`, and the library reads both alike.
 * @throws Refusal for the first
 */
export function checkGroupingSets(text: string): void {
  const plain = text.replace(TOKENS, (token) => (/^(?:--|\/)/.test(token) ? " " : " _ "));
  for (const { index } of plain.matchAll(/\bGROUPING\s+SETS\b/gi))
    if (!/(?:,|\(|\bBY)\s*$/i.test(plain.slice(0, index)))
      throw new Refusal(
        "Columns and GROUPING SETS without a comma between them: GROUP BY GROUPING SETS ((a, b), (a)) means it",
      );
}

const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//g;

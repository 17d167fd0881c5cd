import { Refusal } from "../refusal.ts";

/**
 * Whether sets stand behind columns without a comma: `GROUP BY a, b GROUPING SETS ((a), (b))`, where the columns are those of the
 * sets and no groups besides. The library reads it as if there were one.
 */
export function hasBareSets(text: string): boolean {
  const plain = text.replace(TOKENS, (token) => (/^(?:--|\/)/.test(token) ? " " : " _ "));
  const all = [...plain.matchAll(/\bGROUPING\s+SETS\b/gi)];
  const bare = all.filter(({ index }) => !/(?:,|\(|\bBY)\s*$/i.test(plain.slice(0, index)));
  if (bare.length > 0 && bare.length < all.length)
    throw new Refusal("GROUPING SETS behind columns without a comma, beside others");
  return bare.length > 0;
}

const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//g;

import { closest, distance } from "fastest-levenshtein";

/** ` Did you mean "amount"?`, or nothing where no name is near. */
export function nearest(name: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const found = closest(name.toLowerCase(), names);
  return distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(2, name.length / 3)
    ? ` Did you mean "${found}"?`
    : "";
}

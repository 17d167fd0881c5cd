import { closest, distance } from "fastest-levenshtein";

/** ` Did you mean "amount"?`, or nothing where no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const found = closest(
    name.toLowerCase(),
    names.map((candidate) => candidate.toLowerCase()),
  );
  const near = distance(name.toLowerCase(), found) <= Math.max(2, name.length / 3);
  return near ? ` Did you mean "${names.find((candidate) => candidate.toLowerCase() === found)}"?` : "";
}

const LISTED = 20;

/** `Columns: id, amount and 118 more.` */
export function columnList(names: readonly string[]): string {
  if (names.length === 0) return "There are no columns.";
  const rest = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `Columns: ${names.slice(0, LISTED).join(", ")}${rest}.`;
}

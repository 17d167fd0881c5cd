import { closest, distance } from "fastest-levenshtein";

/** ` Did you mean "amount"?`, or nothing where no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

/** The name that was most probably meant; undefined where none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const lower = name.toLowerCase();
  const found = closest(
    lower,
    names.map((candidate) => candidate.toLowerCase()),
  );
  if (distance(lower, found) > Math.max(2, name.length / 3)) return undefined;
  return names.find((candidate) => candidate.toLowerCase() === found);
}

const LISTED = 20;

/** `Columns: id, amount and 118 more.` */
export function columnList(names: readonly string[]): string {
  if (names.length === 0) return "There are no columns.";
  const rest = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `Columns: ${names.slice(0, LISTED).join(", ")}${rest}.`;
}

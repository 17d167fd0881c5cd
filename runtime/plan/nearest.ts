/** ` Did you mean "amount"?`, or nothing where no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

/** The name that was most probably meant, ignoring case; undefined where none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  let found: string | undefined;
  let least = mostChanges(name.length) + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const count = changes(lower, candidate.toLowerCase());
    if (count >= least) continue;
    found = candidate;
    least = count;
  }
  return found;
}

/** Two changes make any short word of any other. */
const mostChanges = (length: number): number => (length < 3 ? 0 : length < 6 ? 1 : Math.min(4, Math.floor(length / 3)));

/** How many letters are to be put in, left out or replaced, or neighbours to change places, to make `b` of `a`. */
function changes(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const replaced = (last[j - 1] as number) + (isSame ? 0 : 1);
      let least = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] as number) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] as number;
}

const LISTED = 20;

/** `Columns: id, amount and 118 more.` */
export function columnList(names: readonly string[]): string {
  if (names.length === 0) return "There are no columns.";
  const rest = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `Columns: ${names.slice(0, LISTED).join(", ")}${rest}.`;
}

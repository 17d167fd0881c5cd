/**
 * Where the JSON string that begins at `start` ends, after its quote; undefined if it does not. A regular expression for
 * all of it would run out of stack at the size of pictures.
 */
export function endOfJsonString(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined;
  special.lastIndex = start + 1;
  for (let match = special.exec(text); match; match = special.exec(text)) {
    if (match[0] === '"') return special.lastIndex;
    if (match[0] !== "\\") return undefined;
    special.lastIndex++;
  }
  return undefined;
}

const special = /["\\\n\r\t]/g;

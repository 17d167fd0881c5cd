/** Gives each whole line of a stream of text chunks to `line`; linear in time for lines of any length. */
export function splitLines(line: (text: string) => void): (chunk: string) => void {
  let parts: string[] = [];
  return (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf("\n"); at >= 0; at = chunk.indexOf("\n", from)) {
      const end = chunk.slice(from, at);
      line(parts.length === 0 ? end : parts.join("") + end);
      parts = [];
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.slice(from));
  };
}

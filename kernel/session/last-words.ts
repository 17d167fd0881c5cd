/** With these, V8 and Node begin what they write about a process that they are about to abort. */
const marker = /<--- Last few GCs --->|----- Native stack trace -----|^#\n# Fatal error in /m;

/**
 * Keeps the dump of a dying session from the cell's output, where the error says it better. What looks like one but comes
 * from a child of the session is only late: `release` gives what is held.
 */
export function withholdDump(show: (text: string) => void) {
  let held = "";
  return {
    pass(text: string): void {
      if (held !== "") {
        held += text;
        return;
      }
      const at = text.search(marker);
      const shown = at < 0 ? text : text.slice(0, at);
      held = at < 0 ? "" : text.slice(at);
      if (shown.trim() !== "" || (at < 0 && shown !== "")) show(shown);
    },
    release(): void {
      const text = held;
      held = "";
      if (text !== "") show(text);
    },
    /** What is held, for the log. */
    take(): string {
      const text = held;
      held = "";
      return text;
    },
  };
}

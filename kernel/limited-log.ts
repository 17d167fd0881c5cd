/** A log for what others cause: whoever can reach the sockets could fill the disk with it. */
export type LimitedLog = {
  write(line: string): void;
  /** Writes what is left to be said. */
  end(): void;
};

/** So many lines of a flood are written; of the others their number, every so often. */
const linesShown = 20;
const flushedAfterMs = 10_000;
const longestLine = 500;

export function limitLog(log: (line: string) => void): LimitedLog {
  let written = 0;
  let left = 0;
  let lastLeft = "";
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    timer = undefined;
    if (left === 0) {
      written = 0;
      return;
    }
    log(left === 1 ? lastLeft : `${left} more lines like these were left out; the last: ${lastLeft}`);
    left = 0;
    timer = setTimeout(flush, flushedAfterMs).unref();
  };
  return {
    write(text) {
      const line = oneLine(text);
      timer ??= setTimeout(flush, flushedAfterMs).unref();
      if (written < linesShown) {
        written += 1;
        return log(line);
      }
      left += 1;
      lastLeft = line;
    },
    end() {
      flush();
      clearTimeout(timer);
    },
  };
}

/** What a message holds cannot pretend to be lines of the log, nor move a terminal's cursor; stacks keep their lines. */
function oneLine(text: string): string {
  const cut = text.length > longestLine && !text.includes("\n    at ") ? `${text.slice(0, longestLine)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant.
  return cut.replace(/\n(?! {4}at )|[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, " ");
}

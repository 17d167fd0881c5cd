import type { Entries } from "./entries.ts";
import type { Key } from "./readline.ts";

/** Ctrl-R and Ctrl-S: a search through earlier cells, narrowed by each key. */
export type Search = {
  /** What is shown in the place of the prompt. */
  readonly label: string;
  /** What has been found; what was typed before where nothing has. */
  readonly text: string;
  readonly cursor: number;
  /** True if the key was the search's. */
  press(text: string | undefined, key: Key): boolean;
};

export const beginsSearch = (key: Key): boolean => key.ctrl === true && (key.name === "r" || key.name === "s");

/** `before` is what stands in the editor. */
export function createSearch(entries: Entries, before: string, key: Key): Search {
  let wanted = "";
  let direction: -1 | 1 = key.name === "s" ? 1 : -1;
  let found: { index: number; code: string; at: number } | undefined;
  let hasFailed = false;

  const look = (from: number) => {
    const next = wanted === "" ? undefined : entries.search(wanted, from, direction);
    hasFailed = wanted !== "" && next === undefined;
    if (next !== undefined) found = { ...next, at: next.code.indexOf(wanted) };
  };
  /** The next one with another text. */
  const goOn = () => {
    let from = found ? found.index + direction : entries.count - 1;
    const current = found?.code;
    do {
      look(from);
      from = (found?.index ?? 0) + direction;
    } while (!hasFailed && wanted !== "" && found?.code === current);
  };

  return {
    get label() {
      return `(${hasFailed ? "failed " : ""}${direction < 0 ? "reverse" : "forward"} search) ${wanted}: `;
    },
    get text() {
      return found?.code ?? before;
    },
    get cursor() {
      // What no cell has leaves the last match where it was, as in shells.
      return found ? found.at : before.length;
    },
    press(text, key) {
      if (beginsSearch(key)) {
        direction = key.name === "s" ? 1 : -1;
        goOn();
        return true;
      }
      if (key.name === "backspace" || (key.ctrl === true && key.name === "h")) {
        wanted = Array.from(wanted).slice(0, -1).join("");
        found = undefined;
        look(entries.count - 1);
        return true;
      }
      if (key.ctrl || key.meta || text === undefined || /^\p{Cc}/u.test(text)) return false;
      wanted += text;
      look(found?.index ?? entries.count - 1);
      return true;
    },
  };
}

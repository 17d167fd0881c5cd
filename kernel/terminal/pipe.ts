import { asLines, endsLine, writerTo } from "./output.ts";
import type { Output } from "./screen.ts";
import type { Block, Surface } from "./surface.ts";

/**
 * A file or a pipe: text is added and never taken back. Of a display that changes, the first state is shown and at the
 * end of the cell the last; of progress only its end: so logs are not flooded.
 */
export function createPipe(output: Output): Surface {
  const write = writerTo(output);
  let inLine = false;
  const changed = new Map<string, Block>();

  const add = (text: string) => {
    if (text === "") return;
    inLine = !endsLine(text);
    write(text);
  };
  const block = ({ text }: Block) => {
    if (text !== "") add((inLine ? "\n" : "") + asLines(text));
  };

  return {
    stream: add,
    block(shown, id) {
      if (id !== undefined) changed.delete(id);
      block(shown);
    },
    update(id, shown) {
      // The order is that of the last changes.
      changed.delete(id);
      changed.set(id, shown);
    },
    progress() {},
    endProgress: (_id, text) => block({ text }),
    clear() {},
    endCell() {
      for (const shown of changed.values()) block(shown);
      changed.clear();
    },
  };
}

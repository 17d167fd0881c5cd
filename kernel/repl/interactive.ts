import { completionsOf } from "../language/complete.ts";
import { completenessOf } from "../language/completeness.ts";
import { isKnownName } from "../language/known-names.ts";
import { commandIn } from "./commands.ts";
import { LineEditor } from "./editor/editor.ts";
import { styled } from "./editor/highlight.ts";
import type { Listener } from "./editor/listener.ts";
import { type Engine, loadEngine } from "./engine.ts";
import { nameAsked } from "./name-help.ts";
import { createQuestion } from "./question.ts";
import { createTurns, promptOf } from "./turns.ts";

/** Cells that the arrow keys find at the start. */
const rememberedCells = 1000;

/**
 * The REPL at a terminal, until the user leaves; answers the exit code. The prompt is there at once; what runs cells is
 * loaded behind it.
 */
export async function runInteractive({ colors }: { readonly colors: boolean }): Promise<number> {
  const { stdin: input, stdout: output } = process;
  let hasLeft = false;
  const { promise: left, resolve } = Promise.withResolvers<number>();
  const leave = (exitCode: number) => {
    hasLeft = true;
    resolve(exitCode);
  };

  const editor: LineEditor = new LineEditor({ input, output, colors }, promptOf(1), {
    enter: (code, cursorUtf16) => afterEnter(code, cursorUtf16, isKnownName(loaded?.cells.session.names() ?? [])),
    submit: (code) => (question.isOpen() ? question.answer() : turns.enter(code)),
    interrupt(wasEmpty, wasHinted) {
      if (question.isOpen()) question.giveUp();
      if (turns.isRunning) turns.interrupt();
      else if (wasEmpty && wasHinted) leave(0);
      else if (wasEmpty) editor.hint("Ctrl-C once more, or Ctrl-D, leaves.");
    },
    leave() {
      if (question.isOpen()) {
        question.giveUp();
        turns.interrupt();
      } else if (turns.isRunning) {
        turns.leaveAfterwards();
        editor.hint("Leaves when the cell is done; Ctrl-C ends the cell.");
      } else leave(0);
    },
    complete: async (code, cursorUtf16) => completionsOf((await engine).cells.session, code, cursorUtf16),
  });
  const say = (text: string) => editor.region.write(text.endsWith("\n") ? text : `${text}\n`);
  const complain = (text: string) => say(colors ? styled("red", text) : text);

  let loaded: Engine | undefined;
  const engine = loadEngine({
    colors,
    columns: () => output.columns || 80,
    write: (text) => hasLeft || editor.region.write(text),
    ask: (request) => question.ask(request),
    warn: (line) => say(colors ? styled("dim", line) : line),
  });
  const question = createQuestion(editor, {
    before: () => loaded?.screen.endCell(),
    answer: (text) => loaded?.cells.session.replyToInput(text),
  });
  const turns = createTurns({
    ...{ editor, engine, say, complain, leave: () => leave(0), hasLeft: () => hasLeft },
    // Of a session that has died.
    ended: () => question.isOpen() && question.giveUp(),
  });

  engine.then(
    (ready) => {
      loaded = ready;
      editor.entries.load(ready.history.tail(rememberedCells).map(({ code }) => code));
      // Enter asks the parser, which takes a moment to load.
      completenessOf("");
    },
    (error) => {
      complain(`The REPL cannot start: ${error.message}`);
      leave(1);
    },
  );
  leaveWithTerminal(editor, leave);
  const exitCode = await left;
  const ended = engine.then(end, () => {});
  editor.end();
  await ended;
  return exitCode;
}

type Enter = Listener["enter"];

function afterEnter(code: string, cursorUtf16: number, isName: (name: string) => boolean): ReturnType<Enter> {
  if (code.trim() === "" || commandIn(code) || nameAsked(code) !== undefined) return "submit";
  if (completenessOf(code, isName).status !== "incomplete") return "submit";
  const before = completenessOf(code.slice(0, cursorUtf16), isName);
  return { indent: before.status === "incomplete" ? before.indent : "" };
}

/** Signals, and the end of the terminal itself. */
function leaveWithTerminal(editor: LineEditor, leave: (exitCode: number) => void): void {
  // As shells report what a signal has ended.
  process.on("SIGTERM", () => leave(128 + 15));
  process.on("SIGHUP", () => leave(128 + 1));
  // Closing the editor is such an error too, where the terminal is gone.
  editor.on("error", () => leave(128 + 1));
  editor.on("close", () => leave(0));
  process.stdout.on("error", () => leave(128 + 1));
  process.on("exit", () => editor.close());
}

async function end({ cells, history }: Engine): Promise<void> {
  await cells.session.stop();
  history.close();
}

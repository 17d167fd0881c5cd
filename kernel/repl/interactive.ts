import { completionsOf } from "../language/complete.ts";
import { completenessOf } from "../language/completeness.ts";
import type { InputRequest } from "./cells.ts";
import { commandIn, runCommand } from "./commands.ts";
import { LineEditor, type Mode } from "./editor/editor.ts";
import { styled } from "./editor/highlight.ts";
import { type Engine, loadEngine } from "./engine.ts";
import { helpOn, nameAsked } from "./name-help.ts";
import { createQuestion } from "./question.ts";

/** Cells that the arrow keys find at the start. */
const rememberedCells = 1000;

/**
 * The REPL at a terminal, until the user leaves; answers the exit code. The prompt is there at once; what runs cells is
 * loaded behind it.
 */
export async function runInteractive({ colors }: { readonly colors: boolean }): Promise<number> {
  const { stdin: input, stdout: output } = process;
  const { promise: left, resolve } = Promise.withResolvers<number>();
  let engine: Engine | undefined;
  let isRunning = false;
  let isLeaving = false;
  /** Ctrl-D was pressed while a cell runs. */
  let leavesAfterwards = false;
  /** Typed while a cell runs. */
  let waiting: string[] = [];

  const leave = (code: number) => {
    isLeaving = true;
    resolve(code);
  };

  const editor: LineEditor = new LineEditor({ input, output, colors }, cellMode(1), {
    enter(code, cursorUtf16) {
      if (runsAtOnce(code) || completenessOf(code).status !== "incomplete") return "submit";
      const completeness = completenessOf(code.slice(0, cursorUtf16));
      return { indent: completeness.status === "incomplete" ? completeness.indent : "" };
    },
    submit(code) {
      if (question.isOpen()) return question.answer();
      if (!isRunning) return void work(code);
      waiting.push(code);
      editor.above = waiting;
      editor.replace("");
    },
    interrupt(wasEmpty, wasHinted) {
      if (question.isOpen()) question.giveUp();
      if (isRunning) {
        waiting = [];
        leavesAfterwards = false;
        editor.above = waiting;
        engine?.cells.session.interrupt();
      } else if (wasEmpty && wasHinted) leave(0);
      else if (wasEmpty) editor.hint("Ctrl-C once more, or Ctrl-D, leaves.");
    },
    leave() {
      if (question.isOpen()) question.giveUp();
      leavesAfterwards = isRunning;
      if (isRunning) editor.hint("Leaves when the cell is done; Ctrl-C ends the cell.");
      else leave(0);
    },
    complete: async (code, cursorUtf16) => completionsOf((await loading).cells.session, code, cursorUtf16),
  });
  const { region } = editor;
  const say = (text: string) => region.write(text.endsWith("\n") ? text : `${text}\n`);
  const complain = (text: string) => say(colors ? styled("red", text) : text);
  const question = createQuestion(editor, {
    before: () => engine?.screen.endCell(),
    answer: (text) => engine?.cells.session.replyToInput(text),
  });

  const loading = loadEngine({
    colors,
    columns: () => output.columns || 80,
    write: (text) => void (isLeaving || region.write(text)),
    ask: (request: InputRequest) => question.ask(request),
    warn: (line) => say(colors ? styled("dim", line) : line),
  });

  /** Runs what was typed, and then what is typed meanwhile. */
  const work = async (first: string) => {
    isRunning = true;
    for (let code: string | undefined = first; code !== undefined && !isLeaving; code = waiting.shift()) {
      showAsTyped(code);
      await execute(code).catch((error: Error) => complain(error.message));
      // Its session has ended.
      if (question.isOpen()) question.giveUp();
      region.endLine();
    }
    isRunning = false;
    if (leavesAfterwards) leave(0);
    editor.above = waiting;
    editor.mode = cellMode(engine?.cells.next ?? 1);
  };

  const showAsTyped = (code: string) => {
    const isTyped = editor.line === code && waiting.length === 0;
    const typed = isTyped ? { line: "", cursor: 0 } : { line: editor.line, cursor: editor.cursor };
    engine?.screen.endCell();
    editor.above = [];
    editor.mode = cellMode(engine?.cells.next ?? 1);
    editor.replace(code);
    editor.commit();
    editor.above = waiting;
    editor.mode = runningMode;
    editor.replace(typed.line, typed.cursor);
  };

  const execute = async (code: string) => {
    editor.entries.add(code);
    const { cells, history } = await loading;
    if (code.trim() === "") return;
    const command = commandIn(code);
    const name = nameAsked(code);
    if (command) {
      const clearScreen = () => region.clearScreen();
      await runCommand(command, { cells, say, runAll, clearScreen, leave: () => leave(0) });
    } else if (name !== undefined) say(await helpOn(name, cells));
    else await cells.run(code, history);
  };

  const runAll = async (codes: readonly string[]) => {
    const { cells, history } = await loading;
    for (const code of codes) {
      const { status } = await cells.run(code, history);
      if (status === "error" || isLeaving) return;
    }
  };

  loading.then(
    (loaded) => {
      engine = loaded;
      editor.entries.load(loaded.history.tail(rememberedCells).map(({ code }) => code));
      // Enter asks the parser, which takes a moment to load.
      completenessOf("");
    },
    (error) => {
      complain(`The REPL cannot start: ${error.message}`);
      leave(1);
    },
  );
  onSignals(leave);
  editor.on("close", () => leave(0));

  const exitCode = await left;
  editor.end();
  await loading.then(
    async ({ cells, history }) => {
      await cells.session.stop();
      history.close();
    },
    () => {},
  );
  return exitCode;
}

const runningMode: Mode = { prompts: { first: "", next: "" }, kind: "code", hidesEmpty: true };

function cellMode(count: number): Mode {
  const first = `[${count}] > `;
  return { prompts: { first, next: "... ".padStart(first.length) }, kind: "code", hidesEmpty: false };
}

const runsAtOnce = (code: string): boolean =>
  code.trim() === "" || commandIn(code) !== undefined || nameAsked(code) !== undefined;

/** As shells report what a signal has ended. */
function onSignals(leave: (code: number) => void): void {
  process.on("SIGTERM", () => leave(128 + 15));
  process.on("SIGHUP", () => leave(128 + 1));
}

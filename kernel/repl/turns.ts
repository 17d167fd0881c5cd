import { commandIn, runCommand } from "./commands.ts";
import type { LineEditor } from "./editor/editor.ts";
import type { Mode } from "./editor/listener.ts";
import type { Engine } from "./engine.ts";
import { helpOn, nameAsked } from "./name-help.ts";

/** What has been entered, run one after the other. What is entered meanwhile is shown below the output, and waits. */
export type Turns = {
  readonly isRunning: boolean;
  enter(code: string): void;
  /** Ends the running cell; what waits is not run. */
  interrupt(): void;
  /** Leaves when nothing runs any more; an interrupt revokes it. */
  leaveAfterwards(): void;
};

export type TurnsOptions = {
  readonly editor: LineEditor;
  readonly engine: Promise<Engine>;
  /** Shows a text, or what went wrong. */
  say(text: string): void;
  complain(text: string): void;
  /** Something that was entered has been run, or has failed. */
  ended(): void;
  leave(): void;
  hasLeft(): boolean;
};

export function createTurns(options: TurnsOptions): Turns {
  const { editor, say, complain, ended, leave, hasLeft } = options;
  let engine: Engine | undefined;
  let isRunning = false;
  let leavesAfterwards = false;
  /** There was nothing to interrupt yet. */
  let isGivenUp = false;
  let waiting: string[] = [];
  const saved = new Set<string>();

  const runWaiting = async () => {
    isRunning = true;
    for (let code = waiting.shift(); code !== undefined && !hasLeft(); code = waiting.shift()) {
      showAsTyped(code);
      isGivenUp = false;
      engine ??= await options.engine;
      if (isGivenUp) giveUp(code);
      else await execute(code, engine).catch((error: Error) => complain(error.message));
      ended();
      editor.region.endLine();
    }
    isRunning = false;
    editor.above = waiting;
    editor.mode = promptOf(engine?.cells.next ?? 1);
    if (leavesAfterwards) leave();
  };

  /** What is typed already comes back below. */
  const showAsTyped = (code: string) => {
    const { line, cursor } = editor;
    engine?.screen.endCell();
    editor.above = [];
    editor.line = code;
    editor.mode = promptOf(engine?.cells.next ?? 1);
    editor.commit();
    editor.above = waiting;
    editor.line = line;
    editor.cursor = cursor;
    editor.mode = whileRunning;
  };

  const giveUp = (code: string) => {
    editor.entries.add(code);
    complain("KeyboardInterrupt: Interrupted before the session had started; the cell was not run");
  };

  const execute = async (code: string, { cells, history }: Engine) => {
    editor.entries.add(code);
    if (code.trim() === "") return;
    const command = commandIn(code);
    const name = nameAsked(code);
    const runAll = async (codes: readonly string[], isLoaded = true) => {
      for (const code of codes) {
        if (isLoaded) showAsTyped(code);
        const { status, payload = [] } = await cells.run(code, history);
        for (const asked of payload) {
          // What is being typed comes first.
          if (asked.source === "set_next_input" && editor.line === "") editor.replace(asked.text);
        }
        if (status === "error" || hasLeft()) return;
      }
    };
    const { clearScreen } = editor.region;
    if (command) await runCommand(command, { cells, say, runAll, clearScreen, leave, saved });
    else if (name !== undefined) say(await helpOn(name, code.includes("??"), cells));
    else await runAll([code], false);
  };

  return {
    get isRunning() {
      return isRunning;
    },
    enter(code) {
      waiting.push(code);
      editor.line = "";
      editor.cursor = 0;
      editor.above = waiting;
      if (isRunning) editor.replace("");
      else void runWaiting();
    },
    interrupt() {
      waiting = [];
      editor.above = waiting;
      leavesAfterwards = false;
      if (engine) engine.cells.session.interrupt();
      else isGivenUp = true;
    },
    leaveAfterwards() {
      leavesAfterwards = true;
    },
  };
}

/** The prompt with the number of the cell. */
export function promptOf(count: number): Mode {
  const first = `[${count}] > `;
  return { prompts: { first, next: "... ".padStart(first.length) }, kind: "code", hidesEmpty: false };
}

const whileRunning: Mode = { prompts: { first: "", next: "" }, kind: "code", hidesEmpty: true };

import { createInterface, type Interface } from "node:readline";
import { completenessOf } from "../language/completeness.ts";
import { isKnownName } from "../language/known-names.ts";
import type { InputRequest } from "./cells.ts";
import { commandIn, runCommand } from "./commands.ts";
import { type Engine, loadEngine } from "./engine.ts";
import { helpOn, nameAsked } from "./name-help.ts";
import { promptOf } from "./turns.ts";

/** The REPL at a terminal that cannot be drawn over (TERM=dumb): line by line, as the terminal itself edits them. */
export async function runPlain(): Promise<number> {
  const { stdin: input, stdout: output } = process;
  const lines = createLines(createInterface({ input, terminal: false }));
  const say = (text: string) => output.write(text.endsWith("\n") ? text : `${text}\n`);
  let exitCode: number | undefined;
  let isRunning = false;

  const ask = async ({ prompt }: InputRequest) => {
    output.write(prompt);
    const answer = await lines.next();
    if (answer === interrupted) return;
    if (answer === undefined) session.interrupt();
    else session.replyToInput(answer);
  };
  const doors = { colors: false, columns: () => undefined, write: (text: string) => output.write(text) };
  const engine = await loadEngine({ ...doors, ask: (request) => ask(request as InputRequest), warn: say });
  const { session } = engine.cells;
  const leave = (code: number) => {
    exitCode ??= code;
    lines.end();
    if (isRunning) session.interrupt();
  };
  process.on("SIGINT", () => {
    if (isRunning) session.interrupt();
    lines.interrupt();
  });
  process.on("SIGTERM", () => leave(128 + 15));
  process.on("SIGHUP", () => leave(128 + 1));
  output.on("error", () => leave(128 + 1));

  const saved = new Set<string>();
  while (exitCode === undefined) {
    const isWhole = (code: string) => isWholeCell(code, isKnownName(session.names()));
    const code = await readCell(lines, engine.cells.next, output, isWhole);
    if (code === undefined) break;
    isRunning = true;
    const context = { cells: engine.cells, say, saved, clearScreen: () => {}, leave: () => leave(0) };
    await execute(code, engine, context).catch((error: Error) => say(error.message));
    isRunning = false;
  }
  lines.end();
  await session.stop();
  engine.history.close();
  return exitCode ?? 0;
}

/** Lines until the parser says that they are a cell; Ctrl-C begins anew. Undefined at the end of the input. */
async function readCell(
  lines: Lines,
  count: number,
  output: NodeJS.WritableStream,
  isWhole: (code: string) => boolean,
): Promise<string | undefined> {
  const { first, next } = promptOf(count).prompts;
  let code = "";
  for (;;) {
    output.write(code === "" ? first : next);
    const line = await lines.next();
    if (line === undefined) {
      output.write("\n");
      return undefined;
    }
    if (line === interrupted) {
      output.write("\n");
      code = "";
      continue;
    }
    code += (code === "" ? "" : "\n") + line;
    if (code.trim() === "") code = "";
    else if (isWhole(code)) return code;
  }
}

const isWholeCell = (code: string, isName: (name: string) => boolean): boolean =>
  commandIn(code) !== undefined ||
  nameAsked(code) !== undefined ||
  completenessOf(code, isName).status !== "incomplete";

type Context = Omit<Parameters<typeof runCommand>[1], "runAll">;

async function execute(code: string, { cells, history }: Engine, context: Context): Promise<void> {
  const command = commandIn(code);
  const name = nameAsked(code);
  const runAll = async (codes: readonly string[]) => {
    for (const code of codes) if ((await cells.run(code, history)).status === "error") return;
  };
  if (command) await runCommand(command, { ...context, runAll });
  else if (name !== undefined) context.say(await helpOn(name, code.includes("??"), cells));
  else await runAll([code]);
}

const interrupted = Symbol("Ctrl-C");
type Line = string | typeof interrupted | undefined;

/** Lines as they are asked for; those typed ahead wait. Undefined is the end. */
type Lines = { next(): Promise<Line>; interrupt(): void; end(): void };

function createLines(reader: Interface): Lines {
  const ahead: Line[] = [];
  let give: ((line: Line) => void) | undefined;
  let isOver = false;
  const add = (line: Line) => {
    if (!give) return void ahead.push(line);
    const giveNow = give;
    give = undefined;
    giveNow(line);
  };
  reader.on("line", add);
  reader.on("close", () => {
    isOver = true;
    give?.(undefined);
  });
  return {
    async next() {
      if (ahead.length > 0) return ahead.shift();
      return isOver ? undefined : new Promise((resolve) => (give = resolve));
    },
    interrupt() {
      if (give) add(interrupted);
    },
    end: () => reader.close(),
  };
}

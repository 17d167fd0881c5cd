import { createStopper } from "../notebook/run/stop.ts";
import { isEndOfReader } from "../terminal/output.ts";
import { createScreen, type Screen } from "../terminal/screen.ts";
import { outputOf, terminalOf } from "../terminal/terminal-of.ts";
import { askOnce } from "./ask-once.ts";
import { type Cells, type InputRequest, startCells } from "./cells.ts";
import { sessionOptions } from "./session-options.ts";

/**
 * Runs cells in order until one fails, without a prompt, and waits for what they have begun (timers, servers), as Node
 * does; answers the exit code. `importsFrom` is the folder of their
 * file.
 */
export async function runBatch(codes: readonly string[], importsFrom?: string): Promise<number> {
  const { stdout, env } = process;
  const { screen, mute } = screenOfProcess();
  let hasFailed = false;
  let isFinishing = false;
  const cells: Cells = startCells({
    session: { ...sessionOptions(importsFrom), endsForGood: true },
    screen,
    ask: questionsAtTerminal(screen, (answer) =>
      answer === undefined ? end(130) : cells.session.replyToInput(answer),
    ),
    columns: () => terminalOf(stdout, env).columns,
    failedLate: () => {
      hasFailed = true;
      if (isFinishing) cells.session.kill();
    },
  });
  const stopper = createStopper(cells.session);
  let endedWith: number | undefined;
  const end = (exitCode: number) => {
    endedWith ??= exitCode;
    if (isFinishing) cells.session.kill();
    else stopper.stop("interrupted");
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(128 + 15));
  process.on("SIGHUP", () => end(128 + 1));
  onReaderGone(() => {
    mute();
    if (endedWith === undefined) end(0);
  });

  const { session } = cells;
  const isOver = () => hasFailed || endedWith !== undefined || session.exitCode !== undefined;
  for (const code of codes) {
    if (isOver()) break;
    const { status } = await cells.run(code);
    if (status === "error" && session.exitCode === undefined) hasFailed = true;
  }
  stopper.disarm();
  isFinishing = !isOver();
  const crash = isFinishing ? await session.finish() : await session.stop();
  if (crash && !isOver()) {
    screen.fail(crash);
    hasFailed = true;
  }
  screen.endCell();
  return endedWith ?? (hasFailed ? 1 : (session.exitCode ?? 0));
}

function screenOfProcess() {
  const { stdout, stderr, env } = process;
  const [out, err] = [terminalOf(stdout, env), terminalOf(stderr, env)];
  let isMuted = false;
  const screen = createScreen({
    out: outputOf(stdout, env),
    err: outputOf(stderr, env),
    colors: out.colors && err.colors,
    images: out.images,
  });
  const muted: Screen = {
    show: (event) => isMuted || screen.show(event),
    fail: (error) => isMuted || screen.fail(error),
    endCell: () => isMuted || screen.endCell(),
  };
  const mute = () => {
    isMuted = true;
  };
  return { screen: muted, mute };
}

/** Who reads only the first lines has what was wanted. */
function onReaderGone(react: () => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      if (!isEndOfReader(error)) throw error;
      react();
    });
  }
}

/** Cells may ask where a person sits, whatever of their output goes elsewhere. Ctrl-C is no answer. */
function questionsAtTerminal(screen: Screen, reply: (answer: string | undefined) => void) {
  const { stdin, stdout, stderr, env } = process;
  const terminal = [stderr, stdout].find((stream) => terminalOf(stream, env).columns !== undefined);
  if (!stdin.isTTY || !terminal) return undefined;
  return async (request: InputRequest) => {
    screen.endCell();
    reply(await askOnce(request, terminal));
  };
}

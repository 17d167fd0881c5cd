import { isEndOfReader } from "../terminal/output.ts";
import { createScreen } from "../terminal/screen.ts";
import { outputOf, terminalOf } from "../terminal/terminal-of.ts";
import { askOnce } from "./ask-once.ts";
import { type InputRequest, startCells } from "./cells.ts";
import { sessionOptions } from "./session-options.ts";

/** Runs cells in order until one fails, without a prompt; answers the exit code. */
export async function runBatch(codes: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr, env } = process;
  const [out, err] = [terminalOf(stdout, env), terminalOf(stderr, env)];
  let ending: number | undefined;
  let hasFailedLate = false;

  const screen = createScreen({
    out: outputOf(stdout, env),
    err: outputOf(stderr, env),
    colors: out.colors && err.colors,
    images: out.images,
  });
  const asksOn = [stderr, stdout].find((stream) => terminalOf(stream, env).columns !== undefined);
  const ask = async (request: InputRequest) => {
    screen.endCell();
    const answer = await askOnce(request, asksOn ?? stdout);
    if (answer === undefined) session.interrupt();
    else session.replyToInput(answer);
  };
  const cells = startCells({
    session: sessionOptions(),
    screen,
    ask: stdin.isTTY && asksOn ? (request) => void ask(request) : undefined,
    columns: () => out.columns && (stdout.columns || 80),
    failedLate: () => {
      hasFailedLate = true;
    },
  });
  const { session } = cells;
  const end = (code: number) => {
    ending ??= code;
    session.interrupt();
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(128 + 15));
  process.on("SIGHUP", () => end(128 + 1));
  // Who reads only the first lines has what was wanted.
  for (const stream of [stdout, stderr]) stream.on("error", (error) => isEndOfReader(error) && end(0));

  let failed = false;
  for (const code of codes) {
    if (failed || ending !== undefined) break;
    const { status } = await cells.run(code);
    failed = status === "error";
  }
  await session.stop();
  return ending ?? (failed || hasFailedLate ? 1 : 0);
}

import { terminalOf } from "../terminal/terminal-of.ts";
import type { Source } from "./source.ts";

/**
 * Runs what is typed where there is a terminal to type at and nothing else is given, and else the cells of the source;
 * answers the exit code. Throws SourceError for a source that cannot be read.
 */
export async function runRepl(source: Source): Promise<number> {
  const { columns, colors } = terminalOf(process.stdout, process.env);
  const isGiven = source.code !== undefined || source.file !== undefined;
  if (!isGiven && process.stdin.isTTY && columns !== undefined) {
    const { runInteractive } = await import("./interactive.ts");
    // As Node's own: the shell does not wait for what might still be open. A terminal is written to at once.
    process.exit(await runInteractive({ colors }));
  }
  if (!isGiven && process.stdin.isTTY && process.stdout.isTTY) {
    const { runPlain } = await import("./plain.ts");
    return await runPlain();
  }
  const { cellsOf, folderOf } = await import("./source.ts");
  const cells = await cellsOf(source);
  if (cells.length === 0) return 0;
  const { runBatch } = await import("./batch.ts");
  return await runBatch(cells, folderOf(source));
}

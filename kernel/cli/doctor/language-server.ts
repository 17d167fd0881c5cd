import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startLanguageServer } from "../../types/server/server.ts";
import type { Check } from "./check.ts";

const name = "Type check";
const answerWithinMs = 15_000;

/** Starts TypeScript's language server, as a kernel does. Without it cells run, unchecked. */
export async function checkLanguageServer(): Promise<Check> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${answerWithinMs / 1000} s`)), answerWithinMs);
  try {
    const server = await Promise.race([startLanguageServer(tmpdir(), pathToFileURL(tmpdir()).href), late]);
    server.kill();
    await server.ended;
    return { name, status: "ok", found: `TypeScript ${version()}` };
  } catch (error) {
    const found = `TypeScript's language server does not start (${(error as Error).message}): cells run unchecked, and Tab knows no types`;
    return { name, status: "absent", found, mend: "npm ci in Quern's folder, on this very machine" };
  } finally {
    clearTimeout(timer);
  }
}

const version = (): string =>
  JSON.parse(readFileSync(fileURLToPath(import.meta.resolve("typescript/package.json")), "utf8")).version;

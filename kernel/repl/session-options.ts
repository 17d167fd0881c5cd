import { fileURLToPath } from "node:url";
import { debuglog } from "node:util";
import type { SessionOptions } from "../session/client.ts";

// Sources are run as they are; the published package is JavaScript.
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

/**
 * The session of this terminal: in its folder, with its environment. With NODE_DEBUG=quern it says what goes on. Imports
 * start in the same folder, if no other is given.
 */
export function sessionOptions(importsFrom?: string): SessionOptions {
  return {
    entry: fileURLToPath(new URL(`../../runtime/session/main${extension}`, import.meta.url)),
    execPath: process.execPath,
    env: { ...process.env, QUERN_IMPORTS_FROM: importsFrom },
    cwd: process.cwd(),
    log: debuglog("quern"),
  };
}

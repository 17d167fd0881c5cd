import { existsSync } from "node:fs";
import { found, missing, type Part } from "./machine.ts";

/** The browser that the machine has: CHROMIUM, or where Debian puts it. */
export function chromium(): Part {
  const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return existsSync(path) ? found(path) : missing(`there is no Chromium at ${path} (set CHROMIUM to its path)`);
}

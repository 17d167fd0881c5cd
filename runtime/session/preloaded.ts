import { setColumnTest } from "./column-test.ts";
import { clearOutput, display } from "./display-api.ts";
import { hiddenName } from "./hidden-names.ts";
import { cellModules } from "./modules.ts";
import { confirm, prompt } from "./prompt.ts";

/** Sets the names that cells have from the start, and connects DataFrames to the session. */
export async function openGlobals(): Promise<{ close: () => Promise<void> }> {
  const { require, meta } = cellModules();
  const cellOnly = { require, __dirname: meta.dirname, __filename: meta.filename };
  for (const [name, value] of Object.entries(cellOnly)) preload(hiddenName(name), value);
  for (const [name, value] of Object.entries({ display, clearOutput, prompt, confirm })) preload(name, value);
  return { close: async () => {} };
}

/** Not enumerable, and any declaration of the user's takes its place. */
function preload(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}

export { setColumnTest };

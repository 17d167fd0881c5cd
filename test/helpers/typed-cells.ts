import type { CompletionItem, Diagnostic } from "vscode-languageserver-protocol";
import { linesOf } from "../../kernel/types/server/lines.ts";
import { openWorkspace } from "../../kernel/types/server/workspace.ts";
import { tempFolder } from "./temp-folder.ts";
import "./patience.ts";

/** Code as the kernel's language server sees it. */
export type TypedCells = AsyncDisposable & {
  /** What is wrong, without what the editor only greys out. */
  check(code: string): Promise<readonly Diagnostic[]>;
  /** The type and documentation of what stands at `|>`. */
  hover(code: string): Promise<string>;
  /** What is offered at `|>`. */
  complete(code: string): Promise<readonly CompletionItem[]>;
  /** Makes code the module of a run; gives what others import it by, in their first line. */
  ran(run: number, code: string): string;
};

const cursor = "|>";

/** Each code is looked at behind this prelude. */
export function typedCells(prelude = ""): TypedCells {
  const folder = tempFolder();
  const workspace = openWorkspace(folder.path, () => {});
  const whole = (code: string): string => `${prelude === "" ? "" : `${prelude}\n`}${code}\nexport {};\n`;
  const at = (code: string) => {
    const offset = whole(code).indexOf(cursor);
    const text = whole(code.replace(cursor, ""));
    workspace.put(workspace.check, text);
    return linesOf(text).position(offset);
  };
  return {
    async check(code) {
      workspace.put(workspace.check, whole(code));
      const found = await (await workspace.server()).diagnostics(workspace.check);
      return found.filter(({ severity }) => severity !== 4);
    },
    async hover(code) {
      const position = at(code);
      const found = await (await workspace.server()).hover(workspace.check, position);
      return (found?.contents as { value?: string } | undefined)?.value ?? "";
    },
    async complete(code) {
      const position = at(code);
      return (await workspace.server()).completions(workspace.check, position);
    },
    ran: (run, code) => workspace.keep(run, code),
    async [Symbol.asyncDispose]() {
      const { ended } = await workspace.server();
      workspace.stop();
      await ended;
      folder[Symbol.dispose]();
    },
  };
}

import type { WriteStream } from "node:tty";
import type { InputRequest } from "./cells.ts";
import { LineEditor } from "./editor/editor.ts";

/** Asks one question at a terminal; undefined for Ctrl-C and Ctrl-D. */
export function askOnce({ prompt, password }: InputRequest, output: WriteStream): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const lastLine = prompt.lastIndexOf("\n") + 1;
  if (lastLine > 0) output.write(prompt.slice(0, lastLine));
  const mode = { prompts: { first: prompt.slice(lastLine), next: "" }, hidesEmpty: false } as const;
  const finish = (answer: string | undefined) => {
    editor.end();
    resolve(answer);
  };
  const editor: LineEditor = new LineEditor(
    { input: process.stdin, output, colors: false },
    { ...mode, kind: password ? "secret" : "text" },
    {
      enter: () => "submit",
      submit: (answer) => finish(answer),
      interrupt: () => finish(undefined),
      leave: () => finish(undefined),
      complete: async (_, cursor) => ({ matches: [], startUtf16: cursor, endUtf16: cursor }),
    },
  );
  return promise;
}

import type { InputRequest } from "./cells.ts";
import type { LineEditor } from "./editor/editor.ts";

/** The question of a cell, asked in the place of what is typed. */
export type Question = {
  ask(request: Pick<InputRequest, "prompt" | "password">): void;
  isOpen(): boolean;
  /** What is typed is the answer. */
  answer(): void;
  /** The cell does not wait for it any more. */
  giveUp(): void;
};

type Doors = {
  /** The output gives way. */
  before(): void;
  answer(text: string): void;
};

/** What was typed before comes back when the question is answered: it was not meant for it. */
export function createQuestion(editor: LineEditor, { before, answer }: Doors): Question {
  let restore: (() => void) | undefined;

  const close = (): string => {
    const text = editor.commit();
    restore?.();
    restore = undefined;
    return text;
  };

  return {
    ask({ prompt, password }) {
      before();
      const { line, cursor, mode, above } = editor;
      restore = () => {
        editor.above = above;
        editor.mode = mode;
        editor.replace(line, cursor);
      };
      const lastLine = prompt.lastIndexOf("\n") + 1;
      if (lastLine > 0) editor.region.write(prompt.slice(0, lastLine));
      editor.above = [];
      const prompts = { first: prompt.slice(lastLine), next: "" };
      editor.mode = { prompts, kind: password ? "secret" : "text", hidesEmpty: false };
      editor.replace("");
    },
    isOpen: () => restore !== undefined,
    answer: () => answer(close()),
    giveUp: () => void close(),
  };
}

import type { Completions } from "../../language/complete.ts";
import type { Prompts } from "./layout.ts";

/** What the keys of the editor lead to. */
export type Listener = {
  /** What Enter does: run the code, or begin a line with this indent. */
  enter(code: string, cursorUtf16: number): { readonly indent: string } | "submit";
  submit(code: string): void;
  /** Ctrl-C; `wasEmpty` if nothing was typed, `wasHinted` below a hint of Ctrl-C's. What was typed is gone, but stays while a cell runs. */
  interrupt(wasEmpty: boolean, wasHinted: boolean): void;
  /** Ctrl-D on an empty line. */
  leave(): void;
  complete(code: string, cursorUtf16: number): Promise<Completions>;
};

/** How what is typed is shown. */
export type Mode = {
  readonly prompts: Prompts;
  /** Code is highlighted, and completed; of a secret nothing is shown. */
  readonly kind: "code" | "text" | "secret";
  /** Nothing is drawn until something is typed. */
  readonly hidesEmpty: boolean;
};

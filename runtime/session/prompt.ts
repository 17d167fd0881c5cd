import { receiveMessageOnPort } from "node:worker_threads";
import { InterruptedError, QuernError } from "../errors.ts";
import { sentinel } from "./interrupt.ts";
import { emit } from "./port.ts";
import { runOfCaller } from "./run.ts";
import { promptState } from "./shared.ts";
import { notePlace } from "./stopping.ts";

/**
 * Asks the user for a line of text and waits for it. An empty answer gives the default; without one it is an empty
 * text. With `{ password: true }` what is typed is not shown.
 */
export function prompt(message = "", defaultValue?: string | { readonly password?: boolean }): string {
  const password = typeof defaultValue === "object" && defaultValue.password === true;
  const answer = ask("prompt", message, password);
  return answer === "" && typeof defaultValue === "string" ? defaultValue : answer;
}

/** Asks the user for a line of text, and waits for it. With `{ password: true }` what is typed is not shown. */
export const input = (message = "", { password = false }: { readonly password?: boolean } = {}): string =>
  ask("input", message, password);

/** Asks a question that is answered by yes or no; anything but "y" and "yes" is no. */
export function confirm(message = "Confirm"): boolean {
  return /^y(es)?$/i.test(ask("confirm", `${message} [y/N] `, false).trim());
}

/** What front ends answer when the user ends the input (Ctrl-D) instead of answering. */
const endOfInput = "\u0004";

/** Front ends say so with each cell (allow_stdin). */
const nobodyAnswers =
  "nobody is asked here, as in every run without a person at it (quern run, nbclient, papermill, a pipe). " +
  'Take the answer from a parameter (a cell tagged "parameters"; --param name=value), or write it into the cell';

function ask(caller: string, text: string, password: boolean): string {
  const call = `${caller}(${JSON.stringify(text)})`;
  const run = runOfCaller();
  const beside = sentinel();
  if (run === undefined || beside === undefined) {
    throw new QuernError("NO_STDIN", `${call} works in a notebook only`);
  }
  if (!run.request.allowStdin || run.ended) {
    const why = run.ended ? "the cell has ended" : nobodyAnswers;
    throw new QuernError("NO_STDIN", `${call} cannot ask: ${why}`);
  }
  const { state, replies } = beside;
  while (receiveMessageOnPort(replies) !== undefined) {
    // An answer to a prompt that was interrupted.
  }
  Atomics.store(state, promptState.index, promptState.waiting);
  emit({ type: "input_request", run: run.request.run, prompt: String(text), password });
  Atomics.wait(state, promptState.index, promptState.waiting);
  const isInterrupted = Atomics.load(state, promptState.index) === promptState.interrupted;
  Atomics.store(state, promptState.index, promptState.none);
  const reply = receiveMessageOnPort(replies)?.message;
  if (isInterrupted) {
    notePlace();
    throw new InterruptedError("The prompt was interrupted");
  }
  if (reply === endOfInput) throw new QuernError("END_OF_INPUT", `${call} has no answer: the input was ended (Ctrl-D)`);
  return String(reply);
}

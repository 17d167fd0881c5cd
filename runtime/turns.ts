import { AsyncLocalStorage } from "node:async_hooks";
import promised from "node:timers/promises";
import { InterruptedError } from "./errors.ts";

/**
 * When V8 terminates what runs, for an interrupt, it throws away its queue of microtasks too. So our work never waits
 * in that queue while code of the user's may run: it begins in a turn of the event loop, which nothing can take away.
 */

/** Node's own: the session replaces the global ones, to know the timers of a cell and to drop them with it. */
export const { setTimeout, clearTimeout } = globalThis;
const { setImmediate: setNodeImmediate } = globalThis;
const { nextTick } = process;

/**
 * Calls back as Node's does, with nothing of Node's list of immediates on the stack: a termination would leave that list
 * broken (processImmediate in its lib/internal/timers.js goes on in a `finally`, which a termination skips), and all later
 * immediates with it. The queue of ticks goes on behind it.
 */
export function setImmediate<Args extends unknown[]>(work: (...args: Args) => void, ...args: Args): NodeJS.Immediate {
  return typeof work === "function" ? setNodeImmediate(nextTick, work, ...args) : setNodeImmediate(work);
}
export const delay = promised.setTimeout;

let isHeld = false;

/** While an interrupt is on its way nothing begins, since it would be terminated too. */
export function holdTurns(held: boolean): void {
  isHeld = held;
}

function inTurn(begin: () => void): void {
  setImmediate(() => (isHeld ? inTurn(begin) : begin()));
}

/** What comes behind it is in a turn of the event loop of its own. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => inTurn(resolve));

/** A module that is loaded when it is first asked for, apart from the code of the user's that asks. */
export function lazy<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= nextTurn()
      .then(load)
      .catch((error) => {
        loaded = undefined;
        throw error;
      });
    return loaded;
  };
}

/** Work that has begun in a queue of turns; the outer one waits for it. */
export type Turn = { readonly outer: Turn | undefined; readonly giveUp: () => void };

const running = new AsyncLocalStorage<Turn | undefined>();

/** Whose work the caller does. */
export const currentTurn = (): Turn | undefined => running.getStore();

/** Ends turns whose JavaScript was terminated, from which nothing would be heard any more. */
export function giveUp(turn: Turn | undefined): void {
  for (let one = turn; one !== undefined; one = one.outer) one.giveUp();
}

/** Runs work one after another, in call order. Work that fails does not stop what is behind it. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  readonly #whenIdle: (() => void)[] = [];
  #isBusy = false;

  add<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const inCallersContext = AsyncLocalStorage.snapshot();
      this.#waiting.push(() => inCallersContext(() => this.#begin(work, resolve, reject)));
      this.#next();
    });
  }

  /** When everything added so far has ended. */
  idle(): Promise<void> {
    return this.#isBusy ? new Promise((resolve) => this.#whenIdle.push(resolve)) : Promise.resolve();
  }

  #begin<T>(work: () => Promise<T>, resolve: (value: T) => void, reject: (error: unknown) => void): void {
    let isOver = false;
    const end = (settle: () => void): void => {
      if (isOver) return;
      isOver = true;
      settle();
      this.#isBusy = false;
      this.#next();
    };
    const turn = { outer: currentTurn(), giveUp: () => end(() => reject(new InterruptedError())) };
    running.run(turn, work).then(
      (value) => end(() => resolve(value)),
      (error) => end(() => reject(error)),
    );
  }

  #next(): void {
    if (this.#isBusy) return;
    const begin = this.#waiting.shift();
    if (begin === undefined) {
      for (const resolve of this.#whenIdle.splice(0)) resolve();
      return;
    }
    this.#isBusy = true;
    inTurn(begin);
  }
}

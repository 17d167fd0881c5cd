import { AsyncLocalStorage } from "node:async_hooks";

/** Whether a function of the user's runs for a step whose action has its turn: what it asks for cannot wait for its own. */
const inside = new AsyncLocalStorage<boolean>();

export const isInsideStep = (): boolean => inside.getStore() === true;
export const runInsideStep = <T>(work: () => T): T => inside.run(true, work);

let made = false;

/** From now on, plans may hold steps that JavaScript computes. */
export function expectJavaScript(): void {
  made = true;
}

export const mayNeedJavaScript = (): boolean => made;

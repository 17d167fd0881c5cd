import type { SessionEvent, SessionRequest } from "../../runtime/session/protocol.ts";
import type { SessionClient } from "./client.ts";

/** How many times longer than usual Quern waits for its own parts, on a slow machine (QUERN_PATIENCE). */
export function patienceIn(env: NodeJS.ProcessEnv): number {
  const times = Number(env.QUERN_PATIENCE);
  return times > 0 ? times : 1;
}

type Answer = SessionEvent & { readonly id: number };

/** Questions to the session that wait for their answer. */
export function createQuestions() {
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  let lastId = 0;
  let unanswered = 0;
  return {
    /** Some are unanswered whose time has run out. */
    areWaiting: () => unanswered > waiting.size,
    ask<E extends SessionEvent>(client: SessionClient, question: (id: number) => SessionRequest, timeoutMs: number) {
      const id = ++lastId;
      unanswered++;
      return new Promise<E | undefined>((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve(undefined);
        }, timeoutMs);
        waiting.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer as E | undefined);
        });
        client.send(question(id));
      });
    },
    answer(answer: Answer) {
      unanswered--;
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    },
    drop() {
      unanswered = 0;
      for (const settle of waiting.values()) settle(undefined);
      waiting.clear();
    },
  };
}

import type {
  CellError,
  CommEvent,
  Completion,
  LiteralSource,
  MimeBundle,
  RunId,
  RunOutcome,
  RunRequest,
  SessionEvent,
  SessionRequest,
} from "../../runtime/session/protocol.ts";
import { createAwaitedTypes } from "./awaited-types.ts";
import type { SessionClient, SessionOptions } from "./client.ts";
import { causeOf, type Ending, exitCodeOf, interruptedBefore, sessionEndedError } from "./ending.ts";
import type { SessionFolder } from "./folder.ts";
import { secondPressNote, waitingNote } from "./interrupt-notes.ts";
import { createQuestions, patienceIn } from "./questions.ts";
import { noSurvivors, survivorsIn } from "./survivors.ts";

/** The session as handlers and front ends see it: it can always be asked, whatever has become of its process. */
export type Session = {
  /** Starts the process, so that it is there when the first cell comes. */
  start(): void;
  /** Runs one cell; the next of the same shell may be given when this one is done. Never rejects. */
  run(request: RunWanted): Promise<RunOutcome>;
  /** Ends what is running, if anything is. */
  interrupt(): void;
  /** `undefined` where the session is busy or slow. */
  complete(code: string, cursorUtf16: number): Promise<Completed | undefined>;
  inspect(code: string, cursorUtf16: number, wantsSource?: boolean): Promise<MimeBundle | undefined>;
  /**
   * The columns of what these sources would give, as the text of the S in `DataFrame<S>`, null where it is not known.
   * `undefined` where the session is busy or slow.
   */
  describe(sources: readonly LiteralSource[]): Promise<readonly (string | null)[] | undefined>;
  /** Whether the session has told the types that the last cell left; false where it has not within 300 ms. */
  settledTypes(): Promise<boolean>;
  /** The names that the last cell left. */
  names(): readonly Completion[];
  hasName(name: string): boolean;
  replyToInput(value: string): void;
  /** Lets the running cell wait with its output for so long. */
  hold(ms: number): void;
  /** Ends the process in good order, or after a time of grace without. */
  stop(): Promise<void>;
  /**
   * Ends it as Node ends a program: when nothing goes on any more that the cells have begun (timers, servers). Answers
   * the error where it came to another end.
   */
  finish(): Promise<CellError | undefined>;
  /** Of a session that ends for good: what its code has ended it with. */
  readonly exitCode: number | undefined;
  /** Ends it at once; for the exit of the kernel's own process. */
  kill(): void;
};

export type RunWanted = Omit<RunRequest, "type">;
export type Completed = {
  readonly matches: readonly (Completion & { readonly signature?: string })[];
  readonly startUtf16: number;
  readonly endUtf16: number;
};

/** All that a session shows; `done` and the answers to questions are not among it. */
export type OutputEvent = Exclude<
  SessionEvent,
  { readonly type: "ready" | "done" | "completed" | "inspected" | "described" | "types" | "comm" }
>;

/** The kernel's side of comms; front ends without comms have none. */
export type CommDoors = {
  send(run: RunId, comm: CommEvent): void;
  /** The session has ended, and with it its side of all comms. */
  lost(): void;
};

/** Who keeps the types of the session's names; the runner's tests have none. */
export type TypeDoors = {
  /** The whole types of variables that hold frames, null where one holds none any more; and names that no cell declared. */
  learn(frames: { readonly [name: string]: string | null }, extra: readonly string[]): void;
  /** Names that no variable has any more. */
  removed(names: readonly string[]): void;
  /** The session has ended, and with it all names. */
  lost(): void;
};

export type SupervisorOptions = SessionOptions & {
  /** No session takes the place of one that has ended. */
  readonly endsForGood?: boolean;
  readonly types?: TypeDoors;
};

type Active = {
  readonly wanted: RunWanted;
  readonly settle: (outcome: RunOutcome) => void;
  /** In vain: the user has been told that the next interrupt ends the session. */
  interrupted: "not" | "asked" | "in vain";
};

const shutdownGraceMs = 700;
/** A running cell that awaits may still answer; one that computes cannot. */
const answerWhileBusyMs = 60;
const answerWhileIdleMs = 600;
/** A check waits for the answer; the session itself answers in less. */
const describeWithinMs = 300;
/** After so long without effect the cell says what is waited for. */
const interruptNoteMs = 2000;
/** After so long without effect the cell says what a second interrupt does. */
const interruptPatienceMs = 5000;

export function superviseSession(
  options: SupervisorOptions,
  show: (event: OutputEvent) => void,
  comms?: CommDoors,
): Session {
  let state: "dead" | "starting" | "ready" | "stopping" = "dead";
  let client: SessionClient | undefined;
  /** The runs that are on: at most one of each shell. */
  const actives = new Map<RunId, Active>();
  let lastRun: RunWanted | undefined;
  const names = new Map<string, Completion>();
  let whenStopped = (_cause: string) => {};
  let killedBecause: string | undefined;
  let folder: SessionFolder | undefined;
  let exitCode: number | undefined;
  const questions = createQuestions();
  const patience = patienceIn(options.env);
  const awaitedTypes = createAwaitedTypes(patience);

  const start = () => {
    if (state !== "dead") return;
    state = "starting";
    // Loaded behind the kernel's first answer, which does not need it.
    Promise.all([import("./client.ts"), import("./folder.ts")]).then(([{ startSessionProcess }, folders]) => {
      if (state !== "starting") return;
      folder ??= tried(folders.makeSessionFolder, "no folder can be made for the session");
      const env = folder ? { ...options.env, QUERN_FOLDER: folder.path } : options.env;
      client = startSessionProcess({ ...options, env }, { event: receive, ended: bury });
    });
  };

  const tried = <T>(work: () => T, otherwise: string): T | undefined => {
    try {
      return work();
    } catch (error) {
      options.log(`${otherwise}: ${(error as Error).message}`);
      return undefined;
    }
  };

  const stopBeforeStart = () => {
    state = "stopping";
    settleAll(failed("the kernel was shut down", "The cell was not run."));
  };

  const receive = (event: SessionEvent) => {
    switch (event.type) {
      case "ready":
        if (state === "starting") state = "ready";
        for (const { wanted } of actives.values()) client?.send({ type: "run", ...wanted });
        return;
      case "done":
        for (const name of event.names.removed) names.delete(name);
        options.types?.removed(event.names.removed);
        for (const name of event.names.declared) names.set(name.text, name);
        if (event.describes) awaitedTypes.expect();
        return settle(event.run, event.outcome);
      case "types":
        options.types?.learn(event.frames, event.extra);
        return awaitedTypes.settle();
      case "completed":
      case "inspected":
      case "described":
        return questions.answer(event);
      case "comm":
        return comms?.send(event.run, event);
      default:
        return show(event);
    }
  };

  const settle = (run: RunId, outcome: RunOutcome) => {
    const settled = actives.get(run);
    actives.delete(run);
    settled?.settle(outcome);
  };

  const settleAll = (outcome: RunOutcome) => {
    for (const run of actives.keys()) settle(run, outcome);
  };

  const bury = (ending: Ending) => {
    const before = state;
    client = undefined;
    state = "dead";
    names.clear();
    questions.drop();
    comms?.lost();
    options.types?.lost();
    awaitedTypes.settle();
    const cause = killedBecause ?? causeOf(ending);
    killedBecause = undefined;
    tried(() => folder?.clean(), "what the session left cannot be removed");
    if (options.endsForGood) exitCode = exitCodeOf(ending);
    if (before === "stopping") {
      settleAll(failed("the kernel was shut down", "Its variables are lost."));
      return whenStopped(cause);
    }
    if (before === "starting") {
      options.log(`the session ended while it started: ${cause}\n${ending.stderrTail}`);
      // Without this rest a session that cannot start would be started for ever; the next cell tries again.
      settleAll(failed(cause, "It could not start; run the cell again to try once more."));
      return;
    }
    // Before the next session writes its own.
    const { sentence, lines, variables } = options.endsForGood ? noSurvivors : survivorsIn(folder?.path);
    // Their columns the next session tells.
    const inherited = Object.fromEntries(variables.map((name) => [name, "DataFrame<any>"]));
    if (variables.length > 0) options.types?.learn(inherited, []);
    const loss = options.endsForGood ? "" : `Its variables are lost; a new session has started.${sentence}`;
    if (!options.endsForGood) start();
    options.log(`the session ended: ${cause}`);
    if (actives.size > 0) settleAll(failed(cause, loss, lines));
    else if (lastRun) show({ type: "late_error", run: lastRun.run, ...sessionEndedError(cause, loss, lines) });
  };

  const ask = async <E extends SessionEvent>(
    question: (id: number) => SessionRequest,
    withinMs = actives.size > 0 ? answerWhileBusyMs : answerWhileIdleMs,
  ): Promise<E | undefined> => {
    // One that is not answered yet shows that the next would wait behind it.
    if (state !== "ready" || !client || questions.areWaiting()) return undefined;
    return questions.ask<E>(client, question, withinMs * patience);
  };

  const sayWhatInterruptWaitsFor = (interrupted: Active) => {
    const { run, code } = interrupted.wanted;
    if (actives.get(run) === interrupted) show({ type: "stream", run, name: "stderr", text: waitingNote(code) });
  };

  const sayThatInterruptIsWithoutEffect = (interrupted: Active) => {
    if (actives.get(interrupted.wanted.run) !== interrupted) return;
    const text = secondPressNote([...names.values()], folder?.path);
    show({ type: "stream", run: interrupted.wanted.run, name: "stderr", text });
    interrupted.interrupted = "in vain";
  };

  const endProcess = async (stopping: SessionClient, request: SessionRequest, graceMs?: number) => {
    const stopped = new Promise<string>((resolve) => {
      whenStopped = resolve;
    });
    // One that has not come up holds nothing worth a good order.
    if (state === "ready") stopping.send(request);
    else stopping.kill();
    state = "stopping";
    const timer = graceMs === undefined ? undefined : setTimeout(() => stopping.kill(), graceMs);
    const cause = await stopped;
    clearTimeout(timer);
    return cause;
  };

  const end = async (request: SessionRequest & { type: "stop" }, graceMs?: number) => {
    const cause = client && (await endProcess(client, request, graceMs));
    if (cause === undefined) stopBeforeStart();
    await folder?.remove().catch((error) => options.log(`${folder?.path} cannot be removed: ${error.message}`));
    return cause;
  };

  return {
    start,
    run(wanted) {
      if (state === "stopping") return Promise.resolve(failed("the kernel is shutting down", "The cell was not run."));
      start();
      if (!wanted.comm) lastRun = wanted;
      return new Promise((resolve) => {
        actives.set(wanted.run, { wanted, settle: resolve, interrupted: "not" });
        if (state === "ready") client?.send({ type: "run", ...wanted });
      });
    },
    interrupt() {
      // The session ends what other shells run with it.
      const active = [...actives.values()].toSorted(mainShellFirst)[0];
      if (!active) return;
      if (state === "starting") return settleAll(interruptedBefore("the session had started"));
      if (active.interrupted === "in vain") {
        killedBecause = "it was ended by the second interrupt, after the first had no effect";
        client?.kill();
        return;
      }
      client?.urgent({ type: "interrupt", run: active.wanted.run });
      if (active.interrupted === "asked") return;
      active.interrupted = "asked";
      setTimeout(sayWhatInterruptWaitsFor, interruptNoteMs, active).unref();
      setTimeout(sayThatInterruptIsWithoutEffect, interruptPatienceMs, active).unref();
    },
    complete: (code, cursorUtf16) =>
      ask<SessionEvent & { type: "completed" }>((id) => ({ type: "complete", id, code, cursorUtf16 })),
    async inspect(code, cursorUtf16, wantsSource = false) {
      const answer = await ask<SessionEvent & { type: "inspected" }>((id) => ({
        type: "inspect",
        id,
        code,
        cursorUtf16,
        wantsSource,
      }));
      return answer?.data;
    },
    async describe(sources) {
      if (actives.size > 0) return undefined;
      const question = (id: number) => ({ type: "describe", id, sources }) as const;
      return (await ask<SessionEvent & { type: "described" }>(question, describeWithinMs))?.schemas;
    },
    settledTypes: awaitedTypes.settled,
    names: () => [...names.values()],
    hasName: (name) => names.has(name),
    hold: (ms) => client?.hold(ms),
    replyToInput: (value) => client?.urgent({ type: "input_reply", value }),
    async stop() {
      await end({ type: "stop" }, shutdownGraceMs);
    },
    async finish() {
      const cause = await end({ type: "stop", whenIdle: true });
      return cause === undefined || exitCode !== undefined ? undefined : sessionEndedError(cause, "");
    },
    get exitCode() {
      return exitCode;
    },
    kill: () => (client ? client.kill() : stopBeforeStart()),
  };
}

const mainShellFirst = (a: Active, b: Active): number =>
  Number(a.wanted.subshell !== undefined) - Number(b.wanted.subshell !== undefined);

function failed(cause: string, loss: string, details?: readonly string[]): RunOutcome {
  return { status: "error", interrupted: false, ...sessionEndedError(cause, loss, details) };
}

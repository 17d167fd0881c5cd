import type { RunOutcome } from "../../runtime/session/protocol.ts";
import { interruptedBefore } from "../session/ending.ts";
import { patienceIn } from "../session/questions.ts";
import {
  type CommDoors,
  type OutputEvent,
  type RunWanted,
  type Session,
  type SupervisorOptions,
  superviseSession,
} from "../session/supervisor.ts";
import { completeBy, inspectBy, pagedBy } from "./answers.ts";
import { checkMagicIn } from "./check/check-magic.ts";
import { checkModeOf } from "./check/policy.ts";
import { asCellError, asWarning } from "./check/problem.ts";
import { type Checked, openTypes } from "./types.ts";

/** A session whose cells are checked before they run: what would mislead stops them. */
export function openSession(
  options: SupervisorOptions,
  show: (event: OutputEvent) => void,
  comms?: CommDoors,
): Session {
  /** Cells that run: those of other shells see their variables, of whatever type. */
  let running: readonly Checked[] = [];
  const types = openTypes(
    {
      folder: options.cwd,
      mode: checkModeOf(options.env.QUERN_CHECK, options.log),
      log: options.log,
      patience: patienceIn(options.env),
    },
    {
      describe: (sources) => session.describe(sources),
      settledTypes: () => session.settledTypes(),
      hasName: (name) => session.hasName(name) || running.some(({ module }) => module?.facts.values.has(name)),
    },
  );
  const session: Session = superviseSession(
    { ...options, types: { learn: types.learn, removed: types.remove, lost: types.forget } },
    show,
    comms,
  );
  let hasSaidUnchecked = false;
  let warming: NodeJS.Timeout | undefined;
  /** Ends the waiting of cells that are being checked. */
  const checks = new Set<() => void>();

  const warn = ({ run }: RunWanted, text: string) => show({ type: "stream", run, name: "stderr", text });

  /** What stops the cell; warnings are shown. */
  const objectionTo = (wanted: RunWanted, { problems, unchecked, isStale }: Checked): RunOutcome | undefined => {
    if (unchecked !== undefined && !hasSaidUnchecked) {
      hasSaidUnchecked = true;
      warn(wanted, `The types of this cell were not checked: ${unchecked}. Cells run all the same.\n`);
    }
    if (unchecked === undefined) hasSaidUnchecked = false;
    if (problems.length === 0) return undefined;
    if (types.mode === "warn" || isStale) {
      warn(wanted, asWarning(problems, wanted.code, wanted.executionCount) + (isStale ? staleFiles : ""));
      return undefined;
    }
    return { status: "error", interrupted: false, ...asCellError(problems, wanted.code, wanted.executionCount) };
  };

  /** Undefined where the cell was interrupted before it ran. */
  const checkedOrInterrupted = async ({ code, cellId }: RunWanted): Promise<Checked | undefined> => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const interrupt = () => resolve(undefined);
    checks.add(interrupt);
    try {
      return await Promise.race([types.check(code, cellId), promise]);
    } finally {
      checks.delete(interrupt);
    }
  };

  return {
    ...session,
    get exitCode() {
      return session.exitCode;
    },
    start() {
      session.start();
      warming ??= setTimeout(types.start, warmAfterMs).unref();
    },
    interrupt() {
      for (const end of checks) end();
      session.interrupt();
    },
    async run(wanted) {
      if (wanted.comm || !hasNames(wanted.code)) {
        warming?.refresh();
        return session.run(wanted);
      }
      const { mode, isQuestion, mistake } = checkMagicIn(wanted.code, types.isName);
      if (mistake) return mistake;
      if (mode) types.mode = mode;
      if (isQuestion) show({ type: "stream", run: wanted.run, name: "stdout", text: `%check ${types.mode}\n` });
      const checked = await checkedOrInterrupted(wanted);
      if (checked === undefined) return interruptedBefore("its types were checked");
      const objection = objectionTo(wanted, checked);
      if (objection) {
        types.stopped(wanted, checked);
        return objection;
      }
      running = [...running, checked];
      const outcome = await session.run(wanted);
      running = running.filter((other) => other !== checked);
      if (outcome.status === "ok") types.drafts.ran(wanted.code);
      types.ran(wanted, checked, outcome.status === "ok" ? "ok" : "failed", session.hasName);
      return pagedBy(types, wanted.code, outcome);
    },
    complete: (code, cursorUtf16) => completeBy(types, session, code, cursorUtf16),
    inspect: (code, cursorUtf16, wantsSource = false) => inspectBy(types, session, code, cursorUtf16, wantsSource),
    async stop() {
      clearTimeout(warming);
      types.stop();
      await session.stop();
    },
    async finish() {
      clearTimeout(warming);
      types.stop();
      return session.finish();
    },
    kill() {
      clearTimeout(warming);
      types.stop();
      session.kill();
    },
  };
}

/**
 * The language server is started when a cell is checked, a completion asked for, or so long after nothing else began: the
 * session comes first, and cells without names, on a machine of few cores.
 */
const warmAfterMs = 700;

const staleFiles =
  "A local file that the cell rests on has changed since it was imported. Import it again to run with what it is now.\n";

/** Where nothing is named, there is nothing to check. */
const hasNames = (code: string): boolean => /[\p{L}_$]/u.test(code);

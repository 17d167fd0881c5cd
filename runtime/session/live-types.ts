import { schemasRemembered } from "../dataframe/known-columns.ts";
import { framesMade } from "../dataframe/rows.ts";
import { addedGlobals, mayAddGlobals } from "./added-globals.ts";
import { type Frame, findSchema, prospect, schemaText, setSlow } from "./describe.ts";
import { frameIn, framesIn, type Held } from "./frames-in.ts";
import { patience } from "./given.ts";
import { declaredIn, declaredNames, storedName } from "./names.ts";
import { emit } from "./port.ts";
import type { RunId } from "./protocol.ts";
import { activeRuns, type Run, runContext } from "./run.ts";
import { untracked } from "./timers.ts";

/**
 * Tells the kernel which columns the frames of the user's variables have. A run that changed none of them costs a look
 * at its text: the variables are looked at where a frame was made, or where the text may have assigned one.
 */

/** The `types` event waits no longer; what is found out later is sent in a further one. */
const tellWithinMs = 300;
/** The session rests so long before it turns to sources that are slow. */
const restMs = 300;

/** What the kernel knows: the types of variables that hold frames. */
const told = new Map<string, string>();
let toldExtra = "";
/** Variables that hold frames, whether their columns are known or not. */
const holders = new Set<string>();
const seen = { made: 0, remembered: 0 };
/** Some of their columns may be found out after a rest. */
let hasSlow = false;

/** What is to be found out after a run. */
type Search = {
  readonly run: RunId;
  readonly changed: Map<string, Held | undefined>;
  readonly abort: AbortController;
  /** The kernel was promised an event. */
  isOwed: boolean;
  asked?: Frame | undefined;
  timer?: NodeJS.Timeout;
};

let search: Search | undefined;

/** To be asked at the end of each run: whether a `types` event will follow. It runs no code of the user's. */
export function changesTypes(run: Run): boolean {
  const { run: id, code, executionCount } = run.request;
  // Whichever run ends last looks at all.
  if (activeRuns().some((other) => other !== run)) {
    seen.made = -1;
    return false;
  }
  const changed = changedVariables(code, executionCount);
  const isOwed = changed.size > 0 || (mayAddGlobals(code) && acts.test(code) && addedGlobals().join() !== toldExtra);
  search = isOwed || hasSlow ? { run: id, changed, abort: new AbortController(), isOwed } : undefined;
  return isOwed;
}

/** Finds out what is to be told, after the end of the run that asked. */
export function findTypes(): void {
  const own = search;
  if (own === undefined) return;
  if (own.isOwed) untracked.setImmediate(() => runContext.exit(lookSoon, own));
  else lookLater(own);
}

/** A cell begins: what is known by now is told, and the rest is looked for after it. */
export function stopFindingTypes(): void {
  const own = search;
  if (own === undefined) return;
  own.abort.abort();
  untracked.clearTimeout(own.timer);
  if (own.isOwed || own.asked) {
    seen.made = -1;
    hasSlow = true;
  }
  if (own.isOwed) tell(own);
  search = undefined;
}

/** Variables that a session before this one has left. */
export function tellInherited(names: readonly string[]): void {
  if (names.length === 0) return;
  const changed = new Map(names.map((name) => [name, frameIn(valueIn(name))]));
  for (const name of names) holders.add(name);
  search = { run: 0, changed, abort: new AbortController(), isOwed: true };
  findTypes();
}

/** What text has that assigns or calls something. */
const acts = /[=(`]|\+\+|--|\bimport\b/;

function changedVariables(code: string, cell: number): Map<string, Held | undefined> {
  const changed = new Map<string, Held | undefined>();
  const [made, remembered] = [framesMade(), schemasRemembered()];
  const hasNewFrames = made !== seen.made;
  const mayAssign = hasNewFrames || acts.test(code);
  if (!mayAssign && remembered === seen.remembered) return changed;
  seen.made = made;
  seen.remembered = remembered;
  const look = (name: string, held: Held | undefined): void => {
    if (held) holders.add(name);
    else holders.delete(name);
    // With the declaration before, its type is forgotten.
    if (declaredIn(name) === cell) told.delete(name);
    if (typeOf(held) !== told.get(name) || isAnyFrame(held, "soon")) changed.set(name, held);
  };
  // Arrays and objects are looked into where the cell names them, since looking takes time.
  const named = mayAssign && (hasNewFrames || holders.size > 0) ? variablesIn(code) : [];
  for (const name of new Set([...holders, ...named])) look(name, framesIn(valueIn(name)));
  if (hasNewFrames) {
    for (const name of declaredNames()) {
      const held = holders.has(name) ? undefined : frameIn(valueIn(name));
      if (held) look(name, held);
    }
  }
  return changed;
}

const variablesIn = (code: string): string[] =>
  (code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []).filter((word) => declaredIn(word) !== undefined);

const valueIn = (name: string): unknown => Object.getOwnPropertyDescriptor(globalThis, storedName(name))?.value;

const isAnyFrame = (held: Held | undefined, expected: ReturnType<typeof prospect>): boolean =>
  held?.frames.some((frame) => prospect(frame) === expected) ?? false;

/** The whole type of a variable; undefined where it holds no frames, or some whose columns are not known. */
function typeOf(held: Held | undefined): string | undefined {
  const schemas = held?.frames.map(schemaText) ?? [undefined];
  if (schemas.includes(undefined)) return undefined;
  return held?.write(schemas.map((schema) => `DataFrame<${schema}>`));
}

function lookSoon(own: Search): void {
  if (search !== own) return;
  own.timer = untracked
    .setTimeout(() => {
      if (own.asked) setSlow(own.asked);
      hasSlow = true;
      tell(own);
    }, tellWithinMs * patience)
    .unref();
  askAll(own, "soon", () => {
    untracked.clearTimeout(own.timer);
    tell(own);
    lookLater(own);
  });
}

function lookLater(own: Search): void {
  const slow = hasSlow ? [...holders].map((name) => [name, framesIn(valueIn(name))] as const) : [];
  own.changed.clear();
  for (const [name, held] of slow) if (isAnyFrame(held, "slow")) own.changed.set(name, held);
  hasSlow = own.changed.size > 0;
  if (!hasSlow) {
    search = undefined;
    return;
  }
  const look = () =>
    runContext.exit(askAll, own, "slow", () => {
      tell(own);
      search = undefined;
    });
  own.timer = untracked.setTimeout(look, restMs).unref();
}

/** Asks for one frame after the other. Each begins in a turn of its own, which no interrupt takes away with another's. */
function askAll(own: Search, expected: "soon" | "slow", then: () => void): void {
  const frames = [...own.changed.values()].flatMap((held) => held?.frames ?? []);
  const next = (): void => {
    own.asked = undefined;
    if (search !== own) return;
    const frame = frames.shift();
    if (frame === undefined) then();
    else if (prospect(frame) !== expected) next();
    else {
      own.asked = frame;
      untracked.setImmediate(() => findSchema(frame, own.abort.signal).then(next));
    }
  };
  next();
}

function tell(own: Search): void {
  if (search !== own) return;
  const frames: { [name: string]: string | null } = {};
  for (const [name, held] of own.changed) {
    const type = typeOf(held);
    if (type !== told.get(name)) frames[name] = type ?? null;
  }
  if (!own.isOwed && Object.keys(frames).length === 0) return;
  const extra = addedGlobals();
  emit({ type: "types", run: own.run, frames, extra });
  own.isOwed = false;
  toldExtra = extra.join();
  for (const [name, type] of Object.entries(frames)) {
    if (type === null) told.delete(name);
    else told.set(name, type);
  }
}

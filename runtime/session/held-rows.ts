import { join } from "node:path";
import { type Held, isPlanOf, placeText } from "../dataframe/cache.ts";
import { type Checkpoint, planOfRows } from "../dataframe/checkpoints.ts";
import type { CallPlace } from "../dataframe/host.ts";
import type { StoredRows } from "../engine/engine.ts";
import type { Origin } from "../errors.ts";
import { DataFrame, spark } from "../index.ts";
import { kernelFolder } from "./given.ts";
import { declaredNames, storedName } from "./names.ts";
import type { HeldRows } from "./protocol.ts";
import { cellPosition } from "./stack.ts";
import { read, writeWhole } from "./survival.ts";
import { untracked } from "./timers.ts";

/**
 * The list of stored rows that the kernel tells from when this session crashes, and that the next one takes its
 * variables from.
 */
const file = kernelFolder === undefined ? undefined : join(kernelFolder, "storage.json");
/** What the session before this one has left. */
const inherited = file === undefined ? [] : ((read(file) as HeldRows[] | undefined) ?? []);

let held: readonly Held[] = [];
let checkpoints: ReadonlyMap<string, Checkpoint> = new Map();
let written = JSON.stringify([]);

export function noteStorage(entries: readonly Held[]): void {
  held = entries;
  note();
}

export function noteCheckpoints(made: ReadonlyMap<string, Checkpoint>): void {
  checkpoints = made;
  note();
}

/** When a cell has ended: variables may stand for other frames now. */
export function noteVariables(): void {
  if (file !== undefined && (held.length > 0 || checkpoints.size > 0 || inherited.length > 0)) write(file);
}

/** At once, since the next statement may be the last; and again when the result has been given to a variable. */
function note(): void {
  if (file === undefined) return;
  write(file);
  untracked.setImmediate(write, file);
}

function write(path: string): void {
  // Looked for once: a long session has thousands of variables.
  const frames = frameVariables();
  const stored = held.flatMap((entry) => (entry.stored === undefined ? [] : [rowsOf(entry, entry.stored, frames)]));
  const made = [...checkpoints].map(
    ([name, rows]): HeldRows => ({
      // Those that end with their engine are no better off than what is in memory.
      kind: rows.key === undefined ? "memory" : "checkpoint",
      name,
      variables: fitting(frames, ({ plan }) => isTable(plan, rows)),
      ...sizes(rows),
    }),
  );
  const text = JSON.stringify([...stored, ...made, ...stillInherited(frames)]);
  if (text === written) return;
  written = text;
  try {
    writeWhole(path, text);
  } catch {
    // A full disk: a crash will say less.
  }
}

const rowsOf = (entry: Held, stored: NonNullable<Held["stored"]>, frames: Frames): HeldRows => ({
  kind: stored.key === undefined ? "memory" : "disk",
  name: entry.label,
  variables: fitting(frames, ({ plan }) => isPlanOf(entry, plan) || isTable(plan, stored)),
  ...(stored.key === undefined ? {} : { key: stored.key }),
  ...(entry.place && { place: placeText(entry.place) }),
  ...sizes(stored),
});

const sizes = ({ rows, bytes }: StoredRows) => ({
  ...(rows === undefined ? {} : { rows }),
  ...(bytes === undefined ? {} : { bytes }),
});

/** After a second crash they are there as well. */
function stillInherited(frames: Frames): HeldRows[] {
  const { caches } = spark.range(0).context;
  return inherited.flatMap((entry) => {
    const rows = entry.kind === "disk" && entry.key !== undefined ? caches.inherited(entry.key) : undefined;
    return rows === undefined ? [] : [{ ...entry, variables: fitting(frames, ({ plan }) => isTable(plan, rows)) }];
  });
}

const isTable = (plan: DataFrame["plan"], { table }: StoredRows): boolean =>
  plan.kind === "stored" && plan.table === table;

/** The variables that hold frames. */
type Frames = ReadonlyMap<string, DataFrame<any>>;

export const frameNames = (): Iterable<string> => frameVariables().keys();

function frameVariables(): Frames {
  const frames = new Map<string, DataFrame<any>>();
  for (const name of new Set([...declaredNames(), ...inherited.flatMap((entry) => entry.variables)])) {
    const value = Object.getOwnPropertyDescriptor(globalThis, storedName(name))?.value;
    if (value instanceof DataFrame) frames.set(name, value);
  }
  return frames;
}

const fitting = (frames: Frames, fits: (frame: DataFrame<any>) => boolean): string[] =>
  [...frames].filter(([, frame]) => fits(frame)).map(([name]) => name);

/** The line of a cell that a step comes from. */
export function placeOf(origin: Origin): CallPlace | undefined {
  const found = cellPosition(origin);
  if (found === undefined) return undefined;
  const text = found.script.map.source.split("\n")[found.line - 1]?.trim() ?? "";
  return {
    cell: found.script.executionCount,
    line: found.line,
    text: text.length > 100 ? `${text.slice(0, 99)}…` : text,
  };
}

/** The variables of the session before whose rows are on disk, as frames of these rows. */
export function inheritedVariables(): { [name: string]: DataFrame<any> } {
  const found: { [name: string]: DataFrame<any> } = {};
  const { context } = spark.range(0);
  for (const { kind, name, key, variables } of inherited) {
    const rows = kind === "checkpoint" ? checkpoints.get(name) : key && context.caches.inherited(key);
    const frame = rows && new DataFrame<any>(planOfRows(name, rows), context);
    if (frame) for (const variable of variables) found[variable] = frame;
  }
  return found;
}

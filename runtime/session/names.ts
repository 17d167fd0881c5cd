import type { NameKind } from "../syntax/declarations.ts";
import { hiddenName, isNodeGlobal, mustHide } from "./hidden-names.ts";
import type { Completion, NameChanges } from "./protocol.ts";

type Declared = { readonly kind: NameKind; readonly cell: number; readonly cellId?: string };

/** The names that cells have declared, with the kind and the cell of the last declaration. */
const declared = new Map<string, Declared>();
const alwaysHidden = new Set(["require", "__dirname", "__filename"]);
/** These, and those of the declared names that must be hidden; never changed, but replaced. */
let allHidden: ReadonlySet<string> = alwaysHidden;
/** What the kernel has not been told yet. */
const changed = new Set<string>();

function declare(name: string, as: Declared): void {
  if (declared.get(name)?.kind !== as.kind) changed.add(name);
  declared.set(name, as);
  if (mustHide(name) && !allHidden.has(name)) allHidden = new Set([...allHidden, name]);
}

function forget(name: string): void {
  changed.add(name);
  declared.delete(name);
  if (!alwaysHidden.has(name)) allHidden = new Set([...allHidden].filter((one) => one !== name));
}

/** The number of the cell that declared a name last. */
export const declaredIn = (name: string): number | undefined => declared.get(name)?.cell;

/** The names whose last declaration is of the cell with this id. */
export const declaredBy = (cellId: string): string[] =>
  [...declared].flatMap(([name, last]) => (last.cellId === cellId ? [name] : []));

export const declaredNames = (): string[] => [...declared.keys()];

/** What a user's name is kept under. */
export const storedName = (name: string): string => (mustHide(name) ? hiddenName(name) : name);

/** The names to rewrite in a cell that declares `names`: its own and those of earlier cells. */
export function hiddenNamesWith(names: Iterable<string>): ReadonlySet<string> {
  const more = [...names].filter((name) => mustHide(name) && !allHidden.has(name));
  // Mostly there are none, and all cells keep the same set.
  return more.length === 0 ? allHidden : new Set([...allHidden, ...more]);
}

/**
 * Makes the names assignable before a cell runs. The old value stays until the assignment, so that
 * `const range = range(3)` reads it; a new name cannot be read before. What it returns removes those that the cell did not
 * come to assign; an interrupt may end that, and it is called again.
 */
export function declareNames(names: ReadonlyMap<string, NameKind>, cell: number, cellId?: string): () => void {
  const added: string[] = [];
  /** Quern's and Node's, which are what they were until they are assigned. */
  const given = new Map<string, unknown>();
  for (const [name, kind] of names) {
    const isNew = !declared.has(name);
    declare(name, { kind, cell, ...(cellId !== undefined && { cellId }) });
    const stored = storedName(name);
    const isOwn = Object.hasOwn(globalThis, stored);
    if (isOwn || (isNodeGlobal(name) && !quietNodeGlobals.has(name))) {
      if (!isOwn) setName(stored, globalValue(name));
      if (isNew && Object.getOwnPropertyDescriptor(globalThis, stored)?.writable) given.set(name, globalValue(stored));
      continue;
    }
    if (kind === "var") setName(stored, undefined);
    else {
      setUnreadable(stored, () => new ReferenceError(`Cannot access '${name}' before initialization`));
      added.push(name);
    }
  }
  return () => {
    for (const name of added) {
      const stored = storedName(name);
      if (Object.getOwnPropertyDescriptor(globalThis, stored)?.set === undefined) continue;
      forget(name);
      delete (globalThis as Record<string, unknown>)[stored];
    }
    for (const [name, value] of given) {
      const stored = storedName(name);
      if (globalValue(stored) !== value) continue;
      forget(name);
      if (stored !== name) delete (globalThis as Record<string, unknown>)[stored];
    }
  };
}

/** Reading them warns. */
const quietNodeGlobals = new Set(["localStorage", "sessionStorage"]);

const globalValue = (name: string): unknown => (globalThis as Record<string, unknown>)[name];

export function setName(stored: string, value: unknown): void {
  Object.defineProperty(globalThis, stored, { value, writable: true, enumerable: true, configurable: true });
}

/** Takes a name that a cell has declared away, with its value. */
export function removeName(name: string): void {
  delete (globalThis as Record<string, unknown>)[storedName(name)];
  forget(name);
}

/** Reading the name throws, until it is assigned. */
export function setUnreadable(stored: string, reason: () => Error): void {
  Object.defineProperty(globalThis, stored, {
    get() {
      throw reason();
    },
    set: (value) => setName(stored, value),
    enumerable: true,
    configurable: true,
  });
}

/** For completion. */
export function declaredCompletions(): Completion[] {
  return [...declared].map(([text, { kind }]) => ({ text, kind }));
}

/**
 * Has the kernel told what changed since it was told last, for completion while the session is busy. An interrupt may
 * end `tell`: it is then told again.
 */
export function tellNameChanges(tell: (changes: NameChanges) => void): void {
  const names = [...changed];
  tell({
    declared: names.flatMap((text) => {
      const kind = declared.get(text)?.kind;
      return kind === undefined ? [] : [{ text, kind }];
    }),
    removed: names.filter((name) => !declared.has(name)),
  });
  changed.clear();
}

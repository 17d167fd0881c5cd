import { QuernError } from "../errors.ts";
import { declaredIn } from "./names.ts";

/** Results may be large: no more of them are kept. */
const mostKept = 20;

/** What `Out` is, and what it answers where it has no result. */
class Out {}

let lastDropped = 0;

const beneath = new Proxy(Out.prototype, {
  get(target, name, receiver) {
    if (typeof name === "string" && /^\d+$/.test(name) && Number(name) <= lastDropped) {
      const message = `Out[${name}] is not kept: of the results, the last ${mostKept} are. Give it a name in its cell`;
      throw new QuernError("RESULT_DROPPED", message);
    }
    return Reflect.get(target, name, receiver);
  },
});

const makeOut = (): { [cell: number]: unknown } => Object.create(beneath);

let out = makeOut();
/** The numbers of the cells whose results it has, oldest first. */
const kept = new Set<number>();
let last: unknown;

/** `_` and `Out`, until the user has them for something else. */
export const resultNames = (): { readonly [name: string]: unknown } => ({ _: last, Out: out });

/** Keeps what a cell gave as `_` and `Out[count]`. */
export function keepResult(count: number, value: unknown): void {
  if (isOurs("_", last)) {
    last = value;
    (globalThis as { _?: unknown })._ = value;
  }
  if (!isOurs("Out", out) || value === out) return;
  out[count] = value;
  kept.add(count);
  for (const cell of kept) {
    if (kept.size <= mostKept) return;
    kept.delete(cell);
    delete out[cell];
    lastDropped = cell;
  }
}

/** The names have to be set anew. */
export function forgetResults(): void {
  out = makeOut();
  kept.clear();
  last = undefined;
  for (const name of ["_", "Out"]) delete (globalThis as { [name: string]: unknown })[name];
}

/** Neither declared by a cell nor assigned. */
const isOurs = (name: string, value: unknown): boolean =>
  declaredIn(name) === undefined && Object.is(Object.getOwnPropertyDescriptor(globalThis, name)?.value, value);

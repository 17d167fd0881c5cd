import { isProxy } from "node:util/types";
import { plainText } from "../display/inspect.ts";
import { lazy } from "../turns.ts";
import { type Bundle, text } from "./bundle.ts";

export type { Bundle };

// Most values of a session never need them.
const formatters = lazy(() => import("./formatters.ts"));

export type DisplayOptions = {
  /** Told when a value could not be shown as it wants to be; by default it goes to stderr. */
  readonly warn?: (note: string) => void;
  /** The session's time zone, for data that does not say its own. */
  readonly zone?: string | undefined;
  /** The width of the terminal that shows the text, which fits into it; undefined where none does. */
  readonly columns?: number | undefined;
};

/**
 * What a front end shows for a value; nothing for undefined. Every bundle has text/plain. A formatter of the user's
 * that fails is reported, and the plain text shown; only what a frame or a chart computes can reject.
 */
export async function toBundle(value: unknown, options: DisplayOptions = {}): Promise<Bundle | undefined> {
  if (value === undefined) return undefined;
  // A proxy's traps are a program of the user's.
  if (!isObjectOrFunction(value) || isProxy(value)) return text(plainText(value, options.columns));
  const warn = options.warn ?? ((note: string) => void process.stderr.write(`${note}\n`));
  const { format, mayReject } = await formatters();
  try {
    return (await format(value, { ...options, warn })) ?? text(plainText(value, options.columns));
  } catch (error) {
    if (mayReject(value)) throw error;
    warn(`This value could not be shown as it wants to be: ${error instanceof Error ? error.message : String(error)}`);
    return text(plainText(value, options.columns));
  }
}

const isObjectOrFunction = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

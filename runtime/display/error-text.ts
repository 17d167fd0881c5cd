import { fileURLToPath } from "node:url";
import { inspect, styleText } from "node:util";

/**
 * An error that is shown as a value: its name and message, the user's own lines of its stack, its own properties, and
 * the same of its causes.
 */
export function errorText(error: Error, depth = 0): string {
  const lines = [`${styleText("red", errorName(error), always)}: ${error.message}`, ...ownFrames(error)];
  const properties = ownProperties(error);
  if (Object.keys(properties).length > 0) lines.push(inspect(properties, { colors: true, depth: 2 }));
  if (depth < maxDepth) {
    if (error instanceof AggregateError) {
      for (const one of error.errors.slice(0, 10)) lines.push(indent(causeText("Error", one, depth)));
    }
    if (error.cause !== undefined) lines.push(indent(causeText("Caused by", error.cause, depth)));
  }
  return lines.join("\n");
}

const always = { validateStream: false } as const;
const maxDepth = 8;

const errorName = (error: Error) => error.name || "Error";

/** What the error carries beside name, message, stack and cause. */
function ownProperties(error: Error): { [key: string]: unknown } {
  const known = new Set(["name", "message", "stack", "cause", "errors"]);
  return Object.fromEntries(Object.entries(error).filter(([key]) => !known.has(key)));
}

function ownFrames(error: Error): string[] {
  const stack = typeof error.stack === "string" ? error.stack : "";
  return stack.split("\n").filter((line) => /^\s+at /.test(line) && !internal.some((part) => line.includes(part)));
}

const runtimeFolder = fileURLToPath(new URL("../", import.meta.url));
const internal = ["node:internal", "(node:", "at node:", runtimeFolder, new URL("../", import.meta.url).href];

function causeText(label: string, cause: unknown, depth: number): string {
  const text = cause instanceof Error ? errorText(cause, depth + 1) : inspect(cause, { colors: true, depth: 2 });
  return `${label}: ${text}`;
}

const indent = (text: string) => text.replace(/^/gm, "  ");

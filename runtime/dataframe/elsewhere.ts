import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { AnalysisError, QuernError } from "../errors.ts";
import { didYouMean } from "../plan/nearest.ts";
import type { Plan } from "../plan/nodes.ts";
import { childrenFirst } from "../plan/walk.ts";
import { host } from "./host.ts";
import { foreignIn } from "./two-engines.ts";

type Surroundings = { readonly engineName: string; readonly isElsewhere: boolean };

/** An error of an engine that misses what is elsewhere, told with the way there or the name; any other as it is. */
export function toldOfElsewhere(plan: Plan, error: unknown, here: Surroundings): unknown {
  if (!(error instanceof QuernError)) return error;
  const message = missingFrame(plan, error, here) ?? nearFrame(error) ?? missingFile(plan, error, here);
  if (message === undefined) return error;
  const { origin, sql } = error;
  return new AnalysisError(error.code, message, { cause: error, ...(origin && { origin }), ...(sql && { sql }) });
}

/** Any table of the name goes before a variable: so it is told when there is none. */
function missingFrame(plan: Plan, { code, message }: QuernError, { engineName }: Surroundings): string | undefined {
  if (!MISSING_TABLE.has(code)) return undefined;
  const lower = message.toLowerCase();
  for (const node of childrenFirst(plan))
    for (const [name, other] of foreignIn(node)) {
      if (!lower.includes(`"${name.toLowerCase()}"`) && !lower.includes(`\`${name.toLowerCase()}\``)) continue;
      return (
        `There is no table "${name}" on ${engineName}, and the frame of this name is on ${other}: ` +
        `const moved = await transfer(${name}), then name moved in the text.`
      );
    }
  return undefined;
}

/** SQL text names variables too. */
function nearFrame({ code, message }: QuernError): string | undefined {
  const [, name] = /(?:table or view|view) ["`](.*?)["`]/.exec(message) ?? [];
  if (!MISSING_TABLE.has(code) || name === undefined || message.includes("Did you mean")) return undefined;
  const near = didYouMean(name, [...(host().frameNames?.() ?? [])]);
  return near === "" ? undefined : `${message}${near}`;
}

function missingFile(plan: Plan, { code }: QuernError, { engineName, isElsewhere }: Surroundings): string | undefined {
  if (!isElsewhere || code !== "PATH_NOT_FOUND") return undefined;
  for (const node of childrenFirst(plan)) {
    const path = node.kind === "read" ? node.paths.find((each) => existsSync(beforeGlob(each))) : undefined;
    if (node.kind !== "read" || path === undefined) continue;
    const text = JSON.stringify(path);
    return (
      `${text} is on this machine (${hostname()}) and not on that of ${engineName}, which reads files of its own. Read it here ` +
      `and move the rows: await use("duckdb"); const frame = read.${node.format}(${text}); await use("sc://…"); const moved = await transfer(frame).`
    );
  }
  return undefined;
}

const MISSING_TABLE: ReadonlySet<string> = new Set(["TABLE_OR_VIEW_NOT_FOUND", "NO_TABLE"]);

/** The folder in which files are looked for. */
const beforeGlob = (path: string): string => path.replace(/(?:^|\/)[^/]*[*?[{].*$/, "") || ".";

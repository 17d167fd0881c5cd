import { notAssignable } from "./policy.ts";

/**
 * One of several frames, `cond ? f : w` or `for (const d of [f, w])`: TypeScript takes only what all of them take, and of
 * most methods that is nothing, as their parameters name columns. What they have in common, the run shows.
 */
export function isOfSeveralFrames(code: number, message: string): boolean {
  if (code === 2349) return oneIsCalled.test(message);
  return notAssignable.has(code) && oneIsGiven.test(message);
}

/** The frame whose method the text before an argument calls: `f` of `f.select(`. */
export function frameCalled(before: string): { readonly start: number; readonly end: number } | undefined {
  const call =
    /(?<![.\p{ID_Continue}$])([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\.\s*[\p{ID_Continue}$]+\s*\([^()]*$/u.exec(
      before,
    );
  return call === null ? undefined : { start: call.index, end: call.index + (call[1] as string).length };
}

/** Of what a hover tells about a variable. */
export const isSeveral = (hover: string): boolean => severalFrames.test(hover);

const oneIsCalled = /^\s*Each member of the union type .*(?:DataFrame|GroupedData|Columns)</m;
const frame = String.raw`(?:import\("quern"\)\.)?DataFrame<`;
const severalFrames = new RegExp(String.raw`\b${frame}.*> \| ${frame}`, "s");
const oneIsGiven = new RegExp(String.raw`^\s*(?:Argument of type|Type) '${frame}[^']*> \| ${frame}`, "m");

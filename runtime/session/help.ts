import { isTextCell } from "../syntax/magic-names.ts";
import { inspectName } from "./inspect.ts";
import { send } from "./output.ts";
import type { Run } from "./run.ts";

/** A cell whose last line asks about a name: `flights?`, `?flights`, and with `??` for its source too. */
export type Asked = { readonly path: string; readonly wantsSource: boolean; readonly before: string };

const name = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*`;
// `?? name` may well be the last line of an expression: in front, the marks have to be the whole cell.
const question = new RegExp(
  String.raw`(?:^|\n)[ \t]*(?<path>${name})(?<marks>\?{1,2})\s*$|^\s*(?<marks>\?{1,2})(?<path>${name})\s*$`,
  "u",
);

/** No TypeScript ends like this, so no cell means something else by it. */
export function helpAsked(code: string): Asked | undefined {
  if (!/^\?|\?$/.test(code.trim()) || isTextCell(code)) return undefined;
  const match = question.exec(code);
  const { path, marks } = match?.groups ?? {};
  if (!match || path === undefined) return undefined;
  return { path, wantsSource: marks === "??", before: code.slice(0, match.index) };
}

/** The front end shows in its pager what is known of the name. */
export function pageHelp(run: Run, { path, wantsSource }: Asked): void {
  const data = inspectName(path, path.length, wantsSource);
  if (data) run.payload.set("page", { source: "page", data, start: 0 });
  else {
    const text = `Nothing is known of "${path}".\n`;
    send(run, { type: "stream", run: run.request.run, name: "stdout", text });
  }
}

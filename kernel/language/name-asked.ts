import { isTextCell } from "../../runtime/syntax/magic-names.ts";

const name = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*`;
const question = new RegExp(String.raw`(?:^|\n)[ \t]*(${name})(\?{1,2})\s*$|^\s*(\?{1,2})(${name})\s*$`, "u");

/** The name that the last line of a cell asks about: `flights?`, and `flights??` for its source; the session pages it. */
export function nameAsked(code: string): { readonly name: string; readonly wantsSource: boolean } | undefined {
  if (isTextCell(code)) return undefined;
  const [, before, behindMarks, frontMarks, behind] = question.exec(code) ?? [];
  const asked = before ?? behind;
  return asked === undefined ? undefined : { name: asked, wantsSource: (behindMarks ?? frontMarks) === "??" };
}

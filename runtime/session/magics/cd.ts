import { homedir } from "node:os";
import { QuernError } from "../../errors.ts";
import type { MagicCall } from "./magic.ts";
import { pathIn } from "./words.ts";

let before: string | undefined;

/** `%cd folder`: for reading and writing files, and for commands; imports are found from the notebook's folder. */
export function changeFolder({ argument }: MagicCall): void {
  const from = process.cwd();
  const to = argument === "" ? homedir() : argument === "-" ? before : pathIn(argument);
  if (to === undefined) throw new QuernError("MAGIC", "%cd -: there is no folder before this one");
  try {
    process.chdir(to);
  } catch (error) {
    throw new QuernError("MAGIC", `%cd ${argument}: ${reason(error)} (the working folder is ${from})`);
  }
  before = from;
  console.log(process.cwd());
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: "there is no such folder",
  ENOTDIR: "it is no folder",
  EACCES: "no permission",
};

function reason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

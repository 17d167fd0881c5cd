import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { secondsText } from "../../display/units.ts";
import { QuernError } from "../../errors.ts";
import { hideSecrets } from "../../secrets.ts";
import { display } from "../display-api.ts";
import { cellModules } from "../modules.ts";
import type { StreamName } from "../protocol.ts";
import type { MagicCall } from "./magic.ts";
import { runProgram, showIn } from "./program.ts";
import { wordsIn } from "./words.ts";

/** `%npm install name`: in the folder of the notebook, whatever package.json stands in a folder above. */
export async function runNpm({ run, argument }: MagicCall): Promise<void> {
  const words = wordsIn(argument);
  refuse(words);
  const { folder } = cellModules();
  if (isOfQuern(folder)) {
    const message = `%npm does not install into Quern's own folder (${folder}): keep the notebook in a folder of its own`;
    throw new QuernError("NPM", message);
  }
  if (isInstall(words)) makeProject(folder);
  const progress = showProgress(`npm ${argument}`);
  const show = showIn(run);
  const ended = await runProgram(run, "npm", [...words, ...here, ...quietly], {
    cwd: folder,
    // There npm is a batch file.
    shell: process.platform === "win32",
    hear: byLine((name, line) => {
      if (line.startsWith("npm http ")) progress.answer();
      else show(name, hideSecrets(line));
    }),
  }).catch(async (error: NodeJS.ErrnoException) => {
    await progress.end(true);
    if (error.code !== "ENOENT") throw error;
    throw new QuernError("NPM", "npm is not on the PATH of this kernel: it comes with Node.js (https://nodejs.org)");
  });
  const hasFailed = ended.code !== 0;
  await progress.end(hasFailed);
  const how = ended.signal ?? `exit code ${ended.code}`;
  if (hasFailed) throw new QuernError("NPM", `npm ${argument} failed with ${how}, in ${folder}`);
}

/** Not a path that the shell of Windows would have to be told of; with it npm looks in no folder above. */
const here = ["--prefix=."];

/** The answers of the registry are what shows that it works. */
const quietly = ["--loglevel=http", "--no-color", "--no-progress", "--no-audit", "--no-fund", "--no-update-notifier"];

const isInstall = ([command = ""]: readonly string[]): boolean => /^(?:i|in|ins|install|add)$/.test(command);

function refuse(words: readonly string[]): void {
  if (words.length === 0) throw new QuernError("NPM", "%npm takes a command of npm: %npm install name");
  const elsewhere = words.find((word) => /^(?:-g|--global|--location|--prefix)(?:=|$)/.test(word));
  if (elsewhere) throw new QuernError("NPM", `%npm works in the folder of the notebook: leave out ${elsewhere}`);
  const odd = process.platform === "win32" ? words.find((word) => /[^\w@./:~^+=<>*,-]/.test(word)) : undefined;
  if (odd) throw new QuernError("NPM", `%npm cannot pass ${JSON.stringify(odd)} to npm on Windows: use !npm`);
}

/** Without one, npm would look for a project in the folders above. */
function makeProject(folder: string): void {
  const file = join(folder, "package.json");
  if (existsSync(file)) return;
  writeFileSync(file, `${JSON.stringify({ private: true }, null, 2)}\n`);
  console.log(`${file} is new: packages of the notebooks in this folder are listed there.`);
}

function isOfQuern(folder: string): boolean {
  let own = import.meta.dirname;
  while (!existsSync(join(own, "package.json"))) own = dirname(own);
  return realpathSync(folder) === realpathSync(own);
}

const redrawnEveryMs = 500;

function showProgress(title: string) {
  const begun = performance.now();
  let answers = 0;
  const text = (mark: string) => {
    const count = `${answers} ${answers === 1 ? "answer" : "answers"} of the registry`;
    const facts = [secondsText((performance.now() - begun) / 1000), ...(answers > 0 ? [count] : [])];
    return { "text/plain": `${mark} ${hideSecrets(title)} · ${facts.join(" · ")}` };
  };
  const handle = display({ "text/plain": `… ${hideSecrets(title)}` }, { raw: true });
  const show = (mark: string) => handle.update(text(mark), { raw: true });
  // An interrupt of the cell ends it, too.
  const timer = setInterval(show, redrawnEveryMs, "…");
  return {
    answer() {
      answers += 1;
    },
    end(hasFailed: boolean) {
      clearInterval(timer);
      return show(hasFailed ? "✗" : "✓");
    },
  };
}

/** Whole lines, as far as they have come. */
function byLine(hear: (name: StreamName, line: string) => void) {
  const parts = { stdout: "", stderr: "" };
  return (name: StreamName, text: string): void => {
    const lines = (parts[name] + text).split(/(?<=\n)/);
    parts[name] = lines.at(-1)?.endsWith("\n") ? "" : (lines.pop() ?? "");
    for (const line of lines) hear(name, line);
  };
}

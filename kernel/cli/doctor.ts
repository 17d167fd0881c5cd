import { styleText } from "node:util";
import type { Check } from "./doctor/check.ts";
import { checkJupyter } from "./doctor/jupyter.ts";
import { checkLanguageServer } from "./doctor/language-server.ts";
import { checkMachine } from "./doctor/machine.ts";
import { checkNativeParts } from "./doctor/native-parts.ts";
import { checkNode } from "./doctor/node.ts";

export const help = `Usage: quern doctor

Says what Quern finds on this machine, what is missing, and how to mend it. The exit code is 1 if the kernel cannot run
as things are.`;

export async function run(args: string[]): Promise<void> {
  if (args.length > 0) {
    const { CommandError } = await import("../../install.ts");
    throw new CommandError(`it takes no arguments, and got "${args.join(" ")}".`, 2);
  }
  const checks = (
    await Promise.all([checkNode(), checkNativeParts(), checkLanguageServer(), checkJupyter(), checkMachine()])
  ).flat();
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const check of checks) console.log(render(check, width));

  const failed = checks.filter(({ status }) => status === "broken").length;
  console.log(failed ? `\n${failed} of these must be mended.` : "\nThe kernel can run.");
  if (failed) process.exitCode = 1;
}

const marks = {
  ok: styleText("green", "ok     "),
  absent: styleText("yellow", "absent "),
  broken: styleText("red", "BROKEN "),
} satisfies { [status in Check["status"]]: string };

function render({ name, status, found, mend }: Check, width: number): string {
  const line = `${marks[status]} ${name.padEnd(width)}  ${found}`;
  return mend ? `${line}\n${" ".repeat(width + 10)}${styleText("dim", `→ ${mend}`)}` : line;
}

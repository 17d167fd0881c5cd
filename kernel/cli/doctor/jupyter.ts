import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { specFolder, userData } from "../../../install.ts";
import { capture } from "../capture.ts";
import { findPython, inVenv, isRecent, labVersion, oldestPython } from "../jupyter.ts";
import type { Check } from "./check.ts";

const root = resolve(import.meta.dirname, "../../..");
const venv = join(root, ".venv");

export async function checkJupyter(): Promise<Check[]> {
  const [python, lab] = await Promise.all([checkPython(), findLab()]);
  return [python, lab.check, await checkKernelSpec(lab.jupyter)];
}

async function checkPython(): Promise<Check> {
  const python = await findPython();
  const mend = `install Python ${oldestPython.join(".")} or newer with venv (Debian, Ubuntu: sudo apt install python3-venv)`;
  if (!python) return { name: "Python", status: "absent", found: "needed for JupyterLab, not for VS Code", mend };
  if (!python.recent)
    return { name: "Python", status: "absent", found: `${python.version} is too old for JupyterLab`, mend };
  return { name: "Python", status: "ok", found: `${python.version}  ${python.command}` };
}

async function findLab(): Promise<{ check: Check; jupyter?: string }> {
  const name = "JupyterLab";
  const old: string[] = [];
  for (const jupyter of ["jupyter", inVenv(venv, "jupyter")]) {
    const version = await labVersion([jupyter, "lab"]);
    if (isRecent(version)) return { jupyter, check: { name, status: "ok", found: `${version}  ${jupyter}` } };
    if (version) old.push(`${version} (${jupyter}) is too old; `);
  }
  const found = `${old.join("")}\`quern lab\` will install it into ${venv}`;
  return { check: { name, status: "absent", found } };
}

/** What Jupyter itself sees, where there is one: it may look in other folders than ours. */
async function checkKernelSpec(jupyter: string | undefined): Promise<Check> {
  const name = "Kernel, registered";
  const spec = (jupyter && (await listed(jupyter))) || written(specFolder(userData()));
  if (!spec) return { name, status: "absent", found: "not yet", mend: "npx quern install, or npm start" };
  const mend = "npx quern install";
  const started = spec.argv.filter((part) => !part.startsWith("--")).slice(0, 2);
  if (started.length < 2)
    return { name, status: "broken", found: `${spec.folder}/kernel.json is not a kernelspec`, mend };
  const gone = started.find((path) => !existsSync(path));
  if (gone) return { name, status: "broken", found: `${spec.folder} starts ${gone}, which is not there`, mend };
  const entry = join(root, "kernel", "cli", "quern.js");
  if (started[1] !== entry)
    return { name, status: "absent", found: `${spec.folder} starts another Quern: ${started[1]}`, mend };
  return { name, status: "ok", found: spec.folder };
}

type Spec = { readonly folder: string; readonly argv: readonly string[] };

async function listed(jupyter: string): Promise<Spec | undefined> {
  const { ok, stdout } = await capture([jupyter, "kernelspec", "list", "--json"]);
  const quern = ok ? JSON.parse(stdout).kernelspecs.quern : undefined;
  return quern && { folder: quern.resource_dir, argv: quern.spec.argv };
}

function written(folder: string): Spec | undefined {
  const file = join(folder, "kernel.json");
  if (!existsSync(file)) return undefined;
  try {
    return { folder, argv: JSON.parse(readFileSync(file, "utf8")).argv };
  } catch {
    return { folder, argv: [] };
  }
}

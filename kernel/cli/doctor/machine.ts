import { accessSync, constants, existsSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { userData } from "../../../install.ts";
import type { Check } from "./check.ts";

const root = resolve(import.meta.dirname, "../../..");

export async function checkMachine(): Promise<Check[]> {
  return [
    { name: "Processor", status: "ok", found: `${availableParallelism()} cores` },
    { name: "Memory", status: "ok", found: `${(memory() / 2 ** 30).toFixed(1)} GiB` },
    writable("Temporary files", tmpdir(), "broken", "set TMPDIR to a folder that you may write"),
    writable(
      "Jupyter's data",
      userData(),
      "absent",
      "npx quern install --sys-prefix or --prefix DIR; or set JUPYTER_DATA_DIR",
    ),
    writable("Notebooks", join(root, "notebooks"), "absent", "copy the notebooks: quern lab DIR"),
    chromium(),
  ];
}

/** In bytes; a container's limit counts. */
function memory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function writable(name: string, folder: string, otherwise: Check["status"], mend: string): Check {
  // A folder that is not there yet is made in the nearest one that is.
  let nearest = folder;
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return { name, status: "ok", found: folder };
  } catch {
    return { name, status: otherwise, found: `no permission to write ${nearest}`, mend };
  }
}

function chromium(): Check {
  const name = "Chromium";
  const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (existsSync(path)) return { name, status: "ok", found: path };
  return {
    name,
    status: "absent",
    found: `only a test needs it; ${path} is not there`,
    mend: "set CHROMIUM to its path",
  };
}

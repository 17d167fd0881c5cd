import { bundledNode } from "../../../install.ts";
import { capture } from "../capture.ts";
import type { Check } from "./check.ts";

const reinstall = "npm ci (without --omit=optional)";

export async function checkNode(): Promise<Check[]> {
  const running: Check = {
    name: "Node, running",
    status: "ok",
    found: `${process.versions.node}  ${process.execPath}`,
  };
  return [running, await bundled()];
}

async function bundled(): Promise<Check> {
  const name = "Node, bundled";
  const node = bundledNode();
  if (!node) return { name, status: "absent", found: "kernels start with the Node above", mend: reinstall };
  const { ok, stdout, stderr } = await capture([node, "--version"]);
  if (!ok) return { name, status: "broken", found: `${node} does not start: ${stderr.trim()}`, mend: reinstall };
  return { name, status: "ok", found: `${stdout.trim().slice(1)}  ${node}` };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePorts } from "./jupyter-client.ts";
import { patienceMs } from "./patience.ts";
import { accepts, type SparkServer } from "./spark-server.ts";

/** Sail, another server that speaks Spark Connect: without Java, so it is there in a second. */
export async function startSail(python: string): Promise<SparkServer> {
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), "quern-sail-"));
  const program = join(dirname(python), "sail");
  const args = ["spark", "server", "--ip", "127.0.0.1", "--port", String(port), "--directory", folder];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-4000);
  });
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const until = performance.now() + patienceMs; !(await accepts(port)); await delay(50)) {
    if (child.exitCode === null && performance.now() < until) continue;
    await stop();
    throw new Error(`Sail did not start: ${log}`);
  }
  return { address: `sc://127.0.0.1:${port}`, stop };
}

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { missing, type Part } from "./machine.ts";
import { sparkEnv } from "./python-env.ts";

export type SparkServer = { readonly address: string; stop(): Promise<void> };

/** What a Spark server needs: Java 17 or later, and PySpark, whose package holds all of Spark. */
export function sparkParts(): Part {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
  } catch {
    return missing("there is no java, which Spark needs");
  }
  return sparkEnv();
}

/**
 * Starts a Spark Connect server on this machine, in two threads. The package from PyPI has no script for it; spark-submit
 * knows the class. Streams end after a second, so that every test longer than that reattaches.
 */
export async function startSpark(python: string, conf: { readonly [name: string]: string } = {}): Promise<SparkServer> {
  const home = execFileSync(python, ["-c", "import os, pyspark; print(os.path.dirname(pyspark.__file__))"], {
    encoding: "utf8",
  }).trim();
  const folder = mkdtempSync(join(tmpdir(), "quern-spark-"));
  const port = await freePort();
  const settings = {
    "spark.connect.grpc.binding.port": String(port),
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.warehouse.dir": join(folder, "warehouse"),
    "spark.connect.execute.reattachable.senderMaxStreamDuration": "1s",
    "spark.driver.extraJavaOptions": `-Dderby.system.home=${folder} -XX:TieredStopAtLevel=1`,
    ...conf,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["--conf", `${name}=${value}`]);
  const child = spawn(
    join(home, "bin", "spark-submit"),
    ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[2]", ...args],
    {
      cwd: folder,
      env: {
        ...process.env,
        SPARK_HOME: home,
        PYSPARK_PYTHON: python,
        SPARK_LOCAL_IP: "127.0.0.1",
        SPARK_CONNECT_MODE: "0",
      },
      stdio: ["ignore", "ignore", "pipe"],
      // The script starts Java in its place on most systems, and as a child on others.
      detached: true,
    },
  );
  const log: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text) => log.push(text));
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), signal);
  };
  const atExit = () => end("SIGKILL");
  process.once("exit", atExit);
  const stop = async () => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    end("SIGTERM");
    const late = setTimeout(() => end("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(late);
    process.removeListener("exit", atExit);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const until = performance.now() + START_MS; !(await accepts(port)); await delay(100)) {
      if (child.exitCode !== null || performance.now() > until) {
        throw new Error(`Spark did not start:\n${log.join("").slice(-4000)}`);
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: `sc://127.0.0.1:${port}`, stop };
}

const START_MS = 120_000;
const STOP_MS = 10_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

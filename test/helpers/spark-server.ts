import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
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

type Conf = { readonly [name: string]: string };

/** A server that is starting, or has started. What is needed to wait for it can be told to other processes. */
export type Starting = { readonly port: number; readonly pid: number; readonly log: string };

/** Starts a Spark Connect server on this machine, and waits until it takes calls. Relative paths begin in its folder. */
export async function startSpark(python: string, conf?: Conf, workingFolder?: string): Promise<SparkServer> {
  const server = await launchSpark(python, conf, workingFolder);
  try {
    return { address: await addressOf(server.starting), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The server's address as soon as it takes calls. */
export async function addressOf({ port, pid, log }: Starting): Promise<string> {
  for (const until = performance.now() + START_MS; !(await accepts(port)); await delay(100)) {
    if (!isRunning(pid) || performance.now() > until) {
      throw new Error(`Spark did not start:\n${readFileSync(log, "utf8").slice(-4000)}`);
    }
  }
  return `sc://127.0.0.1:${port}`;
}

/**
 * Starts a server, in two threads, and does not wait for it. The package from PyPI has no script for it; spark-submit
 * knows the class. Streams end after a second, so that every test longer than that reattaches.
 */
export async function launchSpark(
  python: string,
  conf: Conf = {},
  workingFolder?: string,
): Promise<{ readonly starting: Starting; stop(): Promise<void> }> {
  const home = execFileSync(python, ["-c", "import os, pyspark; print(os.path.dirname(pyspark.__file__))"], {
    encoding: "utf8",
  }).trim();
  const folder = mkdtempSync(join(tmpdir(), "quern-spark-"));
  const log = join(folder, "log");
  const port = await freePort();
  const settings = {
    "spark.connect.grpc.binding.port": String(port),
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    // Many sessions share one.
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.warehouse.dir": join(folder, "warehouse"),
    "spark.connect.execute.reattachable.senderMaxStreamDuration": "1s",
    "spark.driver.extraJavaOptions": `-Dderby.system.home=${folder} -XX:TieredStopAtLevel=1`,
    ...conf,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["--conf", `${name}=${value}`]);
  const submit = [join(home, "bin", "spark-submit"), "--class", SERVER, "--master", "local[2]", ...args];
  const written = openSync(log, "w");
  const child = spawn("sh", ["-c", UNTIL_STDIN_ENDS, "sh", ...submit], {
    cwd: workingFolder ?? folder,
    env: {
      ...process.env,
      SPARK_HOME: home,
      QUERN_SPARK_FOLDER: folder,
      PYSPARK_PYTHON: python,
      SPARK_LOCAL_IP: "127.0.0.1",
      SPARK_CONNECT_MODE: "0",
    },
    stdio: ["pipe", "ignore", written],
    detached: true,
  });
  closeSync(written);
  const { pid } = child;
  if (pid === undefined) throw new Error("Spark did not start: there is no sh.");
  // Whoever waits for the server keeps the process; the server does not.
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, signal);
  };
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const atExit = () => {
    end("SIGKILL");
    remove();
  };
  process.once("exit", atExit);
  const stop = async () => {
    child.ref();
    const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    end("SIGTERM");
    const late = setTimeout(() => end("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(late);
    process.removeListener("exit", atExit);
    remove();
  };
  return { starting: { port, pid, log }, stop };
}

const SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer";

/**
 * Runs a program, and ends it with the process that has started this: that closes the pipe, however it ends itself. A
 * SIGTERM for both is the program's to obey.
 */
const UNTIL_STDIN_ENDS = `
  trap : TERM
  exec 3<&0
  "$@" </dev/null 3<&- &
  program=$!
  { read -r _ <&3; rm -rf "$QUERN_SPARK_FOLDER"; kill -KILL 0; } &
  exec 3<&-
  while kill -0 $program 2>/dev/null; do wait $program; done`;

const START_MS = 120_000;
const STOP_MS = 10_000;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** Whether something listens there. */
export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

// Parsed by any Node since 12: no newer syntax, and no `node:` prefix, which came with 12.20.
// biome-ignore-all lint/style/useNodejsImportProtocol: see above
// biome-ignore-all lint/complexity/useOptionalChain: see above
import { spawn } from "child_process";
import { existsSync, readFileSync } from "fs";
import { createRequire } from "module";
import { constants } from "os";
import { dirname, join } from "path";
import { fileURLToPath } from "url";

/** No program takes longer to say that it handles signals; one that does not say so gets them all the same. */
const startWithinMs = 10_000;

/** Starts this command again with the Node that comes as an npm package; its exit code and signal become ours. */
export function runAgain() {
  // A terminal sends Ctrl-C to both of us: then the child alone decides. Anyone else sends it to us alone.
  let child;
  let isListening = false;
  const held = [];
  const pass = (signal) => {
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    if (isListening) child.kill(signal);
    else held.push(signal);
  };
  const listening = () => {
    isListening = true;
    for (const signal of held.splice(0)) child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, pass);

  const node = bundledNode();
  if (!node) return fail(whatIsMissing(`it is not installed for ${process.platform}-${process.arch}`));
  // The channel's end tells the child of ours, however that comes; see launched.ts.
  child = spawn(node, process.argv.slice(1), {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: Object.assign({}, process.env, { QUERN_LAUNCHER: String(process.pid) }),
  });
  child.on("error", (error) => fail(whatIsMissing(`${node} does not start: ${error.message}`)));
  child.on("message", listening);
  setTimeout(listening, startWithinMs).unref();
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of signals) process.removeListener(name, pass);
    process.exitCode = 128 + constants.signals[signal];
    process.kill(process.pid, signal);
  });
}

/** Only the package for this platform gets installed, so the first one found is the right one. */
function bundledNode() {
  const require = createRequire(import.meta.url);
  const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const name of Object.keys(own.optionalDependencies)) {
    try {
      const manifest = require.resolve(`${name}/package.json`);
      const node = join(dirname(manifest), JSON.parse(readFileSync(manifest, "utf8")).bin.node);
      if (existsSync(node)) return node;
    } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND") throw error;
    }
  }
}

const whatIsMissing = (reason) =>
  "quern: this is Node " +
  process.versions.node +
  ", and Quern needs 24 or newer. It usually brings its own, but " +
  reason +
  ".\nRun `npm ci` again without --omit=optional or --no-optional, or install Node 24 or newer (https://nodejs.org).";

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}

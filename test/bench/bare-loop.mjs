// The floor: the least that Node and ZeroMQ do to answer as a Jupyter kernel does. It knows no cells.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Publisher, Reply, Router } from "zeromq";

const { ip, key, ...ports } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const [shell, control, stdin, iopub, heartbeat] = [
  new Router(),
  new Router(),
  new Router(),
  new Publisher(),
  new Reply(),
];
const sockets = { shell, control, stdin, iopub, hb: heartbeat };
await Promise.all(Object.entries(sockets).map(([name, socket]) => socket.bind(`tcp://${ip}:${ports[`${name}_port`]}`)));

let count = 0;
function pack(type, parent, content) {
  const header = {
    msg_id: `${count++}`,
    msg_type: type,
    session: "bare",
    username: "",
    date: new Date().toISOString(),
    version: "5.5",
  };
  const parts = [header, parent, {}, content].map((part) => JSON.stringify(part));
  return ["<IDS|MSG>", createHmac("sha256", key).update(parts.join("")).digest("hex"), ...parts];
}

async function serve(socket) {
  for await (const [identity, , , headerPart] of socket) {
    const header = JSON.parse(headerPart);
    const kind = header.msg_type.replace("_request", "");
    await iopub.send(["status", ...pack("status", header, { execution_state: "busy" })]);
    const content =
      kind === "kernel_info" ? { status: "ok", protocol_version: "5.5" } : { status: "ok", execution_count: count };
    await socket.send([identity, ...pack(`${kind}_reply`, header, content)]);
    await iopub.send(["status", ...pack("status", header, { execution_state: "idle" })]);
    if (kind === "shutdown") process.exit();
  }
}

async function echo() {
  for await (const ping of heartbeat) await heartbeat.send(ping);
}

serve(shell);
serve(control);
echo();

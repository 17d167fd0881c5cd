// The floor: the least that Node and ZeroMQ do to answer as a Jupyter kernel does, with signatures checked and made and
// with every message of a cell that has a result. It knows no cells.
import { createHmac, timingSafeEqual } from "node:crypto";
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
let executions = 0;
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
  return ["<IDS|MSG>", signatureOf(parts), ...parts];
}

function signatureOf(parts) {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

const publish = (type, parent, content) => iopub.send([type, ...pack(type, parent, content)]);

async function serve(socket) {
  for await (const [identity, , signature, ...parts] of socket) {
    if (!timingSafeEqual(signature, Buffer.from(signatureOf(parts)))) continue;
    const [header, , , content] = parts.map((part) => JSON.parse(part));
    const kind = header.msg_type.replace("_request", "");
    await publish("status", header, { execution_state: "busy" });
    if (kind === "execute") {
      executions++;
      await publish("execute_input", header, { code: content.code, execution_count: executions });
      const data = { "text/plain": "2" };
      await publish("execute_result", header, { execution_count: executions, data, metadata: {} });
    }
    const reply = kind === "kernel_info" ? { protocol_version: "5.5" } : { execution_count: executions };
    await socket.send([identity, ...pack(`${kind}_reply`, header, { status: "ok", ...reply })]);
    await publish("status", header, { execution_state: "idle" });
    if (kind === "shutdown") process.exit();
  }
}

async function echo() {
  for await (const ping of heartbeat) await heartbeat.send(ping);
}

serve(shell);
serve(control);
echo();

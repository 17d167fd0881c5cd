import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { addressOf, ConnectionFileError, parseConnectionFile } from "../../kernel/wire/connection-file.ts";
import { joinFrames, splitFrames } from "../../kernel/wire/frames.ts";
import { createSigner } from "../../kernel/wire/signature.ts";
import type { SocketEvents, Sockets } from "../../kernel/wire/sockets.ts";
import { openWire } from "../../kernel/wire/wire.ts";
import { realKernel } from "../helpers/jupyter-client.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const good = {
  transport: "tcp",
  ip: "127.0.0.1",
  key: "secret",
  signature_scheme: "hmac-sha256",
  shell_port: 1,
  control_port: 2,
  stdin_port: 3,
  iopub_port: 4,
  hb_port: 5,
  kernel_name: "quern",
};
const parse = (content: object) => parseConnectionFile(JSON.stringify(content), "c.json");

test("a connection file gives transport, address, ports and key", () => {
  const connection = parse(good);
  assert.deepEqual(connection.ports, { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 });
  assert.equal(addressOf(connection, "shell"), "tcp://127.0.0.1:1");
  assert.equal(addressOf(parse({ ...good, ip: "::1" }), "hb"), "tcp://[::1]:5");
  assert.equal(addressOf(parse({ ...good, transport: "ipc", ip: "/tmp/a b" }), "hb"), "ipc:///tmp/a b-5");
});

test("what is wrong in a connection file is named", () => {
  const refused = (content: object, message: RegExp) =>
    assert.throws(
      () => parse(content),
      (error) => error instanceof ConnectionFileError && message.test(error.message),
    );
  const { shell_port: _, ...withoutShell } = good;
  refused(withoutShell, /"c\.json" has no "shell_port"/);
  refused({ ...good, hb_port: "5" }, /has the "hb_port" "5"/);
  refused({ ...good, hb_port: 70000 }, /has the "hb_port" 70000/);
  refused({ ...good, transport: "udp" }, /has the transport "udp"; Quern knows "tcp" and "ipc"/);
  refused({ ...good, signature_scheme: "hmac-md5" }, /signature scheme "hmac-md5"/);
  refused({ ...good, ip: "" }, /has no "ip"/);
  refused([], /is no JSON object/);
  assert.throws(() => parseConnectionFile("{", "c.json"), /"c\.json" is not JSON/);
});

test("frames are split at the delimiter and joined again", () => {
  const [id1, id2, buffer] = ["id1", "id2", "buffer"].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
  const parts = ["{}", '{"a":1}', "{}", '{"b":"ü"}'] as const;
  const joined = joinFrames({ identities: [id1, id2], signature: "sig", parts, buffers: [buffer] });
  const frames = joined.map((frame) => Buffer.from(frame as string));
  const message = splitFrames(frames);
  assert.deepEqual([message?.identities, message?.buffers], [[id1, id2], [buffer]]);
  assert.deepEqual([message?.signature, ...(message?.parts ?? [])].map(String), ["sig", ...parts]);
  assert.equal(splitFrames(frames.slice(3)), undefined);
  assert.equal(splitFrames(frames.slice(0, 5)), undefined);
});

test("a signature is the HMAC of the four parts, as others compute it", () => {
  const parts = ["{}", '{"a":1}', "{}", '{"b":"ü"}'] as const;
  // printf '{}{"a":1}{}{"b":"ü"}' | openssl dgst -sha256 -hmac secret
  const expected = execFileSync("openssl", ["dgst", "-sha256", "-hmac", "secret", "-hex"], {
    input: parts.join(""),
    encoding: "utf8",
  });
  assert.equal(createSigner("secret").sign(parts), expected.trim().split("= ").at(-1));
});

test("a signature is accepted once, and forgotten only after very many others", () => {
  const signer = createSigner("secret");
  const frames = (n: number) => {
    const texts = ["{}", "{}", "{}", String(n)] as const;
    const parts = texts.map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer];
    return { identities: [], signature: Buffer.from(signer.sign(texts)), parts, buffers: [] };
  };
  assert.ok(!("refused" in signer.verify(frames(0))));
  for (let n = 1; n < 60_000; n++) signer.verify(frames(n));
  assert.match(JSON.stringify(signer.verify(frames(0))), /replay/);
  assert.match(JSON.stringify(signer.verify({ ...frames(1), signature: Buffer.from("00") })), /wrong/);
});

/** A wire on sockets that are none; what it says of messages that it is given. */
function fakeWire(received: () => void = () => {}) {
  let events: SocketEvents | undefined;
  const lines: string[] = [];
  const sockets: Sockets = {
    listen(given) {
      events = given;
    },
    send: async () => {},
    publish() {},
    close() {},
  };
  const wire = openWire(sockets, "", { received, subscribed() {}, log: (line) => lines.push(line) });
  const give = (...frames: readonly (string | Buffer)[]) => {
    events?.received(
      "shell",
      frames.map((frame) => (typeof frame === "string" ? Buffer.from(frame) : frame)),
    );
    return lines.splice(0);
  };
  return { wire, give, lines };
}

const header = '{"msg_id":"1","msg_type":"t"}';

test("what is wrong with a message is said in one line, without its content", () => {
  const { give } = fakeWire();
  const said = (...frames: readonly (string | Buffer)[]) =>
    give(...frames).map((line) => line.replace(/.* dropped: /, ""));
  assert.deepEqual(said("<IDS|MSG>", "", header, "{}", "{}", "{}"), []);
  assert.deepEqual(said("<IDS|MSG>", "", header, "{}", "{}"), ["it is no Jupyter message"]);
  assert.deepEqual(said(...Array(50).fill("id"), "<IDS|MSG>", "", header, "{}", "{}", "{}"), [
    "it is no Jupyter message",
  ]);
  assert.deepEqual(said("<IDS|MSG>", "", header, "{}", "{}", "{"), ["its content is not JSON"]);
  assert.deepEqual(said("<IDS|MSG>", "", header, "[]", "{}", "{}"), ["its parent header is no object"]);
  assert.deepEqual(said("<IDS|MSG>", "", '{"msg_id":1}', "{}", "{}", "{}"), ["its header has no msg_id or msg_type"]);
  assert.deepEqual(said("<IDS|MSG>", "", header, "{}", "{}", Buffer.from([0x22, 0xff, 0x22])), [
    "its content is not UTF-8",
  ]);
  const deep = `{"msg_id":"1","msg_type":"t","x":${"[".repeat(5000)}${"]".repeat(5000)}}`;
  assert.deepEqual(said("<IDS|MSG>", "", deep, "{}", "{}", "{}"), [`its header has ${deep.length} bytes`]);
});

test("a message of more than 256 MB in all is dropped, one of 200 MB is not", () => {
  const { give } = fakeWire();
  const part = Buffer.alloc(100 * 2 ** 20);
  const frames = ["<IDS|MSG>", "", header, "{}", "{}", "{}"];
  assert.deepEqual(give(...frames, part, part), []);
  assert.match(
    give(...frames, part, part, part).join(),
    /dropped: it has 3145728\d\d bytes, and the limit is 268435456$/,
  );
});

test("a handler that fails, and an answer that cannot be written, end nothing", async () => {
  const failing = fakeWire(() => {
    throw new Error("on purpose");
  });
  assert.match(failing.give("<IDS|MSG>", "", header, "{}", "{}", "{}").join(), /on purpose/);

  const { wire, lines } = fakeWire();
  const unwritable = { value: 1n };
  await assert.rejects(wire.send("shell", [], { type: "t", parent: {}, content: unwritable }).sent);
  wire.publish({ type: "display_data", parent: {}, content: unwritable });
  wire.close();
  assert.match(lines.join(), /a display_data cannot be sent/);
});

test("a bad connection file, or a port in use, ends the kernel with one clear sentence", async () => {
  using folder = tempFolder();
  const kernelOn = (path: string) => {
    const { status, stderr } = spawnSync(process.execPath, [realKernel, path], { encoding: "utf8", timeout: 180_000 });
    return { status, lines: stderr.trim().split("\n") };
  };
  const missing = kernelOn(join(folder.path, "none.json"));
  assert.deepEqual([missing.status, missing.lines.length], [1, 1]);
  assert.match(missing.lines[0] ?? "", /none\.json" does not exist/);

  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const path = join(folder.path, "taken.json");
  writeFileSync(path, JSON.stringify({ ...good, shell_port: port }));
  const taken = kernelOn(path);
  server.close();
  assert.deepEqual([taken.status, taken.lines.length], [1, 1]);
  assert.match(taken.lines[0] ?? "", new RegExp(`Port ${port} \\(shell, .*\\) is in use`));

  writeFileSync(path, JSON.stringify({ ...good, ip: "192.0.2.1" }));
  assert.match(kernelOn(path).lines[0] ?? "", /192\.0\.2\.1.* is not one of this machine/);
});

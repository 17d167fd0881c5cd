import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { createServer as createTls } from "node:tls";
import { Code, ConnectError } from "@connectrpc/connect";
import { openSpark } from "../../../../runtime/engine/spark/spark.ts";
import { batch, columns, complete, type FakeSpark, fakeSpark } from "../../../helpers/fake-spark.ts";
import { found, missing } from "../../../helpers/machine.ts";

const plan = { kind: "sql", text: "SELECT id FROM t", inputs: {} } as const;

/** The port of a server that ends with the test, with its connections. */
async function listening(t: TestContext, server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return (server.address() as AddressInfo).port;
}

async function faked(t: TestContext, handlers: Parameters<typeof fakeSpark>[0]): Promise<FakeSpark & { port: number }> {
  const server = await fakeSpark(handlers);
  t.after(() => server.close());
  return { ...server, port: Number(/\d+$/.exec(server.address)?.[0]) };
}

const refused = (address: string, code: string, message: RegExp, limits = {}) =>
  assert.rejects(openSpark(address, limits), { name: "EngineError", code, message });

test("a name that no host has is told at once", () =>
  // Where there is no name server at all, it could not be asked.
  assert.rejects(openSpark("sc://no-such-host.invalid", { firstMs: 0 }), {
    code: /^(?:NO_SUCH_HOST|UNREACHABLE)$/,
    message: /no-such-host\.invalid:15002 cannot be reached: (?:no host has|the name) /,
  }));

test("a port on which nothing listens, nothing is said, or something else answers is told, with what to look at", async (t) => {
  const [web, silent, closing] = await Promise.all([
    listening(
      t,
      createHttp((_, response) => response.end("hello")),
    ),
    listening(
      t,
      createServer(() => {}),
    ),
    listening(
      t,
      createServer((socket) => socket.destroy()),
    ),
  ]);
  const at = (port: number, more = "") => `sc://127.0.0.1:${port}${more}`;
  await Promise.all([
    refused(at(1), "UNREACHABLE", /127\.0\.0\.1:1 cannot be reached: nothing listens/, { firstMs: 0 }),
    refused(at(web), "NOT_SPARK", /speaks no HTTP\/2: is this the port of Spark Connect/),
    refused(at(silent), "UNREACHABLE", /(?:not said a word|no answer) in 1 s/, { connectMs: 1000, firstMs: 0 }),
    refused(at(closing), "UNREACHABLE", /hangs up: if it expects TLS, write use_ssl=true/, { firstMs: 0 }),
    refused(at(web, "/;use_ssl=true"), "TLS", /does not speak TLS, which use_ssl=true asks for/),
  ]);
});

test("a server that a token does not open says so, and shows neither token nor header", async (t) => {
  const { address } = await faked(t, {
    analyzePlan: (_, { requestHeader }) => {
      throw new ConnectError(
        `not ${requestHeader.get("authorization")} with ${requestHeader.get("x-of-mine")}`,
        Code.Unauthenticated,
      );
    },
  });
  await assert.rejects(openSpark(`${address}/;token=abcdefgh;x-of-mine=ijklmnop`), (error: Error) => {
    assert.match(error.message, /refuses the token or user: not Bearer \*\*\* with \*\*\*\. The address names them/);
    assert.doesNotMatch(JSON.stringify([error.message, error.stack, String(error.cause)]), /abcdefgh|ijklmnop/);
    return true;
  });
});

test("a network that lets a byte through now and then is slow, and not dead", async (t) => {
  const rows = 2000;
  const { port } = await faked(t, {
    async *executePlan() {
      yield columns;
      yield batch(0, rows);
      yield complete;
    },
  });
  // Some hundred bytes each few milliseconds, so that all takes many times what an answer may.
  const trickle = await listening(
    t,
    createServer((socket) => {
      const server = connect(port, "127.0.0.1").on("error", () => socket.destroy());
      socket.on("close", () => server.destroy()).pipe(server);
      const waiting: Buffer[] = [];
      const timer = setInterval(() => {
        const next = waiting.shift();
        if (next === undefined) return;
        socket.write(next.subarray(0, 150));
        if (next.length > 150) waiting.unshift(next.subarray(150));
      }, 5);
      server.on("data", (data: Buffer) => waiting.push(data)).on("close", () => clearInterval(timer));
    }),
  );
  const limits = { quietMs: 200, pingMs: 1000, awayMs: 0 };
  const engine = await openSpark(`sc://127.0.0.1:${trickle}`, limits);
  t.after(() => engine.close());
  let count = 0;
  for await (const one of (await engine.execute(plan)).batches) count += one.numRows;
  assert.equal(count, rows);
});

test("a connection from which nothing comes any more is given up, and the query goes on over another", async (t) => {
  const all = [columns, batch(0, 2), batch(2, 1), complete];
  const { port } = await faked(t, {
    async *executePlan(_, { signal }) {
      yield* all.slice(0, 2);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    async *reattachExecute({ lastResponseId }) {
      yield* all.slice(all.findIndex(({ responseId }) => responseId === lastResponseId) + 1);
    },
  });
  let isDead = false;
  let connections = 0;
  const network = await listening(
    t,
    createServer((socket) => {
      const isFirst = ++connections === 1;
      const server = connect(port, "127.0.0.1").on("error", () => {});
      socket.on("close", () => server.destroy()).pipe(server);
      server.on("data", (data) => !(isFirst && isDead) && socket.write(data));
    }),
  );
  const engine = await openSpark(`sc://127.0.0.1:${network}`, { quietMs: 50, pingMs: 400 });
  t.after(() => engine.close());
  const counts: number[] = [];
  for await (const one of (await engine.execute(plan)).batches) {
    counts.push(one.numRows);
    isDead = true;
  }
  assert.deepEqual(counts, [2, 1]);
  assert.ok(connections > 1);
});

const openssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return found("openssl");
  } catch {
    return missing("there is no openssl, which makes the test's certificate");
  }
})();

test("TLS by an authority that is not known is an error that names the way out, by which it works", {
  skip: openssl.skip,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "quern-tls-"));
  const variable = "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH";
  const before = process.env[variable];
  t.after(() => {
    rmSync(folder, { recursive: true });
    if (before === undefined) delete process.env[variable];
    else process.env[variable] = before;
  });
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", ...made, ...name, "-keyout", key, "-out", cert], { stdio: "ignore" });
  let authorization: string | null = null;
  const { port } = await faked(t, {
    config: (_, { requestHeader }) => {
      authorization = requestHeader.get("authorization");
      return {};
    },
  });
  const options = { key: readFileSync(key), cert: readFileSync(cert), ALPNProtocols: ["h2"] };
  const proxy = createTls(options, (socket) => {
    const server = connect(port, "127.0.0.1").on("error", () => socket.destroy());
    socket.on("error", () => server.destroy()).on("close", () => server.destroy());
    socket.pipe(server).pipe(socket);
  });
  const secure = `sc://localhost:${await listening(t, proxy)}/;use_ssl=true;token=abcdefgh`;
  await refused(
    secure,
    "TLS",
    /does not know who signed its certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/,
  );
  process.env[variable] = cert;
  const engine = await openSpark(secure);
  await engine.close();
  assert.equal(authorization, "Bearer abcdefgh");
  await refused(secure.replace("localhost", "127.0.0.1"), "TLS", /its certificate is for other names/);
  process.env[variable] = join(folder, "none.pem");
  await assert.rejects(openSpark(secure), /GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names .*none\.pem, which cannot be read/);
});

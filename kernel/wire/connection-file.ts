// Not imported: see signature.ts.
const { readFileSync } = process.getBuiltinModule("node:fs");

/** What a front end wrote for the kernel: where to listen and what to sign with. */
export type Connection = {
  readonly transport: "tcp" | "ipc";
  /** An address for tcp, the first part of a path for ipc. */
  readonly ip: string;
  readonly ports: Readonly<Record<Channel, number>>;
  /** Empty: messages are not signed. */
  readonly key: string;
};

export type Channel = "shell" | "control" | "stdin" | "iopub" | "hb";

export const channels: readonly Channel[] = ["shell", "control", "stdin", "iopub", "hb"];

/** The connection file cannot be used; the message is a whole sentence for the person who started the kernel. */
export class ConnectionFileError extends Error {}

/** Reads and checks a connection file. Throws {@link ConnectionFileError}. */
export function readConnectionFile(path: string): Connection {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new ConnectionFileError(
      missing
        ? `The connection file "${path}" does not exist. Jupyter writes it when it starts a kernel; give the path of such a file.`
        : `The connection file "${path}" cannot be read: ${(error as Error).message}`,
    );
  }
  return parseConnectionFile(text, path);
}

/** `path` only serves the messages. */
export function parseConnectionFile(text: string, path: string): Connection {
  const refuse = (problem: string) =>
    new ConnectionFileError(`The connection file "${path}" ${problem}. Start the kernel again to get a new one.`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refuse("is not JSON");
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) throw refuse("is no JSON object");
  const fields = content as Readonly<Record<string, unknown>>;

  const transport = fields.transport ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc") {
    throw refuse(`has the transport ${JSON.stringify(transport)}; Quern knows "tcp" and "ipc"`);
  }
  const { ip, key = "", signature_scheme: scheme = "hmac-sha256" } = fields;
  if (typeof ip !== "string" || ip === "") throw refuse('has no "ip"');
  if (typeof key !== "string") throw refuse('has a "key" that is no text');
  if (key !== "" && scheme !== "hmac-sha256") {
    throw refuse(`wants the signature scheme ${JSON.stringify(scheme)}; Quern knows "hmac-sha256"`);
  }
  const ports = Object.fromEntries(
    channels.map((channel) => {
      const port = fields[`${channel}_port`];
      if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65535) {
        throw refuse(
          port === undefined ? `has no "${channel}_port"` : `has the "${channel}_port" ${JSON.stringify(port)}`,
        );
      }
      return [channel, port as number];
    }),
  ) as Record<Channel, number>;
  return { transport, ip, ports, key };
}

/** The address of a channel in ZeroMQ's notation; for ipc, ports are the ends of file names, as in jupyter_client. */
export function addressOf(connection: Connection, channel: Channel): string {
  return connection.transport === "ipc"
    ? `ipc://${connection.ip}-${connection.ports[channel]}`
    : `tcp://${connection.ip.includes(":") ? `[${connection.ip}]` : connection.ip}:${connection.ports[channel]}`;
}

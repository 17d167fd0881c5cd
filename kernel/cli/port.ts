import { createServer } from "node:net";
import { CommandError } from "../../install.ts";

/** Throws CommandError unless `port` is a number that a server here can listen on. */
export async function requireFreePort(port: string): Promise<void> {
  const number = Number(port);
  if (!/^\d+$/.test(port) || number < 1 || number > 65535) {
    throw new CommandError(`--port ${port} is not a port number (1 to 65535).`, 2);
  }
  const problem = await listen(number);
  if (problem === "EADDRINUSE")
    throw new CommandError(`port ${port} is in use. Leave out --port for the next free one.`);
  if (problem)
    throw new CommandError(`cannot listen on port ${port}: ${problem}. Leave out --port for the next free one.`);
}

function listen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
}

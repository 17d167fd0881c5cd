// Not imported: see kernel/wire/signature.ts.
const { parseArgs } = process.getBuiltinModule("node:util");

export const help = `Usage: quern kernel <connection file>
       quern kernel -f <connection file>

Runs the kernel on the sockets that the connection file names. Jupyter calls this; people need it only to debug.`;

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { "connection-file": { type: "string", short: "f" } },
  });
  const files = [values["connection-file"] ?? [], positionals].flat();
  if (files.length !== 1) {
    const { CommandError } = await import("../../install.ts");
    throw new CommandError(
      `expected one connection file, got ${files.length}. Jupyter makes it: use \`quern lab\`.`,
      2,
    );
  }
  const { runKernel } = await import("../main.ts");
  await runKernel(files[0] as string);
}

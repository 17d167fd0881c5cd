import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { type Declarations, declarations } from "../../../kernel/types/server/declarations.ts";
import { openWorkspace } from "../../../kernel/types/server/workspace.ts";
import { type Checked, openTypes, type Types } from "../../../kernel/types/types.ts";
import { descendantsOf } from "../../helpers/processes.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const skip = process.platform === "linux" ? false : "finds the language server in /proc";
const timeout = 180_000;

const messages = ({ problems }: Checked): string[] => problems.map(({ message }) => message);

const serverPid = (): number | undefined =>
  descendantsOf(process.pid).find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--lsp"));

/** Answers are waited for so many times longer than usual. */
function typesOf(folder: string, { log = [], patience = 10 }: { log?: string[]; patience?: number } = {}): Types {
  const session = { describe: async () => undefined, settledTypes: async () => true, hasName: () => false };
  return openTypes({ folder, mode: "error", log: (line) => log.push(line), patience }, session);
}

test("a language server that was killed is started again, and knows what cells have declared", {
  timeout,
  skip,
}, async () => {
  using folder = tempFolder();
  const log: string[] = [];
  const types = typesOf(folder.path, { log });
  try {
    types.ran({ run: 1, executionCount: 1, code: "" }, await types.check("const price = 1"), "ok", () => true);
    process.kill(serverPid() as number, "SIGKILL");
    assert.deepEqual(messages(await types.check("price.foo")), ["Property 'foo' does not exist on type '1'."]);
    assert.match(log.join("\n"), /the language server ended/);
  } finally {
    types.stop();
  }
});

test("declarations that are removed while a server uses them are found again", { timeout }, async () => {
  using folder = tempFolder();
  using copy = tempFolder();
  const made = await declarations(assert.fail);
  const from = dirname(made.files[0] as string);
  cpSync(from, copy.path, { recursive: true });
  const inText = (path: string) => JSON.stringify(path).slice(1, -1);
  const copied: Declarations = {
    ...JSON.parse(JSON.stringify(made).replaceAll(inText(from), inText(copy.path))),
    isThere: () => existsSync(join(copy.path, "lib.d.ts")),
  };
  const found = [copied, made];
  const workspace = openWorkspace(folder.path, () => {}, { find: async () => found.shift() as Declarations });
  const told = async (text: string) => {
    workspace.changed([]);
    workspace.put(workspace.check, text);
    const found = await workspace.ask((server) => server.diagnostics(workspace.check));
    return [...found, ...(await workspace.diagnosticsWithoutNull(text))].map(({ message }) => message);
  };
  try {
    assert.deepEqual(await told("process.pid;"), []);
    rmSync(copy.path, { recursive: true });
    assert.deepEqual(await told('import { existsSync } from "node:fs"; existsSync(process.title);'), []);
  } finally {
    workspace.stop();
  }
});

test("a language server that does not answer holds up one cell for a while, and the next not at all", {
  timeout,
  skip,
}, async () => {
  using folder = tempFolder();
  const types = typesOf(folder.path, { patience: 1 });
  try {
    // Until it has started, which is waited for longer.
    while ((await types.check("const price = 1")).unchecked !== undefined);
    process.kill(serverPid() as number, "SIGSTOP");
    assert.match((await types.check("price")).unchecked ?? "", /has not answered within 3 s/);
    assert.match((await types.check("price")).unchecked ?? "", /still works on an earlier cell/);
  } finally {
    types.stop();
  }
});

test("the language server ends with whom it serves", { timeout, skip }, async () => {
  using folder = tempFolder();
  const types = typesOf(folder.path);
  await types.check("const price = 1");
  types.stop();
  while (serverPid() !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
});

test("files that cells import, and what these import, are read again when they changed; packages that are new are found", {
  timeout,
}, async () => {
  using folder = tempFolder();
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text);
  const types = typesOf(folder.path);
  const cell = 'import { price } from "./shop.ts"; const text: string = price;';
  try {
    write("prices.ts", "export const price: number = 1;");
    write("shop.ts", 'export { price } from "./prices";');
    assert.deepEqual(messages(await types.check(cell)), ["Type 'number' is not assignable to type 'string'."]);
    write("prices.ts", 'export const price: string = "1";');
    assert.deepEqual(messages(await types.check(cell)), []);
  } finally {
    types.stop();
  }
});

test("a cell that no syntax tree can hold, or that is very long, is not checked, and this is said", {
  timeout,
}, async () => {
  using folder = tempFolder();
  const types = typesOf(folder.path);
  try {
    assert.match((await types.check(`let sum = 1${" + 1".repeat(20_000)}`)).unchecked ?? "", /call stack/);
    assert.match((await types.check(`"${"x".repeat(600_000)}"`)).unchecked ?? "", /longer than 500000 characters/);
  } finally {
    types.stop();
  }
});

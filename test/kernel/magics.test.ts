import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { stripVTControlCharacters as plain, promisify } from "node:util";
import { realKernel } from "../helpers/jupyter-client.ts";
import { run } from "../helpers/program.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const python = pythonEnv();
const command = JSON.stringify([process.execPath, realKernel, "{connection_file}"]);

type Cell = {
  readonly stream: string;
  readonly data: { readonly [mime: string]: string };
  readonly status: string;
  readonly evalue: string | null;
};
type Observed = { readonly cells: readonly Cell[]; readonly completeness: readonly string[] };

async function drive(): Promise<Observed> {
  using folder = tempFolder();
  const env = { ...process.env, JUPYTER_PATH: folder.path, XDG_DATA_HOME: folder.path, TMPDIR: folder.path };
  const script = join(import.meta.dirname, "magics.py");
  const { stdout } = await promisify(execFile)(python.path, [script, command], { env, timeout: 300_000 });
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n{") + 1));
}

test("magics, commands and SQL cells come through Jupyter's own client", { skip: python.skip }, async () => {
  const { cells, completeness } = await drive();
  const [, shell, failed, done, sql, timed, markdown, who, unknown, wrong] = cells as readonly Cell[] & { length: 10 };
  assert.equal(shell?.stream, "from the shell\n");
  assert.equal(failed?.evalue, "The command ended with exit code 3: exit 3");
  assert.equal(done?.data["text/plain"] && plain(done.data["text/plain"]), "true");
  assert.match(sql?.data["text/html"] ?? "", /twice[\s\S]*100/);
  assert.match(timed?.stream ?? "", /^wall .* · CPU .* · engine .* · 1 row\n$/);
  assert.equal(plain(timed?.data["text/plain"] ?? ""), "1");
  assert.equal(markdown?.data["text/markdown"], "# A title");
  assert.match(who?.data["text/plain"] ?? "", /^flights +DataFrame .*\nlate +DataFrame/m);
  assert.match(unknown?.evalue ?? "", /Did you mean %who\?/);
  assert.equal(wrong?.status, "error", "types are checked below %%time");
  assert.deepEqual(completeness, ["incomplete", "complete", "complete", "incomplete", "incomplete"]);
});

const quern = (cwd: string, ...args: string[]) =>
  run([process.execPath, join(import.meta.dirname, "../../kernel/cli/quern.js"), ...args], {
    cwd,
    env: { ...process.env, XDG_DATA_HOME: cwd, TMPDIR: cwd },
  });

const script = `// %% tags=["parameters"]
// %env GREETING=hello
const day: string = "Monday"

// %%
!echo $GREETING
console.log(day)

// %% language="sql" magic_args="--save two"
// select * from range(2)

// %%
two.count()
`;

test("a script with magics runs as a job, with parameters, and comes back from a notebook as it was", async () => {
  using folder = tempFolder();
  const path = (name: string) => join(folder.path, name);
  writeFileSync(path("job.ts"), script);
  const { code, err } = await quern(folder.path, "run", "job.ts", "--param", "day=Friday");
  assert.equal(code, 0, err);
  assert.match(err, /\nGREETING=hello\n[\s\S]*\nhello\nFriday\n[\s\S]*2 rows[\s\S]*\n2\n/);
  for (const [from, to] of [
    ["job.ts", "job.ipynb"],
    ["job.ipynb", "back.ts"],
  ] as const)
    await quern(folder.path, "convert", from, to);
  assert.equal(readFileSync(path("back.ts"), "utf8").replace(/^\/\/ ---\n[\s\S]*?\/\/ ---\n\n/, ""), script);
});

test("a cell with magics comes through a pipe, and a command that fails ends the program with an error", async () => {
  using folder = tempFolder();
  const fine = await quern(folder.path, "repl", "-e", "const x = 1\n!echo two\nx + 2");
  assert.deepEqual([fine.code, fine.out], [0, "two\n3\n"]);
  const failed = await quern(folder.path, "repl", "-e", "!exit 7");
  assert.equal(failed.code, 1);
  assert.match(failed.err + failed.out, /The command ended with exit code 7: exit 7/);
});

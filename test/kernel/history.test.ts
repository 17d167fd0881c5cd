import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { openHistory } from "../../kernel/history/history.ts";
import { historyFile } from "../../kernel/history/history-file.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const noWarning = (line: string) => assert.fail(line);

test("others on the machine cannot read what was typed", { skip: process.platform === "win32" }, () => {
  using folder = tempFolder();
  const path = historyFile({ XDG_DATA_HOME: join(folder.path, "data") }, "linux");
  openHistory(path, noWarning).close();
  assert.equal(statSync(dirname(path)).mode & 0o077, 0);
});

test("sessions follow one another in one file, and are reached by number", () => {
  using folder = tempFolder();
  const path = join(folder.path, "deep", "history.sqlite");
  const first = openHistory(path, noWarning);
  first.add(1, "a", undefined);
  first.add(2, "b", "two");
  first.close();
  const second = openHistory(path, noWarning);
  assert.deepEqual(
    second.range(-1, 1, 2).map(({ code }) => code),
    ["a"],
    "before its first line",
  );
  second.add(1, "c", undefined);
  assert.deepEqual(second.tail(2), [
    { session: 1, line: 2, code: "b", output: "two" },
    { session: 2, line: 1, code: "c", output: undefined },
  ]);
  assert.deepEqual(
    second.range(0, 1, undefined).map(({ code }) => code),
    ["c"],
  );
  assert.deepEqual(
    second.range(-1, 1, undefined).map(({ code }) => code),
    ["a", "b"],
  );
  assert.deepEqual(
    second.range(1, 2, 3).map(({ code }) => code),
    ["b"],
  );
  assert.deepEqual(second.range(-7, 1, undefined), []);
  second.close();
});

test("search takes wildcards, and brackets as they are", () => {
  using folder = tempFolder();
  const history = openHistory(join(folder.path, "h.sqlite"), noWarning);
  for (const [index, code] of ["rows[0]", "rows0", "x", "rows[0]"].entries()) history.add(index + 1, code, undefined);
  const lines = (pattern: string, count?: number, unique = false) =>
    history.search(pattern, count, unique).map(({ line }) => line);
  assert.deepEqual(lines("rows*"), [1, 2, 4]);
  assert.deepEqual(lines("rows[0]"), [1, 4]);
  assert.deepEqual(lines("rows?"), [2]);
  assert.deepEqual(lines("rows*", undefined, true), [2, 4]);
  assert.deepEqual(lines("*", 2), [3, 4]);
  history.close();
});

test("a corrupt file is left, said once, and history goes on in memory", () => {
  using folder = tempFolder();
  const path = join(folder.path, "h.sqlite");
  writeFileSync(path, "this is no database, but longer than a header of one would be".repeat(20));
  const warnings: string[] = [];
  const history = openHistory(path, (line) => warnings.push(line));
  history.add(1, "a", undefined);
  history.add(2, "b", undefined);
  assert.deepEqual(
    history.tail(5).map(({ code }) => code),
    ["a", "b"],
  );
  history.close();
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? "", /h\.sqlite" cannot be used \(file is not a database\).*kept in memory/);
});

test("where the file cannot be made, history goes on in memory", () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, "a file"), "");
  const warnings: string[] = [];
  const history = openHistory(join(folder.path, "a file", "h.sqlite"), (line) => warnings.push(line));
  history.add(1, "a", undefined);
  assert.equal(history.tail(1).length, 1);
  history.close();
  assert.equal(warnings.length, 1);
});

test("several kernels write to one file at once, and nothing is lost", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "h.sqlite");
  const module = join(import.meta.dirname, "../../kernel/history/history.ts");
  const script = `
    import { openHistory } from ${JSON.stringify(module)};
    const history = openHistory(${JSON.stringify(path)}, (line) => console.log(line));
    for (let line = 1; line <= 100; line++) history.add(line, "line " + line, undefined);
    history.close();`;
  const run = () => promisify(execFile)(process.execPath, ["--input-type=module-typescript", "-e", script]);
  const outputs = await Promise.all([run(), run(), run()]);
  for (const { stdout } of outputs) assert.doesNotMatch(stdout, /cannot be used/);
  const history = openHistory(path, noWarning);
  assert.equal(history.tail(1000).length, 300);
  assert.equal(history.range(3, 1, undefined).length, 100);
  history.close();
});

test("the file lies where the platform keeps data of programs", () => {
  assert.equal(historyFile({ XDG_DATA_HOME: "/data" }, "linux"), join("/data", "quern", "history.sqlite"));
  assert.match(historyFile({}, "darwin"), /Library.Application Support.quern.history\.sqlite$/);
  assert.match(historyFile({ LOCALAPPDATA: "C:\\Local" }, "win32"), /^C:\\Local.quern/);
});

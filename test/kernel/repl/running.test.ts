import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { setTimeout } from "node:timers/promises";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { startInTerminal, tmux } from "../../helpers/tmux.ts";
import { quern, startRepl } from "./terminal-repl.ts";

const { skip } = tmux();

test("Ctrl-C ends the running cell and keeps what it made, clears what is typed, and leaves when pressed twice", {
  skip,
}, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  await repl.enter("let n = 0; console.log('up'); while (true) n++", /^up$/m);
  repl.type("typed ahead");
  repl.press("C-c");
  await repl.shows(/interrupted(.|\n)*\n\[2\] > typed ahead$/);
  repl.press("C-c");
  await repl.shows(/\[2\] > typed ahead\n\[2\] >$/);
  await repl.enter("n > 0", /^true\n\[3\] >$/m);
  repl.type("half a li");
  repl.press("C-c");
  await repl.shows(/\[3\] > half a li\n\[3\] >$/);
  repl.press("C-c");
  await repl.shows("Ctrl-C once more, or Ctrl-D, leaves.");
  repl.type("n");
  await repl.until((seen) => !seen.includes("leaves"), "the hint taken away");
  repl.press("BSpace", "C-c");
  await repl.shows("leaves");
  repl.press("C-c");
  assert.equal(await repl.exited(), 0);
});

test("Ctrl-C ends a cell that was entered at the first prompt, when nothing can run it yet", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  repl.type("while (true) {}");
  repl.press("Enter", "C-c");
  await repl.shows(/KeyboardInterrupt: /);
  await repl.enter("6 * 7", /^42$/m);
});

test("what is typed while a cell runs is seen at once, below the output, and run afterwards", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  const code =
    'for (let i = 0; !globalThis.go; i++) { if (i < 3) process.stdout.write(" part " + i); await new Promise(r => setTimeout(r, 5)) }';
  await repl.enter(code, "part 2");
  repl.type("1 +");
  await repl.shows(/ part 0 part 1 part 2\n1 \+$/);
  repl.press("Enter");
  repl.type("1");
  repl.press("Enter");
  repl.type("6 *");
  await repl.shows(/\n1 \+\n1\n6 \*$/);
  repl.press("C-c");
  await repl.shows(/\[2\] > 6 \*$/);
  repl.press("C-u");
  await repl.enter('await new Promise(r => setTimeout(r, 300)); "slept"', "slept");
  repl.type("1 + 1");
  repl.press("Enter");
  repl.type("6 * 7");
  await repl.shows(/'slept'\n\[3\] > 1 \+ 1\n2\n\[4\] > 6 \* 7$/);
  repl.press("Enter");
  await repl.shows(/^42$/m);
});

test("output that comes late is shown above what is typed", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path, { cwd: folder.path });
  const code =
    'const t = setInterval(() => { if (fs.existsSync("go")) { clearInterval(t); console.log("late") } }, 10); 2';
  await repl.enter('import fs from "node:fs"', /\[2\] >$/);
  await repl.enter(code, /^2\n\[3\] >$/m);
  repl.type("typed");
  await repl.shows(/\[3\] > typed$/);
  writeFileSync(join(folder.path, "go"), "");
  await repl.shows(/^2\nlate\n\[3\] > typed$/m);
});

test("a cell may ask: what is typed is the answer, and of a password nothing is seen", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  await repl.enter('const who = prompt("Who?\\nName: ")', /^Who\?\nName:$/m);
  await repl.enter("Bob é", /\[2\] >$/);
  await repl.enter('const secret = prompt("Key: ", { password: true })', /^Key:$/m);
  repl.type("hush");
  repl.press("BSpace", "Enter");
  await repl.shows("[3] >");
  assert.ok(!repl.screen({ history: true }).includes("hu"));
  await repl.enter("who + secret", /^'Bob éhus'$/m);
  await repl.enter("confirm('Sure?')", "Sure? [y/N]");
  await repl.enter("y", /^true$/m);
  await repl.enter("prompt('Never: ')", /^Never:$/m);
  repl.press("C-c");
  await repl.shows(/interrupted(.|\n)*\[6\] >$/);
});

test("Tab completes live values and columns, also while a cell runs", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  await repl.enter("const flights = { delayed: 1, departed: 2 }", "[2] >");
  repl.type("flig");
  repl.press("Tab");
  await repl.shows(/\[2\] > flights$/);
  repl.type(".d");
  repl.press("Tab");
  await repl.shows(/\[2\] > flights\.de$/);
  repl.press("Tab", "Tab");
  await repl.shows(/flights\.de\ndelayed +departed$/);
  repl.type("l");
  await repl.until((seen) => seen.endsWith("flights.del"), "the list taken away");
  repl.press("Tab");
  await repl.shows(/flights\.delayed$/);
  repl.press("C-c");
  await repl.enter('const rows = createDataFrame([{ origin: "ATL" }])', "[3] >");
  await repl.enter("while (true) {}", "while");
  repl.type("rows.filter(r => r.or");
  repl.press("Tab");
  await repl.shows(/^rows\.filter\(r => r\.origin$/m);
  repl.press("C-c");
  await repl.shows(/\[4\] > rows\.filter\(r => r\.origin$/);
});

test("a session that dies is reported, and the next cell runs in a new one", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path, { columns: 120 });
  await repl.enter("process.exit(3)", "process.exit(3) was called. Its variables are lost");
  await repl.enter("6 * 7", /^42\n\[3\] >$/m);
});

test("leaving ends the session's process too, and gives the terminal back as it was", { skip }, async () => {
  const ways = { "Ctrl-D": 0, ".exit": 0, SIGTERM: 143, SIGHUP: 129 } as const;
  await Promise.all(
    Object.entries(ways).map(async ([how, exitCode]) => {
      using folder = tempFolder();
      const script = '"$0" "$@"; echo "code $?"; exec cat -v';
      const command = ["sh", "-c", script, process.execPath, quern, "repl"];
      await using terminal = startInTerminal(command, { env: { XDG_DATA_HOME: folder.path } });
      await terminal.shows("[1] >");
      terminal.type("[process.pid, process.ppid]");
      terminal.press("Enter");
      const seen = await terminal.shows(/^\[ \d+, \d+ \]\n\[2\] >$/m);
      const [session, repl] = (/^\[ (\d+), (\d+) \]/m.exec(seen) ?? []).slice(1).map(Number) as [number, number];
      if (how === "Ctrl-D") terminal.press("C-d");
      else if (how === ".exit") terminal.press(".exit", "Enter");
      else process.kill(repl, how);
      await terminal.shows(`[2] >${how === ".exit" ? " .exit" : ""}\ncode ${exitCode}`);
      for (const pid of [session, repl]) assert.ok(!isAlive(pid), `process ${pid} is still there after ${how}`);
      // Without marks: the terminal does not mark what is pasted any more; with echo, by the line.
      terminal.paste("pasted");
      terminal.press("Enter");
      await terminal.shows(/^pasted\npasted$/m);
    }),
  );
});

test("a terminal that is closed ends the session's process too, also while a cell asks", { skip }, async () => {
  using folder = tempFolder();
  const errors = join(folder.path, "errors");
  const pids = join(folder.path, "pids");
  {
    const command = ["sh", "-c", 'exec "$0" "$1" repl 2>"$2"', process.execPath, quern, errors];
    await using terminal = startInTerminal(command, { env: { XDG_DATA_HOME: folder.path, PIDS: pids } });
    await terminal.shows("[1] >");
    terminal.type("require('fs').writeFileSync(process.env.PIDS, process.pid + ',' + process.ppid); prompt('Well? ')");
    terminal.press("Enter");
    await terminal.shows(/^Well\?$/m);
  }
  const [session, repl] = readFileSync(pids, "utf8").split(",").map(Number) as [number, number];
  const limitMs = performance.now() + 30_000;
  while ((isAlive(session) || isAlive(repl)) && performance.now() < limitMs) await setTimeout(20);
  assert.deepEqual([isAlive(session), isAlive(repl)], [false, false]);
  assert.equal(readFileSync(errors, "utf8"), "");
});

test("Ctrl-Z gives the terminal to the shell, and fg gives it back", { skip }, async () => {
  using folder = tempFolder();
  const env = { XDG_DATA_HOME: folder.path, PS1: "shell> ", HISTFILE: "" };
  await using terminal = startInTerminal(["bash", "--norc", "-i"], { env, columns: 200 });
  await terminal.shows("shell>");
  terminal.type(`'${process.execPath}' '${quern}' repl`);
  terminal.press("Enter");
  await terminal.shows("[1] >");
  terminal.type("6 *");
  terminal.press("C-z");
  await terminal.shows(/Stopped(.|\n)*shell>$/);
  terminal.type("fg");
  terminal.press("Enter");
  await terminal.shows(/fg\n.*\n\[1\] > 6 \*$/);
  terminal.type(" 7");
  terminal.press("Enter");
  await terminal.shows(/^42$/m);
});

function isAlive(pid: number): boolean {
  try {
    // A process that nobody has waited for yet is none any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { outputOf, terminalOf } from "../../../kernel/terminal/terminal-of.ts";
import { run } from "../../helpers/program.ts";

const write = () => true;
const terminal = { write, isTTY: true, columns: 100, rows: 30 };
const pipe = { write };
const xterm = { TERM: "xterm-256color" };

describe("colours", () => {
  const colors = (stream: Parameters<typeof terminalOf>[0], env: NodeJS.ProcessEnv) => terminalOf(stream, env).colors;

  test("are for terminals", () => {
    assert.equal(colors(terminal, xterm), true);
    assert.equal(colors(pipe, xterm), false);
    assert.equal(colors(terminal, { TERM: "dumb" }), false);
  });

  test("are off with NO_COLOR, whatever its value, but the empty one", () => {
    assert.equal(colors(terminal, { ...xterm, NO_COLOR: "0" }), false);
    assert.equal(colors(terminal, { ...xterm, NO_COLOR: "1", FORCE_COLOR: "1" }), false);
    assert.equal(colors(terminal, { ...xterm, NO_COLOR: "" }), true);
  });

  test("are on with FORCE_COLOR, in pipes too", () => {
    assert.equal(colors(pipe, { FORCE_COLOR: "1" }), true);
    assert.equal(colors(pipe, { FORCE_COLOR: "" }), true);
    assert.equal(colors(terminal, { ...xterm, FORCE_COLOR: "0" }), false);
  });
});

describe("the output of a stream", () => {
  test("has the width and the height that the terminal has at the time", () => {
    const stream = { ...terminal };
    const output = outputOf(stream, xterm);
    assert.deepEqual([output.columns, output.rows], [100, 30]);
    stream.columns = 50;
    assert.equal(output.columns, 50);
  });

  test("has none where nothing can be drawn over", () => {
    assert.equal(outputOf(pipe, xterm).columns, undefined);
    assert.equal(outputOf(terminal, { TERM: "dumb" }).columns, undefined);
    assert.equal(terminalOf(terminal, { TERM: "dumb" }).columns, undefined);
  });

  test("waits for the reader of a pipe, and keeps nothing in memory", async () => {
    const program = `
      const { outputOf } = await import(${JSON.stringify(import.meta.resolve("../../../kernel/terminal/terminal-of.ts"))});
      const { write } = outputOf(process.stdout, process.env);
      for (let i = 0; i < 5_000; i++) write("x".repeat(1_000));
      console.error(process.stdout.writableLength);`;
    const { out, err } = await run([process.execPath, "--input-type=module", "-e", program]);
    assert.equal(out.length, 5_000_000);
    assert.equal(err, "0\n");
  });

  test("is 80 wide where the terminal does not know", () => {
    assert.equal(outputOf({ ...terminal, columns: 0 }, xterm).columns, 80);
  });
});

describe("pictures", () => {
  /** The library reads the environment of its process. */
  async function images(env: NodeJS.ProcessEnv, isTTY = true): Promise<unknown> {
    const program = `
      const { terminalOf } = await import(${JSON.stringify(import.meta.resolve("../../../kernel/terminal/terminal-of.ts"))});
      console.log(JSON.stringify(terminalOf({ write() {}, isTTY: ${isTTY} }, process.env).images ?? null));`;
    const { out, err } = await run([process.execPath, "--input-type=module", "-e", program], { env });
    assert.equal(err, "");
    return JSON.parse(out);
  }

  test("are drawn as each terminal knows to", async () => {
    const iterm = { TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.5.0" };
    assert.equal(await images({ TERM: "xterm-kitty", KITTY_WINDOW_ID: "1" }), "kitty");
    assert.equal(await images({ ...xterm, ...iterm }), "iterm2");
    assert.equal(await images({ TERM: "mlterm" }), "sixel");
    assert.equal(await images(xterm), null);
  });

  test("are not drawn in pipes, in multiplexers and where they are off until a setting has them", async () => {
    const kitty = { TERM: "xterm-kitty", KITTY_WINDOW_ID: "1" };
    assert.equal(await images(kitty, false), null);
    assert.equal(await images({ ...kitty, TMUX: "/tmp/tmux-0/default,1,0" }), null);
    assert.equal(await images({ ...kitty, STY: "1.pts" }), null);
    assert.equal(await images({ ...kitty, TERM: "screen-256color" }), null);
    assert.equal(await images({ ...xterm, TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.99.0" }), null);
  });

  test("are drawn as QUERN_IMAGES says", async () => {
    assert.equal(await images({ ...xterm, QUERN_IMAGES: "sixel" }), "sixel");
    assert.equal(await images({ TERM: "tmux-256color", TMUX: "x", QUERN_IMAGES: "kitty" }), "kitty");
    assert.equal(await images({ TERM: "xterm-kitty", KITTY_WINDOW_ID: "1", QUERN_IMAGES: "none" }), null);
    assert.equal(await images({ ...xterm, QUERN_IMAGES: "iterm2" }, false), null);
  });
});

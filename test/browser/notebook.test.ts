import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { install } from "../../install.ts";
import { chromium } from "../helpers/chromium.ts";
import { allEnded } from "../helpers/processes.ts";
import { start } from "../helpers/program.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { writeCells } from "../kernel/notebook/run/quern-run.ts";
import { isDrawn, jupyterFolders, openBrowser } from "./browser.ts";

const browser = chromium();
const python = pythonEnv();

test("notebook 7 shows tables and charts, and its buttons stop a loop and restart the kernel", {
  skip: browser.skip || python.skip,
  timeout: 300_000,
}, async () => {
  using folder = tempFolder();
  const folders = jupyterFolders(folder.path);
  const env = { ...process.env, ...folders, XDG_DATA_HOME: folder.path };
  const work = join(folder.path, "work");
  mkdirSync(work);
  install(folders.JUPYTER_DATA_DIR);
  writeCells(work, [
    'const flights = createDataFrame([{ to: "OSL", delay: 3 }, { to: "BGO", delay: 12 }])\nflights',
    'flights.plot.bar({ x: "to", y: "delay" })',
    'console.log("on")\nfor (;;) {}',
    "'flights' in globalThis",
  ]);
  {
    const command = [python.path, "-m", "notebook", "--no-browser", "--allow-root", `--ServerApp.root_dir=${work}`];
    await using server = start(command, { env });
    const [, origin, token] = await server.printed(/(http:\/\/localhost:\d+)\/tree\?token=(\w+)/);
    await using chrome = await openBrowser(browser.path, folder.path);
    const { page } = chrome;
    await page.goto(`${origin}/notebooks/in.ipynb?token=${token}`);
    const cells = page.locator(".jp-Notebook .jp-CodeCell");
    const isIdle = page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]');
    await cells.nth(3).waitFor();
    await isIdle.waitFor();
    await page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
    await cells.nth(2).getByText("on", { exact: true }).waitFor();

    await cells.nth(0).locator(".jp-RenderedHTMLCommon table").getByText("OSL").waitFor();
    await isDrawn(cells.nth(1).locator(".vega-embed canvas, .vega-embed svg.marks").first());

    await page.getByRole("button", { name: "Interrupt the kernel" }).click();
    await cells.nth(2).getByText("KeyboardInterrupt").waitFor();
    await isIdle.waitFor();
    // The interrupt has aborted what was queued.
    const last = cells.nth(3);
    const runLast = async (shows: string) => {
      await last.locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
      await last.locator(".jp-OutputArea-output").getByText(shows).waitFor();
    };
    await runLast("true");
    await page.getByRole("button", { name: "Restart the kernel", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Confirm Kernel Restart" }).click();
    await isIdle.waitFor();
    await runLast("false");
  }
  await allEnded(folder.path);
  assert.deepEqual(readdirSync(join(folder.path, "runtime")), ["jupyter_cookie_secret"]);
});

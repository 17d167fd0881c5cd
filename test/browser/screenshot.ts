/** Takes the README's picture: `node test/browser/screenshot.ts [file]`. */
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { chromium } from "../helpers/chromium.ts";
import { openNotebook } from "./jupyterlab.ts";

const target = resolve(process.argv[2] ?? resolve(import.meta.dirname, "../../docs/tour.png"));
const browser = chromium();
if (browser.skip) throw new Error(browser.skip);

// The plan names the file that was read: a path that is the same each time, and short.
const folder = join(tmpdir(), "quern");
rmSync(folder, { recursive: true, force: true });
try {
  await using notebook = await openNotebook("tour.ipynb", {
    browserPath: browser.path,
    folder,
    size: { width: 1120, height: 1060 },
  });
  const { page, cell, runAll } = notebook;
  await runAll();
  await cell("bar").locator(".vega-embed canvas").waitFor();
  // Without the file browser there is room for what matters. The frame of the selected cell scrolls out of sight.
  await page.keyboard.press("Control+b");
  await cell("schema").locator(".jp-InputPrompt").click();
  await cell("analyze").evaluate((element) => element.scrollIntoView({ block: "start" }));
  await page.mouse.move(0, 0);
  mkdirSync(dirname(target), { recursive: true });
  await page.screenshot({ path: target });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
